import { fail, type Result, succeed } from '../../base/result.ts';
import { formatNumber } from '../../base/text.ts';
import { averagePrecision, averagePrecisionSlopes } from '../../metrics/average-precision.ts';
import { brierScore } from '../../metrics/brier-score.ts';
import { calibrationBins, DEFAULT_BINS } from '../../metrics/calibration.ts';
import type { ConfusionCounts, Ratio } from '../../metrics/confusion.ts';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.ts';
import { bestThreshold, type Payoff } from '../../metrics/expected-value.ts';
import { logLoss } from '../../metrics/log-loss.ts';
import { DELONG_LEAST_ROWS, delong } from '../../metrics/resampling/delong.ts';
import { multinomialBootstrap } from '../../metrics/resampling/multinomial-bootstrap.ts';
import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import { rocAuc, rocAucSlopes } from '../../metrics/roc-auc.ts';
import type { ScoreTable } from '../../metrics/score-table.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import { DEFAULT_THRESHOLD } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type CountMetric, cellsOf, countMetric, countsOfCells } from './count-metric.ts';
import { type Measure, unwrap } from './measure.ts';
import type { RowCells } from './row-cells.ts';
import { type RowStatistic, sumStatistic } from './row-statistic.ts';
import { scoreTableStatistic, type TableMetric } from './score-table-statistic.ts';
import { unitsOf } from './units.ts';

/** Any metric of the task `binary`. */
export function measureBinary(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const ofCounts = countMetric(metric, parameters);
  if (ofCounts !== undefined) return measureCounts(metric, parameters, ofCounts, rows);
  switch (metric) {
    case 'roc_auc':
      return measureRocAuc(rows);
    case 'average_precision':
      return measureTable(rows, averagePrecision, 'average_precision/step', averagePrecisionSlopes);
    case 'expected_calibration_error': {
      const { n_bins: bins = DEFAULT_BINS, strategy = 'uniform' } = parameters;
      const value = (table: ScoreTable) => ({
        value: expectedCalibrationError(calibrationBins(table, bins, strategy)),
        zeroDivision: false,
      });
      const found = rows.binary.probabilities();
      if (!found.ok) return found;
      const measured = measureTable(rows, value, `expected_calibration_error/${strategy}-${bins}`);
      return measured.ok ? succeed({ ...measured.value, isDistance: true }) : measured;
    }
    case 'log_loss':
      return measureMean(rows, logLoss, 'log_loss/natural/eps-2^-52', (score, label) => {
        const likelihood = label ? score : 1 - score;
        return -Math.log(Math.min(Math.max(likelihood, Number.EPSILON), 1 - Number.EPSILON));
      });
    case 'brier_score':
      return measureMean(rows, brierScore, 'brier_score/sklearn', (score, label) => (score - label) ** 2);
    default:
      return fail('metric-task', `${metric} is no metric of two classes.`);
  }
}

function measureCounts(
  metric: MetricName,
  parameters: MetricParameters,
  counting: CountMetric,
  rows: DatasetRows,
): Result<Measure> {
  const counted = counting.unlabelled ? rows.binary.selection() : rows.binary.confusion();
  if (!counted.ok) return counted;
  const { weighted, rows: counts } = counted.value;
  const note = metric === 'expected_value' && parameters.payoff ? bestThresholdNote(rows, parameters.payoff) : {};
  const proportion = counting.proportion?.(counts);
  const isExact = weighted === counts;
  return succeed({
    ...counting.value(weighted),
    dividedBy: counting.dividedBy(counts),
    dividedByWhat: counting.dividedByWhat,
    formula: `${metric}/${counting.variant ?? 'sklearn'}`,
    ...note,
    ...(proportion && isExact ? { proportion } : {}),
    closed: (confidence) =>
      proportion
        ? proportion.trials > 0
          ? proportionInterval(proportion.successes, proportion.trials, confidence)
          : undefined
        : multinomialBootstrap(cellsOf(counts), (cells) => defined(counting.value(countsOfCells(cells))), confidence),
    statistic: () => countStatistic(counting, rows),
    cells: () => countCells(counting, weighted, rows),
    units: () => unitsOf(rows),
  });
}

/** In a resample 0/0 is undefined rather than 0. */
function defined({ value, zeroDivision }: Ratio): number {
  return zeroDivision ? Number.NaN : value;
}

function countStatistic(counting: CountMetric, rows: DatasetRows): RowStatistic {
  const { binary } = rows;
  const labels = counting.unlabelled ? undefined : unwrap(binary.labels()).flags;
  const predictions = unwrap(counting.unlabelled ? binary.selections() : binary.predictions());
  const weights = unwrap(rows.weights());
  return sumStatistic(
    rows.rows,
    4,
    (row, sums, at) => {
      const cell = at + 2 * (labels ? (labels[row] as number) : 0) + (predictions[row] as number);
      sums[cell] = (sums[cell] as number) + (weights ? (weights[row] as number) : 1);
    },
    (sums) => defined(counting.value(countsOfCells(sums))),
  );
}

