import { averagePrecision } from '../average-precision.ts';
import type { Ratio } from '../confusion.ts';
import { type ScoreTable, scoreTable } from '../score-table.ts';
import { compensatedSum } from '../sums.ts';
import type { Average } from './averaged.ts';
import { type ClassScores, isClass } from './scores.ts';

/** Average precision of one class against all others. */
export function averagePrecisionOfClass(
  labels: Int32Array,
  scores: ClassScores,
  one: number,
  weights?: Float64Array,
): Ratio {
  return averagePrecision(tableOfClass(labels, scores, one, weights));
}

/**
 * Average precision over all classes, by scikit-learn's `average` of `average_precision_score`: their mean, their mean
 * weighted by the classes' labels, or that of all classes' rows thrown together. A class without labels has 0, and the
 * answer says that there was one.
 *
 * @param labels a class per row
 * @param scores finite numbers
 * @param weights one finite number per row, none negative
 */
export function multiclassAveragePrecision(
  labels: Int32Array,
  scores: ClassScores,
  average: Average,
  weights?: Float64Array,
): Ratio {
  if (average === 'micro') return averagePrecision(tableOfAll(labels, scores, weights));
  const values: Ratio[] = [];
  const support: number[] = [];
  for (let one = 0; one < scores.length; one += 1) {
    const table = tableOfClass(labels, scores, one, weights);
    values.push(averagePrecision(table));
    support.push(average === 'weighted' ? compensatedSum(table.positives) : 1);
  }
  const total = compensatedSum(support);
  if (total === 0) return { value: 0, zeroDivision: true };
  const sum = compensatedSum(values.map(({ value }, one) => value * (support[one] as number)));
  return { value: sum / total, zeroDivision: values.some(({ zeroDivision }) => zeroDivision) };
}

function tableOfClass(labels: Int32Array, scores: ClassScores, one: number, weights?: Float64Array): ScoreTable {
  return scoreTable(scores[one] ?? new Float64Array(), isClass(labels, one), weights);
}

/** Every row once per class: its score there, and whether that class is its label. */
function tableOfAll(labels: Int32Array, scores: ClassScores, weights?: Float64Array): ScoreTable {
  const rows = labels.length;
  const allScores = new Float64Array(rows * scores.length);
  const flags = new Uint8Array(allScores.length);
  const allWeights = weights && new Float64Array(allScores.length);
  for (let one = 0; one < scores.length; one += 1) {
    allScores.set(scores[one] as Float64Array, one * rows);
    flags.set(isClass(labels, one), one * rows);
    if (weights) allWeights?.set(weights, one * rows);
  }
  return scoreTable(allScores, flags, allWeights);
}
