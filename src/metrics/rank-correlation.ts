/**
 * Spearman's rank correlation: Pearson's correlation of the midranks, as `scipy.stats.spearmanr`. NaN when there are
 * fewer than two values, or when one side does not vary. Both arrays have one length and hold finite numbers.
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const a = midranks(first);
  const b = midranks(second);
  // Midranks always add up to n(n+1)/2, so both have this mean, exactly.
  const mean = (a.length + 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const fromA = (a[index] as number) - mean;
    const fromB = (b[index] as number) - mean;
    product += fromA * fromB;
    squareA += fromA * fromA;
    squareB += fromB * fromB;
  }
  if (squareA === 0 || squareB === 0) return Number.NaN;
  const correlation = product / Math.sqrt(squareA * squareB);
  return Math.max(-1, Math.min(1, correlation));
}

/** The rank of each value, from 1; equal values share the mean of their ranks. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, index) => index);
  order.sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end += 1;
    for (let at = start; at < end; at += 1) ranks[order[at] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
