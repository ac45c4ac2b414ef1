import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Share of the positives that are predicted positive, tp / (tp + fn): scikit-learn's `recall_score`. */
export function recall(counts: ConfusionCounts): Ratio {
  return ratio(counts.truePositives, counts.truePositives + counts.falseNegatives);
}
