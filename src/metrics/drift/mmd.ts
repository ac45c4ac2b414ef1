import { fail, type Result, succeed } from '../../base/result.ts';
import { fillPoisson, nextUniform, type Random, seededRandom } from '../resampling/random.ts';
import { upperInterval } from '../resampling/upper-interval.ts';
import { sortFloats } from '../sort-floats.ts';
import type { MultivariateDrift } from './multivariate-drift.ts';
import type { Points } from './multivariate-sample.ts';
import { summarised } from './sampling-noise.ts';

/** The cost grows with the square of the rows; of more than these a seeded choice is taken. */
export const MMD_ROWS = 1000;
/** √2 is out of reach for the kernel's values between 0 and 1. */
export const LARGEST_MMD = Math.SQRT2;
const PERMUTATIONS = 500;
const RESAMPLES = 500;
const SEED = 1;
const FEWEST_ROWS = 5;

/**
 * The maximum mean discrepancy of two samples: how far apart they are for the Gaussian kernel exp(−d²/2σ²), σ being the
 * median distance between two different rows of both samples. Value: the square root of the unbiased estimate, 0 where
 * that is negative. The p-value is the share of permutations that give at least this much.
 *
 * Source: A. Gretton et al., "A kernel two-sample test", JMLR 13 (2012), equation 3 and section 8.
 *
 * @throws what the signal gives as its reason, when it is aborted
 */
export function maximumMeanDiscrepancy(
  points: Points,
  confidence?: number,
  signal?: AbortSignal,
): Result<MultivariateDrift> {
  const { reference, current } = points;
  const rows = Math.min(reference, current);
  if (rows < FEWEST_ROWS)
    return fail('drift-few', `needs ${FEWEST_ROWS} complete rows of each data set and has ${rows}`);
  const kernel = gaussianKernel(points);
  if (kernel === undefined) return fail('drift-constant', 'finds most rows equal, so that the kernel has no width');
  const total = reference + current;
  const marks = new Float64Array(total);
  marks.fill(1, 0, reference);
  const square = unbiasedSquare(kernel, marks);
  const random = seededRandom(SEED);
  const byChance = new Float64Array(PERMUTATIONS);
  let atLeast = 0;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation += 1) {
    if (permutation % 10 === 0) signal?.throwIfAborted();
    shuffle(random, marks);
    const permuted = unbiasedSquare(kernel, marks);
    if (permuted >= square) atLeast += 1;
    byChance[permutation] = Math.sqrt(Math.max(0, permuted));
  }
  const value = Math.sqrt(Math.max(0, square));
  return succeed({
    value,
    formula: `mmd/rbf-median/unbiased/rows-${MMD_ROWS}-seed-${SEED}`,
    rows,
    noise: summarised(byChance, `permutation-${PERMUTATIONS}-seed-${SEED}`),
    interval: confidence === undefined ? null : bootstrapped(kernel, reference, value, confidence, signal),
    pValue: (atLeast + 1) / (PERMUTATIONS + 1),
  });
}

/** The kernel of every two rows; undefined when the median distance is 0. The diagonal is 0: no row is compared with itself. */
function gaussianKernel({ values, width, reference, current }: Points): Float64Array[] | undefined {
  const rows = reference + current;
  const squares = new Float64Array((rows * (rows - 1)) / 2);
  let pair = 0;
  for (let a = 1; a < rows; a += 1) {
    for (let b = 0; b < a; b += 1) {
      let sum = 0;
      for (let feature = 0; feature < width; feature += 1) {
        sum += ((values[a * width + feature] as number) - (values[b * width + feature] as number)) ** 2;
      }
      squares[pair] = sum;
      pair += 1;
    }
  }
  const { sorted } = sortFloats(squares.slice());
  const median = sorted[sorted.length >> 1] as number;
  if (!(median > 0)) return undefined;
  const kernel = Array.from({ length: rows }, () => new Float64Array(rows));
  pair = 0;
  for (let a = 1; a < rows; a += 1) {
    for (let b = 0; b < a; b += 1) {
      const similarity = Math.exp(-(squares[pair] as number) / (2 * median));
      (kernel[a] as Float64Array)[b] = similarity;
      (kernel[b] as Float64Array)[a] = similarity;
      pair += 1;
    }
  }
  return kernel;
}

/** The unbiased estimate of the squared discrepancy between the rows marked 1 and those marked 0. */
function unbiasedSquare(kernel: readonly Float64Array[], marks: Float64Array): number {
  return weightedSquare(
    kernel,
    marks,
    marks.map((mark) => 1 - mark),
  );
}

function weightedSquare(kernel: readonly Float64Array[], first: Float64Array, second: Float64Array): number {
  let withinFirst = 0;
  let withinSecond = 0;
  let between = 0;
  let n = 0;
  let m = 0;
  let nSquares = 0;
  let mSquares = 0;
  for (const [a, row] of kernel.entries()) {
    const x = first[a] as number;
    const y = second[a] as number;
    n += x;
    m += y;
    nSquares += x * x;
    mSquares += y * y;
    let toFirst = 0;
    let toSecond = 0;
    for (let b = 0; b < row.length; b += 1) {
      const similarity = row[b] as number;
      toFirst += similarity * (first[b] as number);
      toSecond += similarity * (second[b] as number);
    }
    withinFirst += x * toFirst;
    withinSecond += y * toSecond;
    between += x * toSecond;
  }
  return withinFirst / (n * n - nSquares) + withinSecond / (m * m - mSquares) - (2 * between) / (n * m);
}

function bootstrapped(
  kernel: readonly Float64Array[],
  reference: number,
  value: number,
  confidence: number,
  signal: AbortSignal | undefined,
): MultivariateDrift['interval'] {
  const random = seededRandom(SEED);
  const weights = new Float64Array(kernel.length);
  const replicates = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    if (resample % 10 === 0) signal?.throwIfAborted();
    fillPoisson(random, weights);
    const first = weights.map((weight, row) => (row < reference ? weight : 0));
    const second = weights.map((weight, row) => (row < reference ? 0 : weight));
    replicates[resample] = Math.sqrt(Math.max(0, weightedSquare(kernel, first, second)));
  }
  return upperInterval(value, replicates, confidence, `bootstrap-poisson-upper-percentile-${RESAMPLES}-seed-${SEED}`);
}

function shuffle(random: Random, marks: Float64Array): void {
  for (let index = marks.length - 1; index > 0; index -= 1) {
    const other = Math.floor(nextUniform(random) * (index + 1));
    const mark = marks[index] as number;
    marks[index] = marks[other] as number;
    marks[other] = mark;
  }
}
