/** A sample's numbers in ascending order: finite, no NaN. */
export type Sorted = Float64Array;

/** The standard deviation with divisor n, as `numpy.std`; 0 for one number. Two passes, so that a large mean costs no digits. */
export function standardDeviation(values: Float64Array): number {
  const { length } = values;
  let mean = 0;
  for (let index = 0; index < length; index += 1) mean += ((values[index] as number) - mean) / (index + 1);
  let squares = 0;
  for (let index = 0; index < length; index += 1) {
    const from = (values[index] as number) - mean;
    squares += from * from;
  }
  return Math.sqrt(squares / length);
}

/**
 * The number at `rank` (from 0) when both samples are put together in ascending order, found without doing so.
 * Time: logarithmic.
 */
export function pooledAt(a: Sorted, b: Sorted, rank: number): number {
  let low = Math.max(0, rank - b.length);
  let high = Math.min(rank, a.length);
  while (low < high) {
    const fromA = (low + high) >> 1;
    if ((a[fromA] as number) < (b[rank - fromA - 1] as number)) low = fromA + 1;
    else high = fromA;
  }
  return Math.min(a[low] ?? Number.POSITIVE_INFINITY, b[rank - low] ?? Number.POSITIVE_INFINITY);
}

/** How many of the sorted numbers are at most `edge`. */
export function countUpTo(sorted: Sorted, edge: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= edge) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the sorted numbers are below `edge`. */
export function countBelow(sorted: Sorted, edge: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
