import { fail, type Result, succeed } from '../../base/result.ts';
import { formatNumber } from '../../base/text.ts';
import { accuracy } from '../../metrics/accuracy.ts';
import { averagePrecision } from '../../metrics/average-precision.ts';
import { balancedAccuracy } from '../../metrics/balanced-accuracy.ts';
import { brierScore } from '../../metrics/brier-score.ts';
import { calibrationBins, DEFAULT_BINS } from '../../metrics/calibration.ts';
import { cohenKappa } from '../../metrics/cohen-kappa.ts';
import type { ConfusionCounts, Ratio } from '../../metrics/confusion.ts';
import { matrixOfCells } from '../../metrics/confusion-matrix.ts';
import { falseNegativeRate, falsePositiveRate } from '../../metrics/error-rates.ts';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.ts';
import { bestThreshold, expectedValue, type Payoff } from '../../metrics/expected-value.ts';
import { f1 } from '../../metrics/f1.ts';
import { fbeta } from '../../metrics/fbeta.ts';
import { jaccard } from '../../metrics/jaccard.ts';
import { logLoss } from '../../metrics/log-loss.ts';
import { matthewsCorrcoef } from '../../metrics/matthews-corrcoef.ts';
import { type Average, averaged } from '../../metrics/multiclass/averaged.ts';
import { precision } from '../../metrics/precision.ts';
import { recall } from '../../metrics/recall.ts';
import { DELONG_LEAST_ROWS, delong } from '../../metrics/resampling/delong.ts';
import { multinomialBootstrap } from '../../metrics/resampling/multinomial-bootstrap.ts';
import { type Proportion, proportionInterval } from '../../metrics/resampling/proportion.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import type { ScoreTable } from '../../metrics/score-table.ts';
import { selectionRate } from '../../metrics/selection-rate.ts';
import { specificity } from '../../metrics/specificity.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import { DEFAULT_THRESHOLD } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type Measure, unwrap } from './measure.ts';
import { type RowStatistic, scoreTableStatistic, sumStatistic } from './row-statistic.ts';
import { unitsOf } from './units.ts';

/** A metric of the four counts of a binary decision. */
export interface CountMetric {
  readonly value: (counts: ConfusionCounts) => Ratio;
  /** The rows that it divides by. */
  readonly dividedBy: (rows: ConfusionCounts) => number;
  readonly dividedByWhat: string;
  /** Where the value is one count over another. */
  readonly proportion?: (rows: ConfusionCounts) => Proportion;
  /** Part of the formula's name after the metric's, `sklearn` when not given. */
  readonly variant?: string;
  /** Whether it looks at no label. */
  readonly unlabelled?: boolean;
}

const positives = (rows: ConfusionCounts) => rows.truePositives + rows.falseNegatives;
const negatives = (rows: ConfusionCounts) => rows.trueNegatives + rows.falsePositives;
const selected = (rows: ConfusionCounts) => rows.truePositives + rows.falsePositives;
const total = (rows: ConfusionCounts) => positives(rows) + negatives(rows);
const rarerClass = (rows: ConfusionCounts) => Math.min(positives(rows), negatives(rows));
const concerned = (rows: ConfusionCounts) => total(rows) - rows.trueNegatives;

function proportionOf(
  value: CountMetric['value'],
  successes: (rows: ConfusionCounts) => number,
  trials: (rows: ConfusionCounts) => number,
  dividedByWhat: string,
): CountMetric {
  return {
    ...{ value, dividedBy: trials, dividedByWhat },
    proportion: (rows) => ({ successes: successes(rows), trials: trials(rows) }),
  };
}

function ofConcerned(value: CountMetric['value']): CountMetric {
  return { value, dividedBy: concerned, dividedByWhat: 'rows that are, or are predicted, positive' };
}

function ofRarer(value: CountMetric['value']): CountMetric {
  return { value, dividedBy: rarerClass, dividedByWhat: 'rows of the rarer class' };
}

/** The metric of counts that a check means; undefined where the metric is none of counts. */
export function countMetric(metric: MetricName, parameters: MetricParameters): CountMetric | undefined {
  const plain = plainCountMetric(metric, parameters);
  const { average } = parameters;
  if (plain === undefined || average === undefined || average === 'binary') return plain;
  return averagedBinary(plain, average);
}

