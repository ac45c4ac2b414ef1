import { type ConfusionCounts, meanOfClasses, type Ratio } from './confusion.ts';
import { recall } from './recall.ts';
import { specificity } from './specificity.ts';

/**
 * Mean of the recall of both classes: scikit-learn's `balanced_accuracy_score`. As there, a class that no label has is
 * left out of the mean, so that the recall of the other class remains; `zeroDivision` then says so. 0 for no rows.
 */
export function balancedAccuracy(counts: ConfusionCounts): Ratio {
  return meanOfClasses([recall(counts), specificity(counts)]);
}
