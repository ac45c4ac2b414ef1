import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Share of the predicted positives that are positive, tp / (tp + fp): scikit-learn's `precision_score`. */
export function precision(counts: ConfusionCounts): Ratio {
  return ratio(counts.truePositives, counts.truePositives + counts.falsePositives);
}
