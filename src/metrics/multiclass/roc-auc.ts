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
  const ranked = rankRows(labels, column, weights);
  const below = new Float64Array(classes);
  const level = new Float64Array(classes);
  const won = new Float64Array(classes);
  const lost = new Float64Array(classes);
  for (let row = 0; row < ranked.labels.length; ) {
    const end = endOfTies(ranked.scores, row);
    for (let tied = row; tied < end; tied += 1) {
      const label = ranked.labels[tied] as number;
      level[label] = (level[label] as number) + (ranked.weights ? (ranked.weights[tied] as number) : 1);
    }
    const ours = level[one] as number;
    for (let other = 0; ours > 0 && other < classes; other += 1) {
      const term = ours * ((below[other] as number) + (level[other] as number) / 2);
      const sum = won[other] as number;
      const next = sum + term;
      lost[other] = (lost[other] as number) + (sum >= term ? sum - next + term : term - next + sum);
      won[other] = next;
    }
    for (let tied = row; tied < end; tied += 1) {
      const label = ranked.labels[tied] as number;
      below[label] = (below[label] as number) + (level[label] as number);
      level[label] = 0;
    }
    row = end;
  }
  for (let other = 0; other < classes; other += 1) won[other] = (won[other] as number) + (lost[other] as number);
  return won;
}

function endOfTies(scores: Float64Array, from: number): number {
  let end = from + 1;
  while (end < scores.length && scores[end] === scores[from]) end += 1;
  return end;
}

/** Scores in ascending order, with the label and weight of each. */
function rankRows(labels: Int32Array, column: Float64Array, weights?: Float64Array) {
  if (!weights) {
    const codes = Float64Array.from(labels);
    const { sorted, carried = codes } = sortFloats(column.slice(), codes);
    return { scores: sorted, labels: Int32Array.from(carried), weights };
  }
  const numbers = new Float64Array(labels.length);
  for (let row = 0; row < numbers.length; row += 1) numbers[row] = row;
  const { sorted, carried = numbers } = sortFloats(column.slice(), numbers);
  const rankedLabels = new Int32Array(labels.length);
  const rankedWeights = new Float64Array(labels.length);
  for (let place = 0; place < carried.length; place += 1) {
    const row = carried[place] as number;
    rankedLabels[place] = labels[row] as number;
    rankedWeights[place] = weights[row] as number;
  }
  return { scores: sorted, labels: rankedLabels, weights: rankedWeights };
}
