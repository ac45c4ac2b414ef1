import { isJsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat } from '../reports/tool-report.ts';
import { smallCsv } from '../small-csv.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

/**
 * Reads what pandas’ `to_json()` makes of a Fairlearn `MetricFrame`: `by_group` (`{"recall": {"F": 0.81, …}, …}`, which
 * is `["recall", "F"]` here), and `overall`, `difference()`, `ratio()` and the like (`{"recall": 0.05}`). A group of
 * several features is called as pandas writes it: `('F', 'old')`.
 *
 * The same as CSV (`by_group.to_csv()`) has the features in its first columns, each with a column of its own:
 * `["recall", "F", "old"]`. Which columns those are nothing says, so they are the fewest that tell the rows apart and
 * leave only numbers behind.
 *
 * Trap: pandas writes a value that is not defined as `null`; a group without rows has one, and holds no bound.
 */
export function readFairlearn(document: JsonValue): Result<StatedNumbers> {
  if (!isJsonObject(document) || document.size === 0) return notThisFormat('is not what Fairlearn’s numbers look like');
  const numbers: StatedNumber[] = [];
  for (const [metric, value] of document) {
    if (isJsonObject(value)) {
      for (const [group, own] of value) numbers.push({ path: [metric, group], value: numberOf(own) });
    } else {
      numbers.push({ path: [metric], value: numberOf(value) });
    }
  }
  return numbers.some(({ value }) => value === undefined)
    ? notThisFormat('holds something else than numbers by metric and group; write it with `by_group.to_json()`')
    : succeed({ tool: 'Fairlearn', numbers, manyOf: 'group' });
}

/** Undefined where the text is JSON. */
export function readFairlearnCsv(text: string): Result<StatedNumbers> | undefined {
  if (/^\s*[{[]/.test(text)) return undefined;
  const [header, ...rows] = smallCsv(text) ?? [];
  const features = header === undefined || rows.length === 0 ? 0 : featureColumns(header, rows);
  if (header === undefined || features === 0) return notThisFormat('is not what Fairlearn’s numbers look like');
  const numbers = rows.flatMap((row): StatedNumber[] => {
    // What has no groups, as `overall` and `difference()`, is one column that pandas calls 0.
    if (header.length === 2 && header[0] === '' && header[1] === '0')
      return [{ path: [row[0] ?? ''], value: cellOf(row[1]) }];
    const group = row.slice(0, features);
    return header
      .slice(features)
      .map((metric, at) => ({ path: [metric, ...group], value: cellOf(row[features + at]) }));
  });
  return succeed({ tool: 'Fairlearn', numbers, manyOf: 'group' });
}

/** How many columns are the groups’ features; 0 where what is left would be no numbers, or nothing. */
function featureColumns(header: readonly string[], rows: readonly (readonly string[])[]): number {
  for (let count = 1; count < header.length; count += 1) {
    const groups = new Set(rows.map((row) => JSON.stringify(row.slice(0, count))));
    const isRest = rows.every((row) => row.slice(count).every((cell) => cellOf(cell) !== undefined));
    if (groups.size === rows.length && isRest) return count;
  }
  return 0;
}

/** A number as Python writes it; NaN for an empty cell, undefined for anything else. */
function cellOf(cell = ''): number | undefined {
  if (cell === '') return Number.NaN;
  if (/^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(cell)) return Number(cell);
  return /^-?inf$/.test(cell) ? Number.NaN : undefined;
}

function numberOf(value: JsonValue): number | undefined {
  if (value === null) return Number.NaN;
  return typeof value === 'number' ? value : undefined;
}
