import type { Ratio } from '../confusion.ts';
import { meanSquaredError } from './mean-losses.ts';
import { varianceOf } from './variance.ts';

/**
 * Share of the labels' variance that the predictions explain, 1 − Σ(label − prediction)² / Σ(label − mean)², at most 1:
 * scikit-learn's `r2_score`. Its rules: perfect predictions have 1, even of labels that don't vary; others of labels
 * that don't vary have 0. `zeroDivision` says that the labels don't vary (then the value says nothing). NaN with fewer
 * than two rows, or no weight.
 *
 * Labels of one value that its sum can't hold exactly, such as 0.1, have a variance of exactly 0 here; scikit-learn
 * finds about 1e-34 and a value of about −1e30.
 *
 * @param labels finite numbers, one per row
 * @param predictions alike
 * @param weights one finite number per row, none negative
 */
export function r2(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): Ratio {
  const unexplained = meanSquaredError(labels, predictions, weights);
  if (labels.length < 2 || Number.isNaN(unexplained)) return { value: Number.NaN, zeroDivision: true };
  return explained(unexplained, varianceOf(labels, weights));
}

/**
 * Share of the labels' variance that the predictions explain when a constant bias is forgiven,
 * 1 − Var(label − prediction) / Var(label), at most 1: scikit-learn's `explained_variance_score`, with the rules of
 * `r2`, but 1 for a single row. NaN without rows or weight.
 */
export function explainedVariance(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): Ratio {
  const errors = new Float64Array(labels.length);
  for (let row = 0; row < errors.length; row += 1) errors[row] = (labels[row] as number) - (predictions[row] as number);
  const unexplained = varianceOf(errors, weights);
  if (Number.isNaN(unexplained)) return { value: Number.NaN, zeroDivision: true };
  return explained(unexplained, varianceOf(labels, weights));
}

function explained(unexplained: number, all: number): Ratio {
  if (unexplained === 0) return { value: 1, zeroDivision: all === 0 };
  if (all === 0) return { value: 0, zeroDivision: true };
  return { value: 1 - unexplained / all, zeroDivision: false };
}
