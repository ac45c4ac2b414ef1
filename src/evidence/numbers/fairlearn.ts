import { isJsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat } from '../reports/tool-report.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

/**
 * Reads what pandas’ `to_json()` makes of a Fairlearn `MetricFrame`: `by_group` (`{"recall": {"F": 0.81, …}, …}`, which
 * is `["recall", "F"]` here), and `overall`, `difference()`, `ratio()` and the like (`{"recall": 0.05}`). A group of
 * several features is called as pandas writes it: `('F', 'old')`.
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

function numberOf(value: JsonValue): number | undefined {
  if (value === null) return Number.NaN;
  return typeof value === 'number' ? value : undefined;
}
