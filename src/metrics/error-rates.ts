import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Share of the negatives that are predicted positive, fp / (fp + tn): Fairlearn's `false_positive_rate`. */
export function falsePositiveRate(counts: ConfusionCounts): Ratio {
  return ratio(counts.falsePositives, counts.falsePositives + counts.trueNegatives);
}

/** Share of the positives that are predicted negative, fn / (fn + tp): Fairlearn's `false_negative_rate`. */
export function falseNegativeRate(counts: ConfusionCounts): Ratio {
  return ratio(counts.falseNegatives, counts.falseNegatives + counts.truePositives);
}
