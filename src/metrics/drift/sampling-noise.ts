import { nextUniform, type Random, seededRandom } from '../resampling/random.ts';
import { bridges } from './brownian-bridges.ts';
import { nextHypergeometric } from './hypergeometric.ts';
import { type Counts, totalOf } from './shares.ts';

/**
 * The values that a distance takes when both samples are drawn from one population, which the two samples together
 * stand for: chance alone.
 */
export interface SamplingNoise {
  /** The mean. */
  readonly typical: number;
  /** 95 % of such pairs of samples lie at or below it. A smaller bound can't tell drift from chance. */
  readonly upper: number;
  /** Names the way it was found, seed and resample count included. */
  readonly method: string;
}

const SHARE_BELOW_UPPER = 0.95;
const SEED = 1;
const PERMUTATIONS = 1000;
const FEWEST_PERMUTATIONS = 100;
const MOST_DRAWS = 4_000_000;

/** Mean and 95 % point of Kolmogorov's limiting distribution. */
const KOLMOGOROV_MEAN = 0.868731;
const KOLMOGOROV_UPPER = 1.358099;

/** For the Kolmogorov–Smirnov statistic: Kolmogorov's limit, too large rather than too small where values are tied. */
export function kolmogorovNoise(reference: number, current: number): SamplingNoise {
  const scale = Math.sqrt(1 / reference + 1 / current);
  return {
    typical: Math.min(1, KOLMOGOROV_MEAN * scale),
    upper: Math.min(1, KOLMOGOROV_UPPER * scale),
    method: 'kolmogorov',
  };
}

/** The ranks, from 0 and ascending, of those of `total` pooled numbers that `bridgeNoise` is worked out from. */
export function bridgeRanks(total: number): number[] {
  const last = total - 1;
  return [0, ...bridges().levels.map((level) => Math.round(level * last)), last];
}

/**
 * For distances that are areas between distribution functions. Under one population their difference is a Brownian
 * bridge over the population's quantiles, times √(1/n + 1/m).
 *
 * @param quantiles the pooled numbers at `bridgeRanks`
 * @param power 1 for ∫|F − G| (Wasserstein), 2 for √(2 ∫(F − G)²) (energy)
 */
export function bridgeNoise(quantiles: readonly number[], n: number, m: number, power: 1 | 2): SamplingNoise {
  const { levels, paths, values } = bridges();
  const width = Float64Array.from(
    levels,
    (_, node) => ((quantiles[node + 2] as number) - (quantiles[node] as number)) / 2,
  );
  const scale = 1 / n + 1 / m;
  const areas = new Float64Array(paths);
  for (let path = 0, at = 0; path < paths; path += 1) {
    let area = 0;
    for (let node = 0; node < width.length; node += 1, at += 1) {
      const height = values[at] as number;
      area += (power === 1 ? Math.abs(height) : height * height) * (width[node] as number);
    }
    areas[path] = power === 1 ? Math.sqrt(scale) * area : Math.sqrt(2 * scale * area);
  }
  return summarised(areas, `bridge-${paths}-seed-${SEED}`);
}

/**
 * For distances of bins or categories: the rows of both samples are dealt anew to the two samples, at random. Exact,
 * but for the number of times.
 *
 * @param statistic its argument is used again
 */
export function permutationNoise(counts: Counts, statistic: (counts: Counts) => number): SamplingNoise {
  const cells = counts.reference.length;
  const permutations = Math.max(FEWEST_PERMUTATIONS, Math.min(PERMUTATIONS, Math.floor(MOST_DRAWS / cells)));
  const pooled = counts.reference.map((count, cell) => count + (counts.current[cell] as number));
  const dealt = { reference: new Float64Array(cells), current: new Float64Array(cells) };
  const rows = totalOf(pooled);
  const rowsOfReference = totalOf(counts.reference);
  const random = seededRandom(SEED);
  const values = new Float64Array(permutations);
  for (let permutation = 0; permutation < permutations; permutation += 1) {
    deal(random, pooled, rows, rowsOfReference, dealt);
    values[permutation] = statistic(dealt);
  }
  return summarised(values, `permutation-${permutations}-seed-${SEED}`);
}

/** Mean and 95 % point of values that chance alone gave. */
export function summarised(values: Float64Array, method: string): SamplingNoise {
  values.sort();
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] as number;
  const rank = Math.min(values.length - 1, Math.ceil(SHARE_BELOW_UPPER * values.length) - 1);
  return { typical: sum / values.length, upper: values[rank] as number, method };
}

function deal(random: Random, pooled: Float64Array, rows: number, rowsOfReference: number, dealt: Counts): void {
  let leftRows = rows;
  let leftReference = rowsOfReference;
  for (let cell = 0; cell < pooled.length; cell += 1) {
    const both = pooled[cell] as number;
    const first =
      both === 1
        ? nextUniform(random) * leftRows < leftReference
          ? 1
          : 0
        : nextHypergeometric(random, leftRows, both, leftReference);
    dealt.reference[cell] = first;
    dealt.current[cell] = both - first;
    leftRows -= both;
    leftReference -= first;
  }
}
