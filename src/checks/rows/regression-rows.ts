import { type Result, succeed } from '../../base/result.ts';
import type { Dataset } from '../../policy/schema.ts';
import { noRows, numbersOf, type RowColumns } from './columns.ts';
import { gatherFloats } from './gather.ts';
import { once } from './once.ts';

/** The rows of a data set as a regression's metrics need them. Finite numbers. */
export interface RegressionRows {
  labels(): Result<Float64Array>;
  predictions(): Result<Float64Array>;
}

export function regressionRows(source: RowColumns, dataset: Dataset): RegressionRows {
  const numbers = (role: 'label' | 'prediction') =>
    once(() => (source.rows === 0 ? noRows<Float64Array>(source.name) : numbersOf(source, dataset[role], role)));
  return { labels: numbers('label'), predictions: numbers('prediction') };
}

/** Some of the rows. */
export function restrictRegression(whole: RegressionRows, indices: () => Int32Array): RegressionRows {
  const some = (of: () => Result<Float64Array>) =>
    once((): Result<Float64Array> => {
      const all = of();
      return all.ok ? succeed(gatherFloats(all.value, indices())) : all;
    });
  return { labels: some(whole.labels), predictions: some(whole.predictions) };
}
