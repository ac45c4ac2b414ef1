import { durationMilliseconds } from '../duration.ts';
import { groupNames } from '../groups.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Check } from '../schema.ts';
import type { Weakening } from '../weaker-policy.ts';
import { formatBound, listed } from '../wording.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Numbers of which a greater one asks less, and those of which a smaller one does. */
const GREATER_ASKS_LESS = [
  ...['max', 'max_abs', 'max_drop', 'max_drop_relative', 'max_share', 'max_top_share'],
  ...['tolerance', 'additivity'],
];
const SMALLER_ASKS_LESS = [
  ...['min', 'min_absolute_change', 'min_relative_change', 'min_rank_correlation', 'min_fidelity'],
  ...['confidence', 'min_rows'],
];
/** Lists of what must hold: fewer items ask less. */
const DEMANDS = ['columns', 'forbidden', 'sections', 'front_matter', 'require'];
/** What decides which question a check asks; with another, neither asks less than the other. */
const QUESTION = [
  'check',
  'metric',
  'logged',
  'method',
  'format',
  'against',
  'statistic',
  'measure',
  'value',
  'pointer',
];

/** In which ways a check asks less than it did. */
export function weakerCheck(path: PolicyPath, now: Check, before: Check): readonly Weakening[] {
  const [fields, old]: readonly [Fields, Fields] = [now, before];
  if (QUESTION.some((key) => JSON.stringify(fields[key]) !== JSON.stringify(old[key]))) return [];
  const at = (key: string, message: string): Weakening => ({
    path: fields[key] === undefined ? path : [...path, key],
    message,
  });
  const found: Weakening[] = [];
  if (now.severity === 'advisory' && before.severity !== 'advisory') {
    found.push(at('severity', 'The check is advisory here, and required'));
  }
  if (now.not_applicable !== undefined && before.not_applicable === undefined) {
    found.push(at('not_applicable', 'The check is not applied here, but is'));
  }
  for (const key of [...GREATER_ASKS_LESS, ...SMALLER_ASKS_LESS]) {
    const message = lessOf(key, fields[key], old[key]);
    if (message !== undefined) found.push(at(key, message));
  }
  for (const key of DEMANDS) {
    const message = fewerOf(key, fields[key], old[key]);
    if (message !== undefined) found.push(at(key, message));
  }
  const grouped = groupNames(before.check === 'metric' ? before.by : undefined);
  if (now.check === 'metric' && grouped.length > 0 && groupNames(now.by).length === 0) {
    found.push(at('by', 'Groups are not looked at here, but are'));
  }
  if (fields['columns'] !== undefined && old['columns'] === undefined && now.check === 'drift') {
    found.push(at('columns', 'Only some columns are looked at here, but all are'));
  }
  if (fields['max_share'] !== undefined && old['max_share'] === undefined) {
    found.push(at('max_share', 'Some columns may drift here, but none may'));
  }
  return [...found, ...weakerByKind(now, before, at)];
}

function weakerByKind(
  now: Check,
  before: Check,
  at: (key: string, message: string) => Weakening,
): readonly Weakening[] {
  const found: Weakening[] = [];
  if (now.check === 'attestation' && before.check === 'attestation') {
    if (before.evidence === 'required' && now.evidence !== 'required') {
      found.push(at('evidence', 'No evidence has to come with it here, but has to'));
    }
    if (before.role !== undefined && now.role === undefined) {
      found.push(at('role', `Any counted approver may attest here, but only "${before.role}" may`));
    }
  }
  if (now.check === 'document' && before.check === 'document') {
    if (before.numbers_match === true && now.numbers_match !== true) {
      found.push(at('numbers_match', 'Its numbers need not match the run here, but have to'));
    }
    const [age, limit] = [now.max_age, before.max_age];
    if (limit !== undefined && (age === undefined || millisecondsOf(age) > millisecondsOf(limit))) {
      found.push(at('max_age', `"max_age" is ${age ?? 'not given'} here, and ${limit}`));
    }
  }
  return found;
}

function lessOf(key: string, now: unknown, before: unknown): string | undefined {
  if (typeof before !== 'number') return undefined;
  // Without a share that may drift, no column may.
  if (now === undefined && key === 'max_share') return undefined;
  if (typeof now !== 'number') return `"${key}" is not given here, and is ${formatBound(before)}`;
  const isLess = SMALLER_ASKS_LESS.includes(key) ? now < before : now > before;
  return isLess ? `"${key}" is ${formatBound(now)} here, and ${formatBound(before)}` : undefined;
}

function fewerOf(key: string, now: unknown, before: unknown): string | undefined {
  if (!Array.isArray(before)) return undefined;
  // A drift check that names no columns looks at all of them.
  if (now === undefined && key === 'columns') return undefined;
  const written = new Set(Array.isArray(now) ? now.map(String) : []);
  const gone = before.map(String).filter((item) => !written.has(item));
  return gone.length === 0
    ? undefined
    : `"${key}" lacks ${listed(gone.map((item) => `"${item}"`))} here, which is asked for`;
}

function millisecondsOf(duration: string): number {
  return durationMilliseconds(duration) ?? Number.POSITIVE_INFINITY;
}
