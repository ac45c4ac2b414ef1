import { type Interval, tailOf } from './interval.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** A statistic that varies no more than this, relative to its size or to 1, doesn't vary but by rounding. */
const ROUNDING = 1e-12;

/**
 * The BCa interval (bias-corrected and accelerated) of a statistic from its values on resamples. A resample on which the
 * statistic is undefined (NaN) counts as lower than all others for the low end and as higher for the high end.
 * Undefined where that reaches an end, or where the estimate lies outside all of its replicates. Ends are chosen
 * outwards between two replicates. Where few rows carry the variance, both ends are moved outwards as if z²/2 more such
 * rows were there (as in `varianceOfMean`), but not beyond the replicates: resamples alone then vary too little.
 *
 * Source: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987) 171–185.
 *
 * @param replicates the values on the resamples; sorted by this function
 * @param shape of the statistic's influence values
 */
export function bcaInterval(
  estimate: number,
  replicates: Float64Array,
  { acceleration, concentration }: InfluenceShape,
  confidence: number,
  method: string,
): Interval | undefined {
  if (!Number.isFinite(estimate) || replicates.length === 0) return undefined;
  replicates.sort(); // NaN comes last
  let defined = replicates.length;
  while (defined > 0 && Number.isNaN(replicates[defined - 1])) defined -= 1;
  if (defined === 0) return undefined;
  if (neverVaries(estimate, replicates.subarray(0, defined))) {
    return defined === replicates.length ? { low: estimate, high: estimate, method } : undefined;
  }
  const bias = normalQuantile(shareBelow(replicates, defined, estimate));
  if (!Number.isFinite(bias)) return undefined;
  const tail = normalQuantile(tailOf(confidence));
  const undefinedCount = replicates.length - defined;
  const count = replicates.length;
  const lowRank = Math.floor(corrected(bias, tail, acceleration) * (count + 1)) - undefinedCount;
  const highRank = Math.ceil(corrected(bias, -tail, acceleration) * (count + 1));
  if (undefinedCount > 0 && (lowRank < 1 || highRank > defined)) return undefined;
  const widening = Math.sqrt(1 + (tail * tail * concentration) / 2);
  const low = replicates[Math.max(1, lowRank) - 1] as number;
  const high = replicates[Math.min(defined, highRank) - 1] as number;
  return {
    low: Math.min(low, Math.max(replicates[0] as number, estimate - widening * (estimate - low))),
    high: Math.max(high, Math.min(replicates[defined - 1] as number, estimate + widening * (high - estimate))),
    method,
  };
}

/**
 * Whether replicates differ by rounding only.
 *
 * @param replicates at least one, none NaN
 */
export function neverVaries(estimate: number, replicates: Float64Array): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of replicates) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least <= ROUNDING * Math.max(1, Math.abs(estimate));
}

/** What rows do to a statistic, told by its values without one row (or block of rows) at a time. */
export interface InfluenceShape {
  /** A sixth of the skewness of the statistic. */
  readonly acceleration: number;
  /** One over the number of rows that carry the variance: near 0 where all do, 1 where a single row does. */
  readonly concentration: number;
}

/**
 * @param leftOut the statistic with each row, or block, left out; NaN where it is undefined then
 * @param times how many rows stand for each; 1 when not given
 */
export function influenceShape(leftOut: Float64Array, times?: ArrayLike<number>): InfluenceShape {
  const timesOf = (index: number): number => (Number.isNaN(leftOut[index]) ? 0 : times ? (times[index] as number) : 1);
  let total = 0;
  let sum = 0;
  for (let index = 0; index < leftOut.length; index += 1) {
    const count = timesOf(index);
    if (count === 0) continue;
    total += count;
    sum += count * (leftOut[index] as number);
  }
  const mean = sum / total;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let index = 0; index < leftOut.length; index += 1) {
    const count = timesOf(index);
    if (count === 0) continue;
    const distance = mean - (leftOut[index] as number);
    squares += count * distance ** 2;
    cubes += count * distance ** 3;
    fourths += count * distance ** 4;
  }
  if (!(squares > 0)) return { acceleration: 0, concentration: 0 };
  return { acceleration: cubes / (6 * squares ** 1.5), concentration: fourths / squares ** 2 };
}

function corrected(bias: number, tail: number, acceleration: number): number {
  const shifted = bias + tail;
  const denominator = 1 - acceleration * shifted;
  if (denominator <= 0) return shifted < 0 ? 0 : 1;
  return normalCdf(bias + shifted / denominator);
}

/** Share of the defined replicates below the estimate, those level with it counting half. */
function shareBelow(sorted: Float64Array, defined: number, estimate: number): number {
  return (
    (rankOf(sorted, defined, (value) => value < estimate) + rankOf(sorted, defined, (value) => value <= estimate)) /
    2 /
    defined
  );
}

function rankOf(sorted: Float64Array, defined: number, isBefore: (value: number) => boolean): number {
  let low = 0;
  let high = defined;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