function plainCountMetric(metric: MetricName, parameters: MetricParameters): CountMetric | undefined {
  switch (metric) {
    case 'accuracy':
      return proportionOf(accuracy, (rows) => rows.truePositives + rows.trueNegatives, total, 'rows');
    case 'balanced_accuracy':
      return ofRarer(balancedAccuracy);
    case 'precision':
      return proportionOf(precision, (rows) => rows.truePositives, selected, 'rows predicted positive');
    case 'recall':
      return proportionOf(recall, (rows) => rows.truePositives, positives, 'positive rows');
    case 'specificity':
      return proportionOf(specificity, (rows) => rows.trueNegatives, negatives, 'negative rows');
    case 'false_positive_rate':
      return proportionOf(falsePositiveRate, (rows) => rows.falsePositives, negatives, 'negative rows');
    case 'false_negative_rate':
      return proportionOf(falseNegativeRate, (rows) => rows.falseNegatives, positives, 'positive rows');
    case 'selection_rate':
      return { ...proportionOf(selectionRate, selected, total, 'rows'), unlabelled: true };
    case 'f1':
      return ofConcerned(f1);
    case 'fbeta': {
      const beta = parameters.beta ?? 1;
      return { ...ofConcerned((counts) => fbeta(counts, beta)), variant: `beta-${beta}` };
    }
    case 'jaccard':
      return ofConcerned(jaccard);
    case 'matthews_corrcoef':
      return ofRarer(matthewsCorrcoef);
    case 'cohen_kappa':
      return { ...ofRarer(cohenKappa), ...(parameters.weights ? { variant: parameters.weights } : {}) };
    case 'expected_value': {
      const { payoff } = parameters;
      if (payoff === undefined) return undefined;
      return {
        ...{ value: (counts) => expectedValue(counts, payoff), dividedBy: total, dividedByWhat: 'rows' },
        variant: `payoff-${payoff.tp}-${payoff.fp}-${payoff.fn}-${payoff.tn}`,
      };
    }
    default:
      return undefined;
  }
}

/** With two classes `macro`, `micro` and `weighted` average over both of them, as in scikit-learn. */
function averagedBinary({ value, dividedBy }: CountMetric, average: Average): CountMetric {
  const flipped = (counts: ConfusionCounts): ConfusionCounts => ({
    truePositives: counts.trueNegatives,
    falsePositives: counts.falseNegatives,
    falseNegatives: counts.falsePositives,
    trueNegatives: counts.truePositives,
  });
  const isPresent = (counts: ConfusionCounts) => concerned(counts) > 0;
  return {
    value: (counts) => averaged(matrixOfCells(cellsOf(counts), 2), value, average),
    dividedBy(rows) {
      const ofClasses = [rows, flipped(rows)].filter(isPresent).map(dividedBy);
      // A row that counts for both classes is one row.
      if (average === 'micro')
        return Math.min(
          total(rows),
          ofClasses.reduce((sum, one) => sum + one, 0),
        );
      return Math.min(...ofClasses);
    },
    dividedByWhat: average === 'micro' ? 'rows of both classes' : 'rows of the rarer class that the formula divides by',
    variant: average,
  };
}

function cellsOf({ truePositives, falsePositives, falseNegatives, trueNegatives }: ConfusionCounts): Float64Array {
  return Float64Array.of(trueNegatives, falsePositives, falseNegatives, truePositives);
}

function countsOf(cells: Float64Array): ConfusionCounts {
  const [trueNegatives = 0, falsePositives = 0, falseNegatives = 0, truePositives = 0] = cells;
  return { trueNegatives, falsePositives, falseNegatives, truePositives };
}

/** Any metric of the task `binary`. */
export function measureBinary(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const ofCounts = countMetric(metric, parameters);
  if (ofCounts !== undefined) return measureCounts(metric, parameters, ofCounts, rows);
  switch (metric) {
    case 'roc_auc':
      return measureRocAuc(rows);
    case 'average_precision':
      return measureTable(rows, (table) => averagePrecision(table), 'average_precision/step');
    case 'expected_calibration_error': {
      const { n_bins: bins = DEFAULT_BINS, strategy = 'uniform' } = parameters;
      const value = (table: ScoreTable) => ({
        value: expectedCalibrationError(calibrationBins(table, bins, strategy)),
        zeroDivision: false,
      });
      const found = rows.binary.probabilities();
      return found.ok ? measureTable(rows, value, `expected_calibration_error/${strategy}-${bins}`) : found;
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
        : multinomialBootstrap(cellsOf(counts), (cells) => defined(counting.value(countsOf(cells))), confidence),
    statistic: () => countStatistic(counting, rows),
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
    (sums) => defined(counting.value(countsOf(sums))),
  );
}

function measureRocAuc(rows: DatasetRows): Result<Measure> {
  const measured = measureTable(rows, (table) => ({ value: rocAuc(table), zeroDivision: false }), 'roc_auc/midrank');
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
    dividedByWhat: 'rows of the rarer class',
    closed: (confidence) =>
      rarer < DELONG_LEAST_ROWS ? undefined : delong(unwrap(rows.binary.scoreTable()), confidence),
  });
}

/** A metric of the score table; the rows that it divides by are the positives, or all where `zeroDivision` never is. */
function measureTable(rows: DatasetRows, value: (table: ScoreTable) => Ratio, formula: string): Result<Measure> {
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
      scoreTableStatistic(unwrap(binary.scores()), labels.value.flags, unwrap(rows.weights()), (resampled) =>
        defined(value(resampled)),
      ),
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
