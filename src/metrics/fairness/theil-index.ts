import type { ConfusionCounts } from '../confusion.ts';

/**
 * With fewer rows or units and few wrong predictions, more than 5 % of samples would pass wrongly
 * (test/bench/coverage.json); a check answers nothing then.
 */
export const THEIL_LEAST_ROWS = 100;

/**
 * Theil's index of the benefit that individuals get of a binary classifier, whatever their group: AIF360's
 * `theil_index`, the generalised entropy index with alpha 1. The benefit is prediction − label + 1: 2 for a false
 * positive, 1 for a right prediction, 0 for a false negative, so the index depends on which class is `positive`. NaN
 * without rows and where all are false negatives (0/0).
 *
 * Source: T. Speicher et al., "A unified approach to quantifying algorithmic unfairness", KDD 2018.
 */
export function theilIndex(counts: ConfusionCounts): number {
  const right = counts.truePositives + counts.trueNegatives;
  const rows = right + counts.falsePositives + counts.falseNegatives;
  const mean = (right + 2 * counts.falsePositives) / rows;
  if (!(mean > 0)) return Number.NaN;
  const share = (benefit: number, count: number) =>
    count === 0 ? 0 : (count / rows) * (benefit / mean) * Math.log(benefit / mean);
  // The index can't be negative; rounding of nearly equal benefits can.
  return Math.max(0, share(1, right) + share(2, counts.falsePositives));
}
