import { fail, type Result, succeed } from '../../base/result.ts';
import { delongVariance } from '../resampling/delong.ts';
import { tailOf } from '../resampling/interval.ts';
import { normalQuantile } from '../resampling/normal.ts';
import { nextUniform, seededRandom } from '../resampling/random.ts';
import { rocAuc } from '../roc-auc.ts';
import { scoreTable } from '../score-table.ts';
import { normalTwoSided } from './chi-squared-tail.ts';
import { discriminant } from './discriminant.ts';
import type { MultivariateDrift } from './multivariate-drift.ts';
import type { Points } from './multivariate-sample.ts';

const FOLDS = 5;
const SEED = 1;
/** Fewer rows of a sample than this can't be divided into folds that say anything. */
const FEWEST_ROWS = 25;
/** Up to this many features their products are features, too. */
const PRODUCTS_UP_TO = 10;
/** 2·|AUC − ½| for a normal AUC: mean and 95 % point of |z|. */
const TYPICAL_Z = Math.sqrt(2 / Math.PI);
const UPPER_Z = 1.959963984540054;

/**
 * A classifier learns to tell the reference's rows from the current ones; the better it can, the more they differ.
 * Value: 2·|AUC − ½|, the AUC being the mean over five folds that the classifier has not seen; 0 when it only guesses,
 * 1 when it is always right. The classifier is linear discriminant analysis on the standardised features, their squares
 * and, up to ten features, their products, so that it sees shifts, spreads and correlations.
 *
 * Source of the idea: D. Lopez-Paz, M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017. The noise is the
 * normal approximation of the Mann–Whitney statistic, the interval DeLong's, both averaged over the folds.
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
  const folds = foldsOf(reference, current);
  const score = discriminant(expanded.values, expanded.width, reference);
  let auc = 0;
  let variance = 0;
  let varianceByChance = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const tested: number[] = [];
    for (const [row, of] of folds.entries()) if (of === fold) tested.push(row);
    const scores = score(folds, fold, tested);
    const labels = Uint8Array.from(tested, (row) => (row < reference ? 0 : 1));
    const table = scoreTable(scores, labels);
    const positives = labels.reduce((sum, label) => sum + label, 0);
    const negatives = labels.length - positives;
    auc += rocAuc(table) / FOLDS;
    variance += delongVariance(table) / FOLDS ** 2;
    varianceByChance += (labels.length + 1) / (12 * positives * negatives) / FOLDS ** 2;
  }
  const byChance = Math.sqrt(varianceByChance);
  const value = 2 * Math.abs(auc - 0.5);
  const half = confidence === undefined ? 0 : normalQuantile(1 - tailOf(confidence)) * Math.sqrt(variance);
  return succeed({
    value,
    formula: `classifier_two_sample/auc-effect/lda-quadratic/folds-${FOLDS}-seed-${SEED}`,
    rows,
    noise: { typical: 2 * TYPICAL_Z * byChance, upper: Math.min(1, 2 * UPPER_Z * byChance), method: 'mann-whitney' },
    interval:
      confidence === undefined
        ? null
        : { low: Math.max(0, value - 2 * half), high: Math.min(1, value + 2 * half), method: 'delong-folds' },
    pValue: normalTwoSided((auc - 0.5) / byChance),
  });
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

/** Each row's fold; every fold has its share of both samples. */
function foldsOf(reference: number, current: number): Uint8Array {
  const random = seededRandom(SEED);
  const folds = new Uint8Array(reference + current);
  for (const [start, count] of [
    [0, reference],
    [reference, current],
  ] as const) {
    const order = Array.from({ length: count }, (_, index) => index % FOLDS);
    for (let index = count - 1; index > 0; index -= 1) {
      const other = Math.floor(nextUniform(random) * (index + 1));
      [order[index], order[other]] = [order[other] as number, order[index] as number];
    }
    folds.set(order, start);
  }
  return folds;
}
