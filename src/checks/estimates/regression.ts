import { fail, type Result, succeed } from '../../base/result.ts';
import type { Ratio } from '../../metrics/confusion.ts';
import { explainedVariance, r2 } from '../../metrics/regression/explained-variance.ts';
import { maxError } from '../../metrics/regression/max-error.ts';
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPinballLoss,
  meanSquaredError,
  rootMeanSquaredError,
} from '../../metrics/regression/mean-losses.ts';
import { medianAbsoluteError } from '../../metrics/regression/median-absolute-error.ts';
import { meanOf } from '../../metrics/regression/variance.ts';
import { medianInterval } from '../../metrics/resampling/median.ts';
import { sortFloats } from '../../metrics/sort-floats.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { Measure } from './measure.ts';
import { type RowStatistic, sumStatistic, weightStatistic } from './row-statistic.ts';
import { unitsOf } from './units.ts';

/** scikit-learn's own. */
const DEFAULT_ALPHA = 0.5;
/**
 * Squares of skewed errors have long tails: with 50 rows and the truth on the bound, an R² passed in 6.6 of 100 samples,
 * with 200 in less than 5 (test/bench/coverage.json).
 */
const LEAST_ROWS_OF_SQUARES = 200;

interface Rows {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
  readonly weights: Float64Array | undefined;
}

/** Any metric of the task `regression`. */
export function measureRegression(
  metric: MetricName,
  parameters: MetricParameters,
  rows: DatasetRows,
): Result<Measure> {
  const labels = rows.regression.labels();
  if (!labels.ok) return labels;
  const predictions = rows.regression.predictions();
  if (!predictions.ok) return predictions;
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const found = metricOf(metric, parameters, {
    labels: labels.value,
    predictions: predictions.value,
    weights: weights.value,
  });
  if (found === undefined) return fail('metric-task', `${metric} is no metric of a regression.`);
  return succeed({
    ...{ zeroDivision: false, dividedBy: rows.rows, dividedByWhat: 'rows', formula: `${metric}/sklearn` },
    ...found,
    units: () => unitsOf(rows),
  });
}

function metricOf(
  metric: MetricName,
  parameters: MetricParameters,
  rows: Rows,
): (Partial<Measure> & Pick<Measure, 'value'>) | undefined {
  const { labels, predictions, weights } = rows;
  switch (metric) {
    case 'mean_absolute_error':
      return mean(rows, meanAbsoluteError(labels, predictions, weights), (label, prediction) =>
        Math.abs(label - prediction),
      );
    case 'mean_squared_error':
      return ofSquares(mean(rows, meanSquaredError(labels, predictions, weights), squared));
    case 'root_mean_squared_error':
      return ofSquares(mean(rows, rootMeanSquaredError(labels, predictions, weights), squared, Math.sqrt));
    case 'mean_absolute_percentage_error':
      return mean(
        rows,
        meanAbsolutePercentageError(labels, predictions, weights),
        (label, prediction) => Math.abs(prediction - label) / Math.max(Math.abs(label), Number.EPSILON),
      );
    case 'mean_pinball_loss': {
      const { alpha = DEFAULT_ALPHA } = parameters;
      const found = mean(rows, meanPinballLoss(labels, predictions, alpha, weights), (label, prediction) =>
        label >= prediction ? alpha * (label - prediction) : (1 - alpha) * (prediction - label),
      );
      return { ...found, formula: `${metric}/alpha-${alpha}` };
    }
    case 'median_absolute_error':
      return {
        value: medianAbsoluteError(labels, predictions, weights),
        closed: (confidence) => medianInterval(sortFloats(errorsOf(rows)).sorted, confidence),
        statistic: () => medianStatistic(rows),
      };
    case 'max_error':
      return { value: maxError(labels, predictions), dividedBy: labels.length };
    case 'r2':
      return ofSquares(explained(rows, r2(labels, predictions, weights), 'with bias'));
    case 'explained_variance':
      return ofSquares(explained(rows, explainedVariance(labels, predictions, weights), 'without bias'));
    default:
      return undefined;
  }
}

