import type { Interval } from './interval.ts';
import { fillPoisson, seededRandom } from './random.ts';
import { bcaInterval, type InfluenceShape, influenceShape, neverVaries } from './replicates.ts';
import { upperInterval } from './upper-interval.ts';

const RESAMPLES = 1000;
const SEED = 1;
const BLOCKS = 200;
/**
 * Where fewer than three rows or units carry the variance, resamples of rows of unequal weight say too little about it:
 * with the truth on the bound, more than 5 % of such samples would pass (test/bench/coverage.json).
 */
const MOST_CONCENTRATED = 1 / 3;
const METHOD = `bootstrap-poisson-bca-${RESAMPLES}-seed-${SEED}`;
const METHOD_OF_DISTANCE = `bootstrap-poisson-upper-percentile-${RESAMPLES}-seed-${SEED}`;

/**
 * The interval of any statistic of rows that can be weighted: each resample gives every unit a Poisson number of mean 1
 * as its weight, which for many units is what drawing with replacement does. BCa ends, the acceleration by leaving out
 * blocks of units. For a difference of two models on the same rows, the statistic computes both over the same weights.
 *
 * Source: N. Chamandy et al., "Estimating uncertainty for massive data streams", Google (2012).
 *
 * @param units how many independent units there are: rows, or groups of rows that belong together
 * @param statistic of one weight per unit; NaN where undefined. The array that it gets is used again.
 * @returns undefined where the statistic is undefined, or in too many resamples, or where fewer than three units carry
 *   its variance; zero width where it never varies
 * @throws what the signal gives as its reason, when it is aborted
 */
export function poissonBootstrap(
  units: number,
  statistic: (weights: Float64Array) => number,
  confidence: number,
  signal?: AbortSignal,
): Interval | undefined {
  return poissonBootstrapAll(units, alone(statistic), 1, confidence, signal)[0];
}

/**
 * As `poissonBootstrap`, of a statistic that can't be below 0 and lies above its truth by chance, such as a calibration
 * error: its interval is that of `upperInterval`.
 */
export function poissonBootstrapOfDistance(
  units: number,
  statistic: (weights: Float64Array) => number,
  confidence: number,
  signal?: AbortSignal,
): Interval | undefined {
  const [found] = resampled(units, alone(statistic), 1, signal);
  if (found === undefined || found.shape.concentration > MOST_CONCENTRATED) return undefined;
  const { estimate, replicates } = found;
  if (!Number.isFinite(estimate)) return undefined;
  if (neverVaries(estimate, replicates)) return { low: estimate, high: estimate, method: METHOD_OF_DISTANCE };
  const interval = upperInterval(estimate, replicates, confidence, METHOD_OF_DISTANCE);
  return Number.isFinite(interval.high) ? interval : undefined;
}

/**
 * As `poissonBootstrap`, for several statistics of the same resamples.
 *
 * @param statistics writes the values of all statistics for one weight per unit
 * @param size how many statistics there are
 */
export function poissonBootstrapAll(
  units: number,
  statistics: Statistics,
  size: number,
  confidence: number,
  signal?: AbortSignal,
): readonly (Interval | undefined)[] {
  return resampled(units, statistics, size, signal).map(({ estimate, replicates, shape }) =>
    shape.concentration > MOST_CONCENTRATED ? undefined : bcaInterval(estimate, replicates, shape, confidence, METHOD),
  );
}

type Statistics = (weights: Float64Array, values: Float64Array) => void;

function alone(statistic: (weights: Float64Array) => number): Statistics {
  return (weights, values) => {
    values[0] = statistic(weights);
  };
}

interface Resampled {
  readonly estimate: number;
  readonly replicates: Float64Array;
  readonly shape: InfluenceShape;
}

function resampled(
  units: number,
  statistics: Statistics,
  size: number,
  signal: AbortSignal | undefined,
): readonly Resampled[] {
  const weights = new Float64Array(units).fill(1);
  const values = new Float64Array(size);
  statistics(weights, values);
  const estimates = values.slice();
  const blocks = Math.min(BLOCKS, units);
  const leftOut = Array.from({ length: size }, () => new Float64Array(blocks));
  for (let block = 0; block < blocks; block += 1) {
    signal?.throwIfAborted();
    weights.fill(1);
    for (let unit = block; unit < units; unit += blocks) weights[unit] = 0;
    statistics(weights, values);
    for (let index = 0; index < size; index += 1) (leftOut[index] as Float64Array)[block] = values[index] as number;
  }
  const random = seededRandom(SEED);
  const replicates = Array.from({ length: size }, () => new Float64Array(RESAMPLES));
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    signal?.throwIfAborted();
    fillPoisson(random, weights);
    statistics(weights, values);
    for (let index = 0; index < size; index += 1)
      (replicates[index] as Float64Array)[resample] = values[index] as number;
  }
  return replicates.map((found, index) => ({
    estimate: estimates[index] as number,
    replicates: found,
    shape: influenceShape(leftOut[index] as Float64Array),
  }));
}
