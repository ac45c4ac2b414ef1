/** How far an explanation is from the prediction that it should add up to, at the worst row. */
export interface AdditivityError {
  /** Largest |base + sum − prediction| / max(1, |prediction|); NaN as soon as anything is not finite. */
  readonly value: number;
  /** The row where it is largest, from 0. */
  readonly row: number;
}

/**
 * SHAP's local accuracy: base value + sum of the values = prediction, on the scale where the values add up (Lundberg
 * and Lee 2017, property 1). The values of a row are added by Neumaier's compensated summation, in their order.
 *
 * @param values rows × features, features running fastest
 * @param base one for each row, or one for all
 * @param predictions one for each row, on the same scale
 */
export function additivityError(
  values: Float64Array,
  features: number,
  base: Float64Array,
  predictions: Float64Array,
): AdditivityError {
  let worst = 0;
  let worstRow = 0;
  for (let row = 0; row < predictions.length; row += 1) {
    const prediction = predictions[row] as number;
    const start = base[base.length === 1 ? 0 : row] as number;
    let sum = start;
    let lost = 0;
    for (let at = row * features; at < (row + 1) * features; at += 1) {
      const value = values[at] as number;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    const error = Math.abs(sum + lost - prediction) / Math.max(1, Math.abs(prediction));
    if (!Number.isFinite(error)) return { value: Number.NaN, row };
    if (error > worst) {
      worst = error;
      worstRow = row;
    }
  }
  return { value: predictions.length > 0 ? worst : Number.NaN, row: worstRow };
}
