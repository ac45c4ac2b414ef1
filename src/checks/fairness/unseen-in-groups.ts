import { type Contrast, contrastOf } from '../../metrics/fairness/contrast.ts';
import { mostUnseenRows, type UnseenCells } from '../../metrics/resampling/unseen-cells.ts';
import { compensatedSum } from '../../metrics/sums.ts';
import type { Measure } from '../estimates/measure.ts';
import { valuesWith } from '../estimates/row-cells.ts';
import type { MeasuredGroup } from './group-values.ts';
import { type GroupPair, valuesOf } from './pairs.ts';

/**
 * How far a contrast of two groups would move with rows (or units) of a kind of which either group happens to have none.
 *
 * @param rowsOfUnit how many rows a unit has, on average; 1 where each row is its own
 */
export function unseenInGroups(
  contrast: Contrast,
  { first, second }: GroupPair,
  rowsOfUnit: number,
  confidence: number,
): UnseenCells {
  const [ofFirst, ofSecond] = [valuesOf(first), valuesOf(second)];
  const value = contrastOf(contrast, ofFirst, ofSecond);
  const rows = rowsOfUnit * mostUnseenRows(confidence);
  const moved = [
    ...unseenValues(first, rows).map((values) => contrastOf(contrast, values, ofSecond) - value),
    ...unseenValues(second, rows).map((values) => contrastOf(contrast, ofFirst, values) - value),
  ];
  if (moved.some(Number.isNaN)) return { down: Number.POSITIVE_INFINITY, up: Number.POSITIVE_INFINITY };
  return { down: Math.max(0, ...moved.map((by) => -by)), up: Math.max(0, ...moved) };
}

/** The group's values with rows in each of the cells that have none; none where its metrics are of more than cells. */
function unseenValues({ measures, rows }: MeasuredGroup, unseen: number): number[][] {
  const cells = measures.flatMap(({ cells: of }: Measure) => of?.() ?? []);
  const [first] = cells;
  if (first === undefined || cells.length < measures.length) return [];
  const weight = (unseen * compensatedSum(first.sums)) / rows.rows;
  const changed = cells.map((each) => valuesWith(each, weight));
  const empty = [...first.sums.keys()].filter((cell) => first.sums[cell] === 0 && first.isPossible(cell));
  return empty.map((cell) => changed.map((values) => values[cell] as number));
}
