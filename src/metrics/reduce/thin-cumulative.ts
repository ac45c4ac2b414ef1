import type { Cumulative } from '../curves/cumulative.ts';
import type { ScoreTable } from '../score-table.ts';

/**
 * `cumulative` with so few points that a curve of them can be worked with: every point left out is closer than `2/most`
 * to one that is kept, in the share of positives plus the share of negatives and, separately, in recall plus precision.
 * With fewer distinct scores than that nothing is left out. One pass that keeps nothing else, for tables of millions.
 *
 * @param most at most about three times as many points are kept
 * @param kept scores whose points stay: those that are predicted positive from this score up
 */
export function thinCumulative(table: ScoreTable, most: number, kept: readonly number[] = []): Cumulative {
  const { scores, positives, negatives } = table;
  const [totalPositive, totalNegative] = [total(positives), total(negatives)];
  const stays = new Set(kept.map((score) => firstAtLeast(scores, score)));
  const rows: [number, number, number][] = scores.length === 0 ? [] : [[Infinity, 0, 0]];
  const step = 2 / most;
  let positive = 0;
  let negative = 0;
  let lostPositive = 0;
  let lostNegative = 0;
  let last = { recall: 0, fallout: 0, precision: Number.NaN };
  for (let entry = scores.length - 1; entry >= 0; entry -= 1) {
    const morePositive = positives[entry] as number;
    const moreNegative = negatives[entry] as number;
    // Neumaier's compensation, as in `cumulative`: the kept sums are the very ones that it has.
    const nextPositive = positive + morePositive;
    lostPositive +=
      positive >= morePositive ? positive - nextPositive + morePositive : morePositive - nextPositive + positive;
    positive = nextPositive;
    const nextNegative = negative + moreNegative;
    lostNegative +=
      negative >= moreNegative ? negative - nextNegative + moreNegative : moreNegative - nextNegative + negative;
    negative = nextNegative;
    const right = positive + lostPositive;
    const wrong = negative + lostNegative;
    const recall = totalPositive > 0 ? right / totalPositive : 0;
    const fallout = totalNegative > 0 ? wrong / totalNegative : 0;
    const precision = right / (right + wrong);
    const isFar =
      recall - last.recall + (fallout - last.fallout) >= step ||
      !(recall - last.recall + Math.abs(precision - last.precision) < step);
    if (!isFar && entry > 0 && !stays.has(entry)) continue;
    rows.push([scores[entry] as number, right, wrong]);
    last = { recall, fallout, precision };
  }
  return {
    thresholds: Float64Array.from(rows, ([threshold]) => threshold),
    positives: Float64Array.from(rows, ([, right]) => right),
    negatives: Float64Array.from(rows, ([, , wrong]) => wrong),
  };
}

function total(values: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number;
  return sum;
}

/** The first entry whose score is at least this; -1 where there is none. */
function firstAtLeast(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((scores[middle] as number) < score) low = middle + 1;
    else high = middle;
  }
  return low < scores.length ? low : -1;
}
