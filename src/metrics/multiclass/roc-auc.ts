import { rocAuc } from '../roc-auc.ts';
import { scoreTable } from '../score-table.ts';
import { sortFloats } from '../sort-floats.ts';
import { compensatedSum } from '../sums.ts';
import { type ClassScores, isClass } from './scores.ts';

/** The plain mean of the values, or the mean weighted by how common their classes are. */
export type RocAverage = 'macro' | 'weighted';

/** ROC AUC of one class against all others; NaN when one side has no rows or no weight. */
export function rocAucOfClass(labels: Int32Array, scores: ClassScores, one: number, weights?: Float64Array): number {
  return rocAuc(scoreTable(scores[one] ?? new Float64Array(), isClass(labels, one), weights));
}

/**
 * Mean ROC AUC of each class against all others: scikit-learn's `roc_auc_score` with `multi_class="ovr"` and all
 * classes given as `labels`. NaN when some class has none: macro always, weighted only if it has all of the weight.
 *
 * @param labels a class per row
 * @param scores finite numbers; scikit-learn also demands that they add up to 1
 * @param weights one finite number per row, none negative
 */
export function rocAucOneVsRest(
  labels: Int32Array,
  scores: ClassScores,
  average: RocAverage,
  weights?: Float64Array,
): number {
  const support = supportOf(labels, scores.length, weights);
  const counted = average === 'macro' ? support.map(() => 1) : support;
  const terms: number[] = [];
  for (let one = 0; one < scores.length; one += 1) {
    const share = counted[one] as number;
    if (share > 0) terms.push(share * rocAucOfClass(labels, scores, one, weights));
  }
  return compensatedSum(terms) / compensatedSum(counted);
}

/**
 * Mean over all pairs of classes that have labels of both classes' ROC AUC among the two's rows: scikit-learn's
 * `roc_auc_score` with `multi_class="ovo"`; `weighted` weighs a pair by its share of the rows. scikit-learn refuses
 * weights here; with them each pair is weighed as its binary ROC AUC is, and pairs by their share of weight. NaN with
 * fewer than two classes.
 *
 * Source: D. J. Hand, R. J. Till, "A simple generalisation of the area under the ROC curve for multiple class
 * classification problems", Machine Learning 45 (2001).
 */
export function rocAucOneVsOne(
  labels: Int32Array,
  scores: ClassScores,
  average: RocAverage,
  weights?: Float64Array,
): number {
  const support = supportOf(labels, scores.length, weights);
  const won = scores.map((column, one) => wonAgainstOthers(labels, column, one, scores.length, weights));
  const terms: number[] = [];
  const pairs: number[] = [];
  for (let one = 0; one < scores.length; one += 1) {
    for (let other = one + 1; other < scores.length; other += 1) {
      const oneSupport = support[one] as number;
      const otherSupport = support[other] as number;
      if (oneSupport === 0 || otherSupport === 0) continue;
      const both = (won[one]?.[other] as number) + (won[other]?.[one] as number);
      const share = average === 'macro' ? 1 : oneSupport + otherSupport;
      terms.push((share * both) / (2 * oneSupport * otherSupport));
      pairs.push(share);
    }
  }
  return compensatedSum(terms) / compensatedSum(pairs);
}

function supportOf(labels: Int32Array, classes: number, weights?: Float64Array): number[] {
  const sums = new Float64Array(classes);
  const lost = new Float64Array(classes);
  for (let row = 0; row < labels.length; row += 1) {
    const one = labels[row] as number;
    const weight = weights ? (weights[row] as number) : 1;
    const sum = sums[one] as number;
    const next = sum + weight;
    lost[one] = (lost[one] as number) + (sum >= weight ? sum - next + weight : weight - next + sum);
    sums[one] = next;
  }
  return Array.from(sums, (sum, one) => sum + (lost[one] as number));
}

/**
 * For each other class the weight of its pairs with rows of class `one` that `one`'s score puts in the right order, ties
 * counting half. One sort and one pass serve all pairs.
 */
function wonAgainstOthers(
  labels: Int32Array,
  column: Float64Array,
  one: number,
  classes: number,
  weights?: Float64Array,
): Float64Array {
  const numbers = Float64Array.from(labels, (_, row) => row);
  const { sorted, carried = numbers } = sortFloats(column.slice(), numbers);
  const below = new Float64Array(classes);
  const level = new Float64Array(classes);
  const won = new Float64Array(classes);
  const lost = new Float64Array(classes);
  for (let row = 0; row < sorted.length; ) {
    const score = sorted[row] as number;
    level.fill(0);
    for (; row < sorted.length && sorted[row] === score; row += 1) {
      const original = carried[row] as number;
      const label = labels[original] as number;
      level[label] = (level[label] as number) + (weights ? (weights[original] as number) : 1);
    }
    const ours = level[one] as number;
    for (let other = 0; other < classes; other += 1) {
      const here = level[other] as number;
      if (ours > 0) {
        const term = ours * ((below[other] as number) + here / 2);
        const sum = won[other] as number;
        const next = sum + term;
        lost[other] = (lost[other] as number) + (sum >= term ? sum - next + term : term - next + sum);
        won[other] = next;
      }
      below[other] = (below[other] as number) + here;
    }
  }
  for (let other = 0; other < classes; other += 1) won[other] = (won[other] as number) + (lost[other] as number);
  return won;
}
