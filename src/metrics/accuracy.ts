import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Share of rows (or of weight) whose prediction is right: scikit-learn's `accuracy_score`. */
export function accuracy(counts: ConfusionCounts): Ratio {
  const right = counts.truePositives + counts.trueNegatives;
  return ratio(right, right + counts.falsePositives + counts.falseNegatives);
}
