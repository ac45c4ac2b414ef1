import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Right positives over all that are, or are predicted, positive, tp / (tp + fp + fn): scikit-learn's `jaccard_score`. */
export function jaccard(counts: ConfusionCounts): Ratio {
  return ratio(counts.truePositives, counts.truePositives + counts.falsePositives + counts.falseNegatives);
}
