import { type Ratio, ratio } from '../confusion.ts';
import { type ConfusionMatrix, marginsOf } from '../confusion-matrix.ts';

/** Share of rows (or of weight) whose prediction is right: scikit-learn's `accuracy_score`. */
export function multiclassAccuracy(matrix: ConfusionMatrix): Ratio {
  const { right, total } = marginsOf(matrix);
  return ratio(right, total);
}