function countCells(counting: CountMetric, counts: ConfusionCounts, rows: DatasetRows): RowCells {
  const { binary } = rows;
  return {
    sums: cellsOf(counts),
    value: (sums) => defined(counting.value(countsOfCells(sums))),
    predictions: 2,
    // A metric that looks at no label counts every row as a negative.
    isPossible: (cell) => counting.unlabelled !== true || cell < 2,
    ofRows() {
      const labels = counting.unlabelled ? undefined : unwrap(binary.labels()).flags;
      const predictions = unwrap(counting.unlabelled ? binary.selections() : binary.predictions());
      return predictions.map((prediction, row) => 2 * (labels ? (labels[row] as number) : 0) + prediction);
    },
  };
}

function measureRocAuc(rows: DatasetRows): Result<Measure> {
  const value = (table: ScoreTable) => ({ value: rocAuc(table), zeroDivision: false });
  const measured = measureTable(rows, value, 'roc_auc/midrank', rocAucSlopes);
  if (!measured.ok) return measured;
  const ofPositives = unwrap(rows.binary.labels()).positives;
  if (Number.isNaN(measured.value.value)) {
    return fail(
      'metric-undefined',
      `ROC AUC has no value on “${rows.title}”: it compares two classes, and one has no rows or no weight.`,
    );
  }
  const rarer = Math.min(ofPositives, rows.rows - ofPositives);
  return succeed({
    ...measured.value,
    dividedBy: rarer,
    ...{ dividedByWhat: 'rows of the rarer class', leastResampled: DELONG_LEAST_ROWS },
    closed: (confidence) =>
      rarer < DELONG_LEAST_ROWS ? undefined : delong(unwrap(rows.binary.scoreTable()), confidence),
  });
}

/** A metric of the score table; the rows that it divides by are the positives, or all where `zeroDivision` never is. */
function measureTable(
  rows: DatasetRows,
  value: (table: ScoreTable) => Ratio,
  formula: string,
  slopes?: TableMetric['slopes'],
): Result<Measure> {
  const { binary } = rows;
  const labels = binary.labels();
  if (!labels.ok) return labels;
  const table = binary.scoreTable();
  if (!table.ok) return table;
  const ofPositives = formula.startsWith('average_precision');
  return succeed({
    ...value(table.value),
    dividedBy: ofPositives ? labels.value.positives : rows.rows,
    dividedByWhat: ofPositives ? 'positive rows' : 'rows',
    formula,
    statistic: () =>
      scoreTableStatistic(unwrap(binary.scores()), labels.value.flags, unwrap(rows.weights()), {
        value: (resampled) => defined(value(resampled)),
        ...(slopes ? { slopes } : {}),
      }),
    units: () => unitsOf(rows),
  });
}

function measureMean(
  rows: DatasetRows,
  value: (scores: Float64Array, labels: Uint8Array, weights?: Float64Array) => number,
  formula: string,
  term: (score: number, label: number) => number,
): Result<Measure> {
  const labels = rows.binary.labels();
  if (!labels.ok) return labels;
  const scores = rows.binary.probabilities();
  if (!scores.ok) return scores;
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const { flags } = labels.value;
  return succeed({
    ...{ value: value(scores.value, flags, weights.value), zeroDivision: false },
    ...{ dividedBy: rows.rows, dividedByWhat: 'rows', formula },
    statistic: () =>
      sumStatistic(
        rows.rows,
        2,
        (row, sums, at) => {
          const weight = weights.value ? (weights.value[row] as number) : 1;
          sums[at] = (sums[at] as number) + weight * term(scores.value[row] as number, flags[row] as number);
          sums[at + 1] = (sums[at + 1] as number) + weight;
        },
        ([sum = 0, weight = 0]) => sum / weight,
      ),
    units: () => unitsOf(rows),
  });
}

/** The threshold that would bring the most on these rows. It is told, never used. */
function bestThresholdNote(rows: DatasetRows, payoff: Payoff): { readonly note?: string } {
  const { dataset } = rows;
  // With a prediction column the threshold is not the policy's to choose, and its scores may not have been read.
  if (dataset.prediction !== undefined || dataset.score === undefined) return {};
  const table = rows.binary.scoreTable();
  const best = table.ok ? bestThreshold(table.value, payoff) : undefined;
  if (best === undefined) return {};
  const used = dataset.threshold ?? DEFAULT_THRESHOLD;
  const what = Number.isFinite(best.threshold)
    ? `the threshold ${formatNumber(best.threshold)}`
    : 'predicting no positives';
  return {
    note: `On these rows ${what} would bring the most, ${formatNumber(best.expectedValue)}; the threshold in use is ${formatNumber(used)}.`,
  };
}
