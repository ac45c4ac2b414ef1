/**
 * Largest |prediction − label|, in the label's unit: scikit-learn's `max_error`, which knows no weights. NaN without
 * rows.
 */
export function maxError(labels: Float64Array, predictions: Float64Array): number {
  if (labels.length === 0) return Number.NaN;
  let largest = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const error = Math.abs((labels[row] as number) - (predictions[row] as number));
    if (error > largest) largest = error;
  }
  return largest;
}
