import { sortFloats } from './sort-floats.ts';

/**
 * A percentile by linear interpolation between order statistics, as `numpy.percentile(values, p)` does by default
 * (Hyndman and Fan's definition 7): the value at position (n − 1) · p / 100 of the sorted values. NaN without values.
 *
 * @param values finite numbers, in any order; they are not changed
 * @param percent from 0 to 100
 */
export function percentile(values: Float64Array, percent: number): number {
  if (values.length === 0) return Number.NaN;
  const { sorted } = sortFloats(Float64Array.from(values));
  const position = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  const fraction = position - below;
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  // As NumPy: from the nearer end, so that the result stays monotonic and hits both ends exactly.
  return fraction < 0.5 ? low + (high - low) * fraction : high - (high - low) * (1 - fraction);
}
