import { type Interval, tailOf } from './interval.ts';

/**
 * The bootstrap interval of a distance, which can't be below 0 and lies above its truth by chance. The high end, which
 * judges, is the plain percentile of the replicates: resampling adds noise to a distance, so it lies too high rather
 * than too low. The low end, which is only shown, is the high one reflected in the value, since the plain percentile
 * would lie too high as well. Not finite where too many replicates are undefined.
 *
 * @param replicates the values on the resamples; sorted by this function
 */
export function upperInterval(value: number, replicates: Float64Array, confidence: number, method: string): Interval {
  replicates.sort(); // NaN comes last, so that an undefined resample counts as the farthest
  const { length } = replicates;
  const rank = Math.min(length, Math.ceil((1 - tailOf(confidence)) * (length + 1)));
  const percentile = replicates[rank - 1] as number;
  const high = Number.isNaN(percentile) ? Number.NaN : Math.max(value, percentile);
  return { low: Math.max(0, 2 * value - high), high, method };
}
