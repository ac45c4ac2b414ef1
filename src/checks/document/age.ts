import { isJsonObject, type JsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { countOf } from '../../base/text.ts';
import { durationMilliseconds } from '../../policy/duration.ts';
import { cannotTell, fails, holds, type Requirement } from '../requirements.ts';

const DAY = 86_400_000;
/** A document may be written after the run; a date further ahead than this is a slip of the pen. */
const MOST_DAYS_AHEAD = 366;
const DATE_KEYS = ['last_updated', 'last_reviewed', 'last_modified', 'updated', 'reviewed', 'date'];

/**
 * How old the document is at the run's end, by the date that it states: in its front matter, the first of
 * `last_updated`, `last_reviewed`, `last_modified`, `updated`, `reviewed` and `date`; in Google's card
 * `model_details.version.date`. Never by the file's own times, which copying changes.
 *
 * @param runEnd in milliseconds since 1970
 */
export function ageRequirement(properties: JsonObject, maxAge: string, runEnd: number | undefined): Requirement {
  const name = 'max_age';
  const most = durationMilliseconds(maxAge);
  const stated = statedDate(properties);
  if (stated === undefined) return fails(name, `states no date (\`${DATE_KEYS[0]}\` or \`date\` in its front matter)`);
  const date = dateMilliseconds(stated);
  if (date === undefined) {
    return cannotTell(
      name,
      `states its date as “${stated.slice(0, 40)}”, which can’t be understood; write it as 2026-01-31`,
    );
  }
  if (runEnd === undefined || most === undefined) {
    return cannotTell(name, 'can’t be given an age, since the run has no end');
  }
  const age = runEnd - date;
  if (age < -MOST_DAYS_AHEAD * DAY) {
    return cannotTell(name, `is dated ${stated}, more than a year after the run’s end`);
  }
  if (age <= most) return holds(name);
  return fails(
    name,
    `is ${countOf(Math.floor(age / DAY), 'day')} old at the run’s end, and at most ${maxAge} is allowed`,
  );
}

function statedDate(properties: JsonObject): string | undefined {
  for (const key of DATE_KEYS) {
    const value = properties.get(key);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  const date = at(at(at(properties, 'model_details'), 'version'), 'date');
  return typeof date === 'string' && date.trim() !== '' ? date.trim() : undefined;
}

function at(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) ? value.get(key) : undefined;
}

/** A day (its beginning, in UTC) or a moment; a moment without a zone is in UTC. undefined for anything else. */
function dateMilliseconds(text: string): number | undefined {
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text) ?? [];
  if (day === undefined || (time === undefined && zone !== undefined)) return undefined;
  const start = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes the 31st of February for the 3rd of March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return undefined;
  if (time === undefined) return start;
  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const moment = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(moment) ? undefined : moment;
}
