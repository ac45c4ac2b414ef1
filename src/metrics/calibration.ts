import type { ScoreTable } from './score-table.ts';
import { compensatedSum } from './sums.ts';

/** How many bins when nobody says: as C. Guo et al., "On calibration of modern neural networks" (2017), and torchmetrics. */
export const DEFAULT_BINS = 15;

/** Bins of equal width over [0, 1], or of equal weight of rows. */
export type BinStrategy = 'uniform' | 'quantile';

/** What each bin of scores holds; bins may be empty. Sums of weight, or of rows without weights. */
export interface CalibrationBins {
  readonly weight: Float64Array;
  /** Weight × score. */
  readonly scores: Float64Array;
  /** Weight of the positive rows. */
  readonly positives: Float64Array;
}

/**
 * Sorts a score table into bins (edge, next edge], the first with its lower edge, as scikit-learn's
 * `calibration_curve` does.
 *
 * `uniform`: edges i·(1/bins), the very numbers that NumPy's `linspace(0, 1, bins + 1)` has.
 * `quantile`: edge i is the lowest score that has at least i/bins of the weight at or below it (the `inverted_cdf` of
 * NumPy's `quantile`), so rows of equal score stay together and a weight is as good as so many rows. scikit-learn
 * interpolates between neighbouring scores instead, which knows no weights; a bin then differs by one row at most.
 *
 * @param bins at least 1
 */
export function calibrationBins(table: ScoreTable, bins: number, strategy: BinStrategy): CalibrationBins {
  const ends = strategy === 'uniform' ? uniformEnds(table, bins) : quantileEnds(table, bins);
  const weight = new Float64Array(bins);
  const scores = new Float64Array(bins);
  const positives = new Float64Array(bins);
  let start = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const end = ends[bin] as number;
    const positive = compensatedSum(table.positives.subarray(start, end));
    positives[bin] = positive;
    weight[bin] = positive + compensatedSum(table.negatives.subarray(start, end));
    scores[bin] = sumOfScores(table, start, end);
    start = end;
  }
  return { weight, scores, positives };
}

/** Before which entry of the table each bin ends. */
function uniformEnds({ scores }: ScoreTable, bins: number): Int32Array {
  const ends = new Int32Array(bins).fill(scores.length);
  const step = 1 / bins;
  for (let bin = 0; bin < bins - 1; bin += 1) ends[bin] = firstAbove(scores, (bin + 1) * step);
  return ends;
}

function quantileEnds({ scores, positives, negatives }: ScoreTable, bins: number): Int32Array {
  const ends = new Int32Array(bins).fill(scores.length);
  const total = compensatedSum(positives) + compensatedSum(negatives);
  // With room for the rounding of weights, so that the order of rows can't move an edge.
  const room = 4 * Number.EPSILON * total;
  let bin = 0;
  let below = 0;
  let lost = 0;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const weight = (positives[entry] as number) + (negatives[entry] as number);
    const next = below + weight;
    lost += below >= weight ? below - next + weight : weight - next + below;
    below = next;
    while (bin < bins - 1 && below + lost >= ((bin + 1) / bins) * total - room) {
      ends[bin] = entry + 1;
      bin += 1;
    }
  }
  return ends;
}

/** The first place of a number above `edge` among numbers in ascending order. */
function firstAbove(sorted: Float64Array, edge: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) > edge) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Weight × score, compensated as in `compensatedSum`. */
function sumOfScores({ scores, positives, negatives }: ScoreTable, start: number, end: number): number {
  let sum = 0;
  let lost = 0;
  for (let entry = start; entry < end; entry += 1) {
    const term = ((positives[entry] as number) + (negatives[entry] as number)) * (scores[entry] as number);
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}
