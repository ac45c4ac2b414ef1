import type { Result } from '../../base/result.ts';
import type { ConfusionMatrix } from '../../metrics/confusion-matrix.ts';

/** The rows of a data set as the metrics of several classes need them. Classes are numbered from 0. */
export interface MulticlassRows {
  /** The classes in the order of `scores` in the policy, or else sorted; as messages show them. */
  classes(): Result<readonly string[]>;
  /** The number of a class that a policy names. */
  classNumber(value: string | number | boolean): Result<number>;
  labels(): Result<Int32Array>;
  /** By the prediction column, or else the class of the highest score, ties to the first. */
  predictions(): Result<Int32Array>;
  /** For each class the score of every row; between 0 and 1. */
  scores(): Result<readonly Float64Array[]>;
  /** Rows are labels, columns predictions; in weight, and in rows. */
  confusion(): Result<{ readonly weighted: ConfusionMatrix; readonly rows: ConfusionMatrix }>;
}
