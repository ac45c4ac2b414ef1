import type { Floats } from './radix-sort.ts';
import { sortBySize, sortFloats } from './sort-floats.ts';

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

/** How a metric of a score table changes with the weight of a row, by its entry and its class. */
export interface TableSlopes {
  readonly ofPositive: Float64Array;
  readonly ofNegative: Float64Array;
}

/** Scores and labels of rows that are yet to be ranked, in arrays of their own, so that another thread can be given them. */
export type ScoresToRank =
  /** No score is negative: those of the negative class are below 0, and those of the positive class as they are. */
  | { readonly kind: 'signed'; readonly signed: Floats }
  | { readonly kind: 'by class'; readonly positive: Floats; readonly negative: Floats }
  /** A positive row's weight stands for itself, a negative row's is turned round. */
  | { readonly kind: 'weighted'; readonly scores: Floats; readonly signed: Floats };

/**
 * @param scores one finite number per row
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param weights one finite number per row, none negative; rows of weight 0 are left out, as scikit-learn does
 */
export function scoreTable(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): ScoreTable {
  return rankScores(scoresToRank(scores, labels, weights));
}

/** The first half of `scoreTable`, and the short one: copies what is to be sorted. */
export function scoresToRank(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): ScoresToRank {
  if (weights) return signedWeights(scores, labels, weights);
  const signed = labelsAsSigns(scores, labels);
  return signed ? { kind: 'signed', signed } : splitByLabel(scores, labels);
}

/** The other half of `scoreTable`: sorts. The arrays that it is given are overwritten. */
export function rankScores(rows: ScoresToRank): ScoreTable {
  switch (rows.kind) {
    case 'signed':
      return tableOfSigned(rows.signed);
    case 'by class':
      return mergedTable(rows.positive, rows.negative);
    case 'weighted':
      return weightedTable(rows.scores, rows.signed);
  }
}

/** undefined where a score has a sign itself. */
function labelsAsSigns(scores: Float64Array, labels: Uint8Array): Floats | undefined {
  const signed = new Float64Array(scores.length);
  for (let row = 0; row < scores.length; row += 1) {
    const score = (scores[row] as number) + 0; // makes 0 of -0
    if (score < 0) return undefined;
    signed[row] = score * (2 * (labels[row] as number) - 1);
  }
  return signed;
}

/** The scores are written over the sorted ones, which are never behind. */
function tableOfSigned(signed: Floats): ScoreTable {
  const { sorted, spare } = sortBySize(signed, new Float64Array(signed.length));
  const positives = spare;
  const negatives = new Float64Array(sorted.length);
  const words = new Int32Array(sorted.buffer, sorted.byteOffset, sorted.length * 2);
  let entry = -1;
  let previous = Number.NaN;
  let positive = 0;
  let negative = 0;
  for (let row = 0; row < sorted.length; row += 1) {
    const score = Math.abs(sorted[row] as number);
    const isNegative = (words[2 * row + 1] as number) >>> 31;
    // Not by branches: how many scores are equal is anybody's guess.
    const same = Number(score === previous);
    entry += 1 - same;
    negative = negative * same + isNegative;
    positive = positive * same + 1 - isNegative;
    sorted[entry] = score;
    negatives[entry] = negative;
    positives[entry] = positive;
    previous = score;
  }
  return shortened({ scores: sorted, positives, negatives }, entry + 1);
}

/** Scores of both signs: each class is sorted on its own. */
function mergedTable(ofPositives: Floats, ofNegatives: Floats): ScoreTable {
  const positive = sortFloats(ofPositives).sorted;
  const negative = sortFloats(ofNegatives).sorted;
  const table = emptyTable(positive.length + negative.length);
  let length = 0;
  let atPositive = 0;
  let atNegative = 0;
  // A score above all others stands in for the end of either side.
  let nextPositive = positive.length > 0 ? (positive[0] as number) : Infinity;
  let nextNegative = negative.length > 0 ? (negative[0] as number) : Infinity;
  while (atPositive < positive.length || atNegative < negative.length) {
    const score = nextPositive < nextNegative ? nextPositive : nextNegative;
    table.scores[length] = score;
    const firstPositive = atPositive;
    while (nextPositive === score && atPositive < positive.length) {
      atPositive += 1;
      nextPositive = atPositive < positive.length ? (positive[atPositive] as number) : Infinity;
    }
    table.positives[length] = atPositive - firstPositive;
    const firstNegative = atNegative;
    while (nextNegative === score && atNegative < negative.length) {
      atNegative += 1;
      nextNegative = atNegative < negative.length ? (negative[atNegative] as number) : Infinity;
    }
    table.negatives[length] = atNegative - firstNegative;
    length += 1;
  }
  return shortened(table, length);
}

function weightedTable(scores: Floats, signed: Floats): ScoreTable {
  const { sorted, carried = signed } = sortFloats(scores, signed);
  const table = emptyTable(sorted.length);
  let length = 0;
  for (let row = 0; row < sorted.length; ) {
    const score = sorted[row] as number;
    let positive = 0;
    let negative = 0;
    for (; row < sorted.length && sorted[row] === score; row += 1) {
      const signed = carried[row] as number;
      if (signed > 0) positive += signed;
      else negative -= signed;
    }
    table.scores[length] = score;
    table.positives[length] = positive;
    table.negatives[length] = negative;
    length += 1;
  }
  return shortened(table, length);
}

function splitByLabel(scores: Float64Array, labels: Uint8Array): ScoresToRank {
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
  return { kind: 'by class', positive, negative };
}

function signedWeights(scores: Float64Array, labels: Uint8Array, weights: Float64Array): ScoresToRank {
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
    ? { kind: 'weighted', scores: keptScores, signed }
    : { kind: 'weighted', scores: keptScores.slice(0, kept), signed: signed.slice(0, kept) };
}

function emptyTable(capacity: number): ScoreTable {
  return {
    scores: new Float64Array(capacity),
    positives: new Float64Array(capacity),
    negatives: new Float64Array(capacity),
  };
}

function shortened({ scores, positives, negatives }: ScoreTable, length: number): ScoreTable {
  return {
    scores: scores.subarray(0, length),
    positives: positives.subarray(0, length),
    negatives: negatives.subarray(0, length),
  };
}
