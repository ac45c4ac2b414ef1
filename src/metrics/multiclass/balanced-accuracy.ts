import { meanOfClasses, type Ratio } from '../confusion.ts';
import type { ConfusionMatrix } from '../confusion-matrix.ts';
import { recall } from '../recall.ts';
import { perClass } from './averaged.ts';

/**
 * Mean of the recall of each class: scikit-learn's `balanced_accuracy_score`. As there, a class that is predicted but
 * that no label has is left out of the mean; `zeroDivision` then says so.
 */
export function multiclassBalancedAccuracy(matrix: ConfusionMatrix): Ratio {
  return meanOfClasses(perClass(matrix, recall).filter((_, one) => matrix.present[one] === 1));
}
