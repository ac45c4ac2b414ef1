import type { Sorted } from './samples.ts';

/**
 * The two-sample Kolmogorov–Smirnov statistic D: the largest distance between the two empirical distribution
 * functions, 0 to 1. One pass over both.
 *
 * Source: SciPy `ks_2samp`, two-sided.
 *
 * @param reference at least one number
 * @param current at least one number
 */
export function kolmogorovSmirnov(reference: Sorted, current: Sorted): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let x = reference[0] as number;
  let y = current[0] as number;
  let largest = 0; // times n·m, so that no step rounds
  // Within a run of one sample alone the distance is largest at an end; after the end of one sample it only falls.
  while (i < n && j < m) {
    if (x < y) {
      do {
        i += 1;
        x = reference[i] as number;
      } while (x < y);
    } else if (y < x) {
      do {
        j += 1;
        y = current[j] as number;
      } while (y < x);
    } else {
      const tie = x;
      while (x === tie) {
        i += 1;
        x = reference[i] as number;
      }
      while (y === tie) {
        j += 1;
        y = current[j] as number;
      }
    }
    const distance = Math.abs(i * m - j * n);
    if (distance > largest) largest = distance;
  }
  return largest / (n * m);
}
