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
  return strategy === 'uniform' ? uniformBins(table, bins) : quantileBins(table, bins);
}

function uniformBins(table: ScoreTable, bins: number): CalibrationBins {
  const sums = binSums(bins);
  const step = 1 / bins;
  let bin = 0;
  for (let entry = 0; entry < table.scores.length; entry += 1) {
    const score = table.scores[entry] as number;
    while (bin < bins - 1 && score > (bin + 1) * step) bin += 1;
    sums.add(bin, score, table.positives[entry] as number, table.negatives[entry] as number);
  }
  return sums.bins();
}

function quantileBins(table: ScoreTable, bins: number): CalibrationBins {
  const sums = binSums(bins);
  const total = compensatedSum(table.positives) + compensatedSum(table.negatives);
  let bin = 0;
  let below = 0;
  let belowLost = 0;
  for (let entry = 0; entry < table.scores.length; entry += 1) {
    // The edges at or below which the rows so far reach are those of lower scores.
    while (bin < bins - 1 && reaches(below + belowLost, (bin + 1) / bins, total)) bin += 1;
    const positive = table.positives[entry] as number;
    const negative = table.negatives[entry] as number;
    sums.add(bin, table.scores[entry] as number, positive, negative);
    const weight = positive + negative;
    const next = below + weight;
    belowLost += below >= weight ? below - next + weight : weight - next + below;
    below = next;
  }
  return sums.bins();
}

/** With room for the rounding of weights, so that the order of rows can't move an edge. */
function reaches(weight: number, share: number, total: number): boolean {
  return weight >= share * total - 4 * Number.EPSILON * total;
}

function binSums(bins: number) {
  const weight = new Float64Array(bins);
  const scores = new Float64Array(bins);
  const positives = new Float64Array(bins);
  const lost = [new Float64Array(bins), new Float64Array(bins), new Float64Array(bins)] as const;
  const into = (sums: Float64Array, rest: Float64Array, bin: number, value: number): void => {
    const sum = sums[bin] as number;
    const next = sum + value;
    rest[bin] = (rest[bin] as number) + (sum >= value ? sum - next + value : value - next + sum);
    sums[bin] = next;
  };
  const settled = (sums: Float64Array, rest: Float64Array) => sums.map((sum, bin) => sum + (rest[bin] as number));
  return {
    add(bin: number, score: number, positive: number, negative: number): void {
      into(weight, lost[0], bin, positive + negative);
      into(scores, lost[1], bin, (positive + negative) * score);
      into(positives, lost[2], bin, positive);
    },
    bins: (): CalibrationBins => ({
      weight: settled(weight, lost[0]),
      scores: settled(scores, lost[1]),
      positives: settled(positives, lost[2]),
    }),
  };
}
