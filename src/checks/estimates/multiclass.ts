import { fail, type Result, succeed } from '../../base/result.ts';
import { averagePrecision, averagePrecisionSlopes } from '../../metrics/average-precision.ts';
import { calibrationBins, DEFAULT_BINS } from '../../metrics/calibration.ts';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.ts';
import { multiclassAveragePrecision } from '../../metrics/multiclass/average-precision.ts';
import { multiclassBrierScore } from '../../metrics/multiclass/brier-score.ts';
import { multiclassLogLoss } from '../../metrics/multiclass/log-loss.ts';
import { type RocAverage, rocAucOneVsOne, rocAucOneVsRest } from '../../metrics/multiclass/roc-auc.ts';
import { type ClassScores, firstRowNotAddingToOne, isClass, topLabel } from '../../metrics/multiclass/scores.ts';
import { DELONG_LEAST_ROWS } from '../../metrics/resampling/delong.ts';
import { type ScoreTable, scoreTable } from '../../metrics/score-table.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { Measure } from './measure.ts';
import { measureMatrixMetric } from './multiclass-matrix.ts';
import { sumStatistic, weightStatistic } from './row-statistic.ts';
import { scoreTableStatistic } from './score-table-statistic.ts';
import { unitsOf } from './units.ts';

/** scikit-learn's tolerance for scores of one row that should be probabilities and 1 together. */
const SUM_TOLERANCE = 1e-5;

/** Any metric of the task `multiclass`. */
export function measureMulticlass(
  metric: MetricName,
  parameters: MetricParameters,
  rows: DatasetRows,
): Result<Measure> {
  switch (metric) {
    case 'log_loss':
      return measureMean(rows, multiclassLogLoss, 'log_loss/natural/eps-2^-52', (scores, label, row) => {
        const likelihood = scores[label]?.[row] as number;
        return -Math.log(Math.min(Math.max(likelihood, Number.EPSILON), 1 - Number.EPSILON));
      });
    case 'brier_score':
      return measureMean(rows, multiclassBrierScore, 'brier_score/sklearn', squaredDistance);
    case 'expected_calibration_error':
      return measureCalibration(parameters, rows);
    case 'roc_auc':
      return measureRocAuc(parameters, rows);
    case 'average_precision':
      return measureAveragePrecision(parameters, rows);
    default:
      return measureMatrixMetric(metric, parameters, rows);
  }
}

/** What metrics of scores start from. */
interface Scored {
  readonly labels: Int32Array;
  readonly scores: ClassScores;
  readonly weights: Float64Array | undefined;
}

function scoredRows(rows: DatasetRows): Result<Scored> {
  const labels = rows.multiclass.labels();
  if (!labels.ok) return labels;
  const scores = rows.multiclass.scores();
  if (!scores.ok) return scores;
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const uneven = rows.kept('first row of scores not adding to 1', () =>
    firstRowNotAddingToOne(scores.value, SUM_TOLERANCE),
  );
  if (uneven >= 0) {
    return fail(
      'score-sum',
      `The scores of row ${uneven + 1} of “${rows.title}” do not add up to 1, so they are no probabilities.`,
    );
  }
  return succeed({ labels: labels.value, scores: scores.value, weights: weights.value });
}

/** A mean over the rows; `term` is what one row adds. */
function measureMean(
  rows: DatasetRows,
  value: (labels: Int32Array, scores: ClassScores, weights?: Float64Array) => number,
  formula: string,
  term: (scores: ClassScores, label: number, row: number) => number,
): Result<Measure> {
  const found = scoredRows(rows);
  if (!found.ok) return found;
  const { labels, scores, weights } = found.value;
  return succeed({
    ...{ value: value(labels, scores, weights), zeroDivision: false },
    ...{ dividedBy: rows.rows, dividedByWhat: 'rows', formula },
    statistic: () =>
      sumStatistic(
        rows.rows,
        2,
        (row, sums, at) => {
          const weight = weights ? (weights[row] as number) : 1;
          sums[at] = (sums[at] as number) + weight * term(scores, labels[row] as number, row);
          sums[at + 1] = (sums[at + 1] as number) + weight;
        },
        ([sum = 0, total = 0]) => sum / total,
      ),
    units: () => unitsOf(rows),
  });
}

/** As `multiclassBrierScore`: halved for two classes. */
function squaredDistance(scores: ClassScores, label: number, row: number): number {
  let sum = 0;
  for (let one = 0; one < scores.length; one += 1) {
    sum += ((scores[one]?.[row] as number) - (one === label ? 1 : 0)) ** 2;
  }
  return scores.length < 3 ? sum / 2 : sum;
}