function ofSquares<Found extends object>(found: Found): Found & Pick<Measure, 'leastResampled'> {
  return { ...found, leastResampled: LEAST_ROWS_OF_SQUARES };
}

function squared(label: number, prediction: number): number {
  return (label - prediction) ** 2;
}

function mean(
  { labels, predictions, weights }: Rows,
  value: number,
  loss: (label: number, prediction: number) => number,
  after: (mean: number) => number = (plain) => plain,
): Pick<Measure, 'value' | 'statistic'> {
  return {
    value,
    statistic: () =>
      sumStatistic(
        labels.length,
        2,
        (row, sums, at) => {
          const weight = weights ? (weights[row] as number) : 1;
          sums[at] = (sums[at] as number) + weight * loss(labels[row] as number, predictions[row] as number);
          sums[at + 1] = (sums[at + 1] as number) + weight;
        },
        ([sum = 0, total = 0]) => after(sum / total),
      ),
  };
}

/**
 * From the sums of label, error and their squares, taken about the label's and the error's mean so that nothing cancels.
 * Of labels that don't vary nothing can be explained: scikit-learn's 0 is taken for it, its 1 (for errors that don't vary
 * either, however large) would pass on no evidence, and is no value here.
 */
function explained(
  { labels, predictions, weights }: Rows,
  { value, zeroDivision }: Ratio,
  bias: 'with bias' | 'without bias',
): Pick<Measure, 'value' | 'zeroDivision' | 'statistic' | 'dividedByWhat'> {
  return {
    ...{ value: zeroDivision && value > 0 ? Number.NaN : value, zeroDivision },
    dividedByWhat: 'rows whose labels differ',
    statistic: () => {
      const centre = meanOf(labels, weights);
      return sumStatistic(
        labels.length,
        5,
        (row, sums, at) => {
          const weight = weights ? (weights[row] as number) : 1;
          const label = (labels[row] as number) - centre;
          const error = (labels[row] as number) - (predictions[row] as number);
          sums[at] = (sums[at] as number) + weight;
          sums[at + 1] = (sums[at + 1] as number) + weight * label;
          sums[at + 2] = (sums[at + 2] as number) + weight * label * label;
          sums[at + 3] = (sums[at + 3] as number) + weight * error;
          sums[at + 4] = (sums[at + 4] as number) + weight * error * error;
        },
        ([total = 0, label = 0, labelSquares = 0, error = 0, errorSquares = 0]) => {
          const all = labelSquares - (label * label) / total;
          const unexplained = bias === 'with bias' ? errorSquares : errorSquares - (error * error) / total;
          return all > 0 ? 1 - unexplained / all : Number.NaN;
        },
      );
    },
  };
}

function errorsOf({ labels, predictions }: Rows): Float64Array<ArrayBuffer> {
  const errors = new Float64Array(labels.length);
  for (let row = 0; row < errors.length; row += 1) {
    errors[row] = Math.abs((labels[row] as number) - (predictions[row] as number));
  }
  return errors;
}

/** The errors are sorted once. Halves are told as by `medianAbsoluteError`, but for its tolerance. */
function medianStatistic(rows: Rows): RowStatistic {
  const errors = errorsOf(rows);
  const order = Float64Array.from(errors, (_, row) => row);
  const { sorted, carried = order } = sortFloats(errors, order);
  return weightStatistic(sorted.length, rows.weights, (drawn) => {
    let total = 0;
    for (let row = 0; row < drawn.length; row += 1) total += drawn[row] as number;
    if (total === 0) return Number.NaN;
    let below = 0;
    for (let at = 0; at < sorted.length; at += 1) {
      below += drawn[carried[at] as number] as number;
      if (below > total / 2) return sorted[at] as number;
      if (below === total / 2) {
        let next = at + 1;
        while (next < sorted.length && drawn[carried[next] as number] === 0) next += 1;
        return ((sorted[at] as number) + (sorted[Math.min(next, sorted.length - 1)] as number)) / 2;
      }
    }
    return sorted.at(-1) as number;
  });
}
