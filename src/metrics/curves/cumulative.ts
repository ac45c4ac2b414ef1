import type { ScoreTable } from '../score-table.ts';

/** What is predicted positive as the threshold falls: first nothing, then score by score, at last all. */
export interface Cumulative {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** The first is Infinity. */
  readonly thresholds: Float64Array;
}

/** One point more than the table has scores; the sums are Neumaier's. Empty without rows. */
export function cumulative(table: ScoreTable): Cumulative {
  const entries = table.scores.length;
  if (entries === 0)
    return { positives: new Float64Array(), negatives: new Float64Array(), thresholds: new Float64Array() };
  const thresholds = new Float64Array(entries + 1);
  thresholds[0] = Infinity;
  for (let entry = 0; entry < entries; entry += 1) thresholds[entry + 1] = table.scores[entries - 1 - entry] as number;
  return { positives: runningSum(table.positives), negatives: runningSum(table.negatives), thresholds };
}

/** Sums from the last number on, beginning with 0. */
function runningSum(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[values.length - 1 - index] as number;
    const next = sum + value;
    lost += sum >= value ? sum - next + value : value - next + sum;
    sum = next;
    sums[index + 1] = sum + lost;
  }
  return sums;
}