function measureCalibration(parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const found = scoredRows(rows);
  if (!found.ok) return found;
  const { labels, scores, weights } = found.value;
  const { n_bins: bins = DEFAULT_BINS, strategy = 'uniform', class: named } = parameters;
  const value = (table: ScoreTable) => expectedCalibrationError(calibrationBins(table, bins, strategy));
  let compared = { confidence: new Float64Array(), correct: new Uint8Array() } as ReturnType<typeof topLabel>;
  if (named === undefined) {
    compared = topLabel(labels, scores);
  } else {
    const number = rows.multiclass.classNumber(named);
    if (!number.ok) return number;
    compared = { confidence: scores[number.value] as Float64Array, correct: isClass(labels, number.value) };
  }
  const { confidence, correct } = compared;
  const variant = named === undefined ? 'top-label' : `class-${named}`;
  return succeed({
    ...{ value: value(scoreTable(confidence, correct, weights)), zeroDivision: false },
    ...{ dividedBy: rows.rows, dividedByWhat: 'rows', isDistance: true },
    formula: `expected_calibration_error/${variant}/${strategy}-${bins}`,
    statistic: () => scoreTableStatistic(confidence, correct, weights, { value }),
    units: () => unitsOf(rows),
  });
}

function measureRocAuc({ multi_class: how, average = 'macro' }: MetricParameters, rows: DatasetRows): Result<Measure> {
  const found = scoredRows(rows);
  if (!found.ok) return found;
  const { labels, scores, weights } = found.value;
  if (how === undefined)
    return fail('parameter-missing', 'With several classes roc_auc needs `multi_class` (ovr or ovo).');
  if (average !== 'macro' && average !== 'weighted') {
    return fail('parameter-wrong', 'With several classes roc_auc is averaged `macro` or `weighted`.');
  }
  const kind: RocAverage = average;
  const value = (drawn: Float64Array | undefined) =>
    how === 'ovr' ? rocAucOneVsRest(labels, scores, kind, drawn) : rocAucOneVsOne(labels, scores, kind, drawn);
  const auc = value(weights);
  if (Number.isNaN(auc)) {
    return fail(
      'metric-undefined',
      `ROC AUC has no value on “${rows.title}”: a class that \`scores\` lists has no rows or no weight there.`,
    );
  }
  return succeed({
    ...{ value: auc, zeroDivision: false, dividedBy: rarestLabel(labels, scores.length) },
    ...{ dividedByWhat: 'rows of the rarest class', leastResampled: DELONG_LEAST_ROWS },
    formula: `roc_auc/midrank/${how}/${average}`,
    statistic: () => weightStatistic(rows.rows, weights, value),
    units: () => unitsOf(rows),
  });
}

function measureAveragePrecision(parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const found = scoredRows(rows);
  if (!found.ok) return found;
  const { labels, scores, weights } = found.value;
  const { average, class: named } = parameters;
  if (named !== undefined) {
    const number = rows.multiclass.classNumber(named);
    if (!number.ok) return number;
    const flags = isClass(labels, number.value);
    const column = scores[number.value] as Float64Array;
    return succeed({
      ...averagePrecision(scoreTable(column, flags, weights)),
      dividedBy: flags.reduce((sum, flag) => sum + flag, 0),
      dividedByWhat: `rows of the class “${named}”`,
      formula: `average_precision/step/class-${named}`,
      statistic: () =>
        scoreTableStatistic(column, flags, weights, {
          value(table) {
            const { value, zeroDivision } = averagePrecision(table);
            return zeroDivision ? Number.NaN : value;
          },
          slopes: averagePrecisionSlopes,
        }),
      units: () => unitsOf(rows),
    });
  }
  if (average === undefined || average === 'binary') {
    return fail(
      'parameter-missing',
      'With several classes average_precision needs `average` (macro, micro or weighted) or `class`.',
    );
  }
  return succeed({
    ...multiclassAveragePrecision(labels, scores, average, weights),
    dividedBy: average === 'micro' ? rows.rows : rarestLabel(labels, scores.length),
    dividedByWhat: average === 'micro' ? 'rows' : 'rows of the rarest class',
    formula: `average_precision/step/${average}`,
    statistic: () =>
      weightStatistic(rows.rows, weights, (drawn) => multiclassAveragePrecision(labels, scores, average, drawn).value),
    units: () => unitsOf(rows),
  });
}

function rarestLabel(labels: Int32Array, classes: number): number {
  const counts = new Array<number>(classes).fill(0);
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  return Math.min(...counts);
}
