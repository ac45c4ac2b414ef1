import type { Sorted } from './samples.ts';

/**
 * The energy distance of two samples: √2 times the L2 distance of their empirical distribution functions. Its unit is
 * the square root of the column's. One pass over both.
 *
 * Source: SciPy `energy_distance`.
 *
 * @param reference at least one number
 * @param current at least one number
 */
export function energyDistance(reference: Sorted, current: Sorted): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let previous = Math.min(reference[0] as number, current[0] as number);
  let squares = 0;
  while (i < n || j < m) {
    const takesReference = j === m || (i < n && (reference[i] as number) <= (current[j] as number));
    const next = (takesReference ? reference[i] : current[j]) as number;
    const difference = i / n - j / m;
    squares += difference * difference * (next - previous);
    previous = next;
    if (takesReference) i += 1;
    else j += 1;
  }
  return Math.sqrt(2 * squares);
}
