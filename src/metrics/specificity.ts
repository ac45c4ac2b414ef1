import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Share of the negatives that are predicted negative, tn / (tn + fp): the recall of the negative class. */
export function specificity(counts: ConfusionCounts): Ratio {
  return ratio(counts.trueNegatives, counts.trueNegatives + counts.falsePositives);
}
