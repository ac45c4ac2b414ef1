/**
 * Importance of each feature: the mean of its values' sizes over the rows, SHAP's global importance
 * (`np.abs(values).mean(axis=0)`). Rows are added in their order.
 *
 * @param values rows × features, features running fastest
 */
export function meanAbsolute(values: Float64Array, features: number): Float64Array {
  const sums = new Float64Array(features);
  const rows = features > 0 ? values.length / features : 0;
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let feature = 0; feature < features; feature += 1, at += 1) {
      sums[feature] = (sums[feature] as number) + Math.abs(values[at] as number);
    }
  }
  return sums.map((sum) => sum / rows);
}

/** The most important feature and its share of all importance; a share of NaN when nothing has any. */
export function topShare(importance: Float64Array): { readonly feature: number; readonly share: number } {
  let feature = 0;
  let total = 0;
  for (let index = 0; index < importance.length; index += 1) {
    const value = importance[index] as number;
    total += value;
    if (value > (importance[feature] as number)) feature = index;
  }
  const share = total > 0 && Number.isFinite(total) ? (importance[feature] as number) / total : Number.NaN;
  return { feature, share };
}
