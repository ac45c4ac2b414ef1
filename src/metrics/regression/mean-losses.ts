import { meanLoss } from '../mean-loss.ts';

/** scikit-learn keeps a label's size at least this for the percentage error. */
const LEAST_LABEL = Number.EPSILON;

/*
 * Each: `labels` and `predictions` are finite numbers, one per row; `weights` one finite number per row, none
 * negative; NaN when there are no rows or no weight. All equal scikit-learn's function of the same name.
 */

/** Mean |prediction − label|, in the label's unit. */
export function meanAbsoluteError(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): number {
  return meanLoss(
    labels.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1)
        losses[row] = Math.abs((labels[from + row] as number) - (predictions[from + row] as number));
    },
    weights,
  );
}

/** Mean (prediction − label)², in the label's unit squared. */
export function meanSquaredError(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): number {
  return meanLoss(
    labels.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const error = (labels[from + row] as number) - (predictions[from + row] as number);
        losses[row] = error * error;
      }
    },
    weights,
  );
}

/** Square root of the mean squared error, in the label's unit. */
export function rootMeanSquaredError(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): number {
  return Math.sqrt(meanSquaredError(labels, predictions, weights));
}

/**
 * Mean |prediction − label| / max(|label|, 2⁻⁵²), a fraction, not a percentage. A label of 0 makes it astronomically
 * large, as in scikit-learn.
 */
export function meanAbsolutePercentageError(
  labels: Float64Array,
  predictions: Float64Array,
  weights?: Float64Array,
): number {
  return meanLoss(
    labels.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const label = labels[from + row] as number;
        const error = Math.abs((predictions[from + row] as number) - label);
        losses[row] = error / Math.max(Math.abs(label), LEAST_LABEL);
      }
    },
    weights,
  );
}

/**
 * Mean loss of a prediction of the quantile `alpha`: alpha per unit that the label lies above it, 1 − alpha per unit
 * below. At 0.5, scikit-learn's default, half the mean absolute error.
 *
 * @param alpha from 0 to 1
 */
export function meanPinballLoss(
  labels: Float64Array,
  predictions: Float64Array,
  alpha: number,
  weights?: Float64Array,
): number {
  return meanLoss(
    labels.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const above = (labels[from + row] as number) - (predictions[from + row] as number);
        losses[row] = Math.max(alpha * above, (alpha - 1) * above);
      }
    },
    weights,
  );
}
