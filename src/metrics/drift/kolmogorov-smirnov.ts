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
  const stepReference = 1 / n;
  const stepCurrent = 1 / m;
  let i = 0;
  let j = 0;
  let x = reference[0] as number;
  let y = current[0] as number;
  let largest = 0;
  // After the end of one sample the distance only falls.
  while (i < n && j < m) {
    if (x < y) {
      do {
        i += 1;
        x = reference[i] as number;
      } while (x < y);
      // A run of one sample alone has its largest distance at its ends.
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
    const distance = Math.abs(i * stepReference - j * stepCurrent);
    if (distance > largest) largest = distance;
  }
  return largest;
}
