import { fail, type Result, succeed } from '../../base/result.ts';
import { DELONG_LEAST_ROWS, delong } from '../resampling/delong.ts';
import { absoluteInterval, type Interval } from '../resampling/interval.ts';
import { nextUniform, seededRandom } from '../resampling/random.ts';
import { rocAuc } from '../roc-auc.ts';
import { type ScoreTable, scoreTable } from '../score-table.ts';
import { normalTwoSided } from './chi-squared-tail.ts';
import { discriminantScores } from './discriminant.ts';
import type { MultivariateDrift } from './multivariate-drift.ts';
import type { Points } from './multivariate-sample.ts';

const SEED = 1;
/** Fewer rows of a sample than this can't be divided into two halves that say anything. */
const FEWEST_ROWS = 20;
/** Up to this many features their products are features, too. */
const PRODUCTS_UP_TO = 10;
/** Mean of |z|, and the point that 95 of 100 |z| stay below, for a standard normal z. */
const TYPICAL_Z = Math.sqrt(2 / Math.PI);
const UPPER_Z = 1.959963984540054;

/**
 * A classifier learns to tell the reference's rows from the current ones; the better it can, the more they differ.
 * Value: 2·|AUC − ½| on the half of the rows that it has not seen; 0 when it only guesses, 1 when it is always right.
 * The classifier is linear discriminant analysis on the standardised features, their squares and, up to ten features,
 * their products, so that it sees shifts, spreads and correlations. One half is held out, instead of folds taking turns,
 * because then the noise is that of the Mann–Whitney statistic and the interval DeLong's, both exactly.
 *
 * Source of the idea: D. Lopez-Paz, M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017.
 *
 * @param confidence two-sided; without it there is no interval
 */
export function classifierTwoSample(points: Points, confidence?: number): Result<MultivariateDrift> {
  const { reference, current } = points;
  const rows = Math.min(reference, current);
  if (rows < FEWEST_ROWS) {
    return fail('drift-few', `needs ${FEWEST_ROWS} complete rows of each data set and has ${rows}`);
  }
  const expanded = expand(points);
  const heldOut = halfOf(reference, current);
  const tested = [...heldOut.keys()].filter((row) => heldOut[row] === 1);
  const scores = discriminantScores(expanded.values, expanded.width, reference, heldOut);
  const labels = Uint8Array.from(tested, (row) => (row < reference ? 0 : 1));
  const table = scoreTable(scores, labels);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  const auc = rocAuc(table);
  const byChance = Math.sqrt((labels.length + 1) / (12 * positives * negatives));
  return succeed({
    value: 2 * Math.abs(auc - 0.5),
    formula: `classifier_two_sample/auc-effect/lda-quadratic/half-held-out-seed-${SEED}`,
    rows,
    noise: {
      typical: Math.min(1, 2 * TYPICAL_Z * byChance),
      upper: Math.min(1, 2 * UPPER_Z * byChance),
      method: 'mann-whitney',
    },
    interval: confidence === undefined ? null : effectInterval(table, Math.min(positives, negatives), confidence),
    pValue: normalTwoSided((auc - 0.5) / byChance),
  });
}

/** Not finite where DeLong's is undefined, or not to be relied on. */
function effectInterval(table: ScoreTable, rarer: number, confidence: number): Interval {
  const found = rarer < DELONG_LEAST_ROWS ? undefined : delong(table, confidence);
  if (found === undefined) return { low: Number.NaN, high: Number.NaN, method: 'delong-logit' };
  const { low, high, method } = found;
  return absoluteInterval({ low: 2 * low - 1, high: 2 * high - 1, method });
}

/** The features, their squares and products, as far as they vary. */
function expand({ values, width, reference, current }: Points): { values: Float64Array; width: number } {
  const rows = reference + current;
  const products: [number, number][] = [];
  for (let a = 0; a < width; a += 1) {
    products.push([a, a]);
    if (width <= PRODUCTS_UP_TO) for (let b = a + 1; b < width; b += 1) products.push([a, b]);
  }
  const all = width + products.length;
  const expanded = new Float64Array(rows * all);
  for (let row = 0; row < rows; row += 1) {
    const from = row * width;
    const to = row * all;
    for (let feature = 0; feature < width; feature += 1) expanded[to + feature] = values[from + feature] as number;
    for (const [index, [a, b]] of products.entries()) {
      expanded[to + width + index] = (values[from + a] as number) * (values[from + b] as number);
    }
  }
  return { values: expanded, width: all };
}

/** 1 for the rows that are held out: half of either sample. */
function halfOf(reference: number, current: number): Uint8Array {
  const random = seededRandom(SEED);
  const heldOut = new Uint8Array(reference + current);
  for (const [start, count] of [
    [0, reference],
    [reference, current],
  ] as const) {
    let wanted = count >> 1;
    for (let index = 0; index < count; index += 1) {
      if (nextUniform(random) * (count - index) >= wanted) continue;
      heldOut[start + index] = 1;
      wanted -= 1;
    }
  }
  return heldOut;
}
