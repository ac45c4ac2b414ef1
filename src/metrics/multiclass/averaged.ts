import type { ConfusionCounts, Ratio } from '../confusion.ts';
import { type ConfusionMatrix, countsOfClasses } from '../confusion-matrix.ts';
import { compensatedSum } from '../sums.ts';

/**
 * How the values of several classes become one: their mean; their mean weighted by the classes' labels; or the value
 * of all classes' tables added up.
 */
export type Average = 'macro' | 'weighted' | 'micro';

/** A metric of one class against the others: `precision`, `recall`, `specificity`, `f1`, `jaccard`, or `fbeta` with its beta. */
export type ClassMetric = (counts: ConfusionCounts) => Ratio;

/** The metric of each class against all others; scikit-learn's `average=None`. */
export function perClass(matrix: ConfusionMatrix, metric: ClassMetric): Ratio[] {
  return countsOfClasses(matrix).map(metric);
}

/**
 * The metric over the classes that are present, by scikit-learn's `average`. A class whose value is 0/0 counts as 0,
 * and the answer says that there was one. Weighted, with no weight in any label: the plain mean, as in scikit-learn.
 */
export function averaged(matrix: ConfusionMatrix, metric: ClassMetric, average: Average): Ratio {
  const classes = countsOfClasses(matrix).filter((_, one) => matrix.present[one] === 1);
  if (classes.length === 0) return { value: 0, zeroDivision: true };
  if (average === 'micro') return metric(added(classes));
  const values = classes.map(metric);
  const zeroDivision = values.some((value) => value.zeroDivision);
  if (average === 'macro') return { value: meanOf(values), zeroDivision };
  const support = classes.map((counts) => counts.truePositives + counts.falseNegatives);
  const total = compensatedSum(support);
  if (total === 0) return { value: meanOf(values), zeroDivision };
  const sum = compensatedSum(values.map(({ value }, one) => value * (support[one] as number)));
  return { value: sum / total, zeroDivision };
}

function added(classes: readonly ConfusionCounts[]): ConfusionCounts {
  return {
    truePositives: compensatedSum(classes.map((counts) => counts.truePositives)),
    falsePositives: compensatedSum(classes.map((counts) => counts.falsePositives)),
    falseNegatives: compensatedSum(classes.map((counts) => counts.falseNegatives)),
    trueNegatives: compensatedSum(classes.map((counts) => counts.trueNegatives)),
  };
}

function meanOf(values: readonly Ratio[]): number {
  return compensatedSum(values.map(({ value }) => value)) / values.length;
}
