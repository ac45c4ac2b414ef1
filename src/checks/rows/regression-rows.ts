import type { Result } from '../../base/result.ts';

/** The rows of a data set as a regression's metrics need them. Finite numbers. */
export interface RegressionRows {
  labels(): Result<Float64Array>;
  predictions(): Result<Float64Array>;
}
