/** The least and the greatest value; `[Infinity, -Infinity]` where there is none. NaN is passed over. */
export function extentOf(values: Float64Array): readonly [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
