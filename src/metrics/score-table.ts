import { sortFloats } from './sort-floats.ts';

/**
 * All that ranking metrics need of a binary classifier's scores: the distinct scores in ascending order and, at each,
 * the weight (without weights: the number) of positive and of negative rows. Many rows become few entries, and a
 * database can build the same table by `GROUP BY score`.
 */
export interface ScoreTable {
  readonly scores: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/**
 * @param scores one finite number per row
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param weights one finite number per row, none negative; rows of weight 0 are left out, as scikit-learn does
 */
export function scoreTable(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): ScoreTable {
  return weights ? weightedTable(scores, labels, weights) : countedTable(scores, labels);
}

function countedTable(scores: Float64Array, labels: Uint8Array): ScoreTable {
  const byClass = splitByLabel(scores, labels);
  const positive = sortFloats(byClass.positive).sorted;
  const negative = sortFloats(byClass.negative).sorted;
  const builder = tableBuilder(scores.length);
  let atPositive = 0;
  let atNegative = 0;
  while (atPositive < positive.length && atNegative < negative.length) {
    const a = positive[atPositive] as number;
    const b = negative[atNegative] as number;
    const score = a < b ? a : b;
    const firstPositive = atPositive;
    const firstNegative = atNegative;
    while (atPositive < positive.length && positive[atPositive] === score) atPositive += 1;
    while (atNegative < negative.length && negative[atNegative] === score) atNegative += 1;
    builder.add(score, atPositive - firstPositive, atNegative - firstNegative);
  }
  while (atPositive < positive.length) {
    const first = atPositive;
    while (atPositive < positive.length && positive[atPositive] === positive[first]) atPositive += 1;
    builder.add(positive[first] as number, atPositive - first, 0);
  }
  while (atNegative < negative.length) {
    const first = atNegative;
    while (atNegative < negative.length && negative[atNegative] === negative[first]) atNegative += 1;
    builder.add(negative[first] as number, 0, atNegative - first);
  }
  return builder.table();
}

function weightedTable(scores: Float64Array, labels: Uint8Array, weights: Float64Array): ScoreTable {
  const kept = signedWeights(scores, labels, weights);
  const { sorted, carried = kept.signed } = sortFloats(kept.scores, kept.signed);
  const builder = tableBuilder(sorted.length);
  for (let row = 0; row < sorted.length; ) {
    const score = sorted[row] as number;
    let positive = 0;
    let negative = 0;
    for (; row < sorted.length && sorted[row] === score; row += 1) {
      const signed = carried[row] as number;
      if (signed > 0) positive += signed;
      else negative -= signed;
    }
    builder.add(score, positive, negative);
  }
  return builder.table();
}

function splitByLabel(
  scores: Float64Array,
  labels: Uint8Array,
): { positive: Float64Array<ArrayBuffer>; negative: Float64Array<ArrayBuffer> } {
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) positives += labels[row] as number;
  const positive = new Float64Array(positives);
  const negative = new Float64Array(labels.length - positives);
  let atPositive = 0;
  let atNegative = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (labels[row]) {
      positive[atPositive] = scores[row] as number;
      atPositive += 1;
    } else {
      negative[atNegative] = scores[row] as number;
      atNegative += 1;
    }
  }
  return { positive, negative };
}

/** A positive row's weight stands for itself, a negative row's is turned round, so that one array travels with the scores. */
function signedWeights(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): { scores: Float64Array<ArrayBuffer>; signed: Float64Array<ArrayBuffer> } {
  const keptScores = new Float64Array(scores.length);
  const signed = new Float64Array(scores.length);
  let kept = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const weight = weights[row] as number;
    if (weight === 0) continue;
    keptScores[kept] = scores[row] as number;
    signed[kept] = labels[row] ? weight : -weight;
    kept += 1;
  }
  return kept === scores.length
    ? { scores: keptScores, signed }
    : { scores: keptScores.slice(0, kept), signed: signed.slice(0, kept) };
}

function tableBuilder(capacity: number) {
  const scores = new Float64Array(capacity);
  const positives = new Float64Array(capacity);
  const negatives = new Float64Array(capacity);
  let length = 0;
  return {
    add(score: number, positive: number, negative: number): void {
      scores[length] = score;
      positives[length] = positive;
      negatives[length] = negative;
      length += 1;
    },
    table(): ScoreTable {
      return {
        scores: scores.subarray(0, length),
        positives: positives.subarray(0, length),
        negatives: negatives.subarray(0, length),
      };
    },
  };
}
