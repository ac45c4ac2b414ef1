import type { Sorted } from './samples.ts';

/**
 * The 1-Wasserstein (earth mover's) distance of two samples, in the column's own unit: the area between their
 * empirical distribution functions. One pass over both.
 *
 * Source: SciPy `wasserstein_distance` (the l1 form of its `_cdf_distance`).
 *
 * @param reference at least one number
 * @param current at least one number
 */
export function wasserstein(reference: Sorted, current: Sorted): number {
  const n = reference.length;
  const m = current.length;
  const stepReference = 1 / n;
  const stepCurrent = 1 / m;
  let i = 0;
  let j = 0;
  let x = reference[0] as number;
  let y = current[0] as number;
  let previous = Math.min(x, y);
  let area = 0;
  while (i < n && j < m) {
    const difference = Math.abs(i * stepReference - j * stepCurrent);
    if (x <= y) {
      area += difference * (x - previous);
      previous = x;
      i += 1;
      x = reference[i] as number;
    } else {
      area += difference * (y - previous);
      previous = y;
      j += 1;
      y = current[j] as number;
    }
  }
  for (; i < n; i += 1) {
    const next = reference[i] as number;
    area += (1 - i * stepReference) * (next - previous);
    previous = next;
  }
  for (; j < m; j += 1) {
    const next = current[j] as number;
    area += (1 - j * stepCurrent) * (next - previous);
    previous = next;
  }
  return area;
}

/** The least that the distance is divided by, as in Evidently. */
const LEAST_NORM = 0.001;

/**
 * What `wasserstein_normed` divides the Wasserstein distance by: the reference's standard deviation (divisor n), at
 * least 0.001.
 *
 * Source: Evidently's `wasserstein_distance_norm` stattest.
 */
export function wassersteinNorm(standardDeviationOfReference: number): number {
  return Math.max(standardDeviationOfReference, LEAST_NORM);
}
