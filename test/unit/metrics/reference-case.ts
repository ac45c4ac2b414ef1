import { accuracy } from '../../../src/metrics/accuracy.ts';
import { averagePrecision } from '../../../src/metrics/average-precision.ts';
import { balancedAccuracy } from '../../../src/metrics/balanced-accuracy.ts';
import { brierScore } from '../../../src/metrics/brier-score.ts';
import { calibrationBins } from '../../../src/metrics/calibration.ts';
import { cohenKappa } from '../../../src/metrics/cohen-kappa.ts';
import { confusionCounts } from '../../../src/metrics/confusion.ts';
import { confusionMatrix } from '../../../src/metrics/confusion-matrix.ts';
import { calibrationCurve } from '../../../src/metrics/curves/calibration-curve.ts';
import { gainCurve } from '../../../src/metrics/curves/gain-curve.ts';
import { precisionRecallCurve } from '../../../src/metrics/curves/precision-recall-curve.ts';
import { rocCurve } from '../../../src/metrics/curves/roc-curve.ts';
import { falseNegativeRate, falsePositiveRate } from '../../../src/metrics/error-rates.ts';
import { expectedCalibrationError } from '../../../src/metrics/expected-calibration-error.ts';
import { bestThreshold, expectedValue, type Payoff } from '../../../src/metrics/expected-value.ts';
import { f1 } from '../../../src/metrics/f1.ts';
import { fbeta } from '../../../src/metrics/fbeta.ts';
import { jaccard } from '../../../src/metrics/jaccard.ts';
import { logLoss } from '../../../src/metrics/log-loss.ts';
import { matthewsCorrcoef } from '../../../src/metrics/matthews-corrcoef.ts';
import { multiclassAccuracy } from '../../../src/metrics/multiclass/accuracy.ts';
import {
  averagePrecisionOfClass,
  multiclassAveragePrecision,
} from '../../../src/metrics/multiclass/average-precision.ts';
import { averaged, type ClassMetric, perClass } from '../../../src/metrics/multiclass/averaged.ts';
import { multiclassBalancedAccuracy } from '../../../src/metrics/multiclass/balanced-accuracy.ts';
import { multiclassBrierScore } from '../../../src/metrics/multiclass/brier-score.ts';
import { multiclassCohenKappa } from '../../../src/metrics/multiclass/cohen-kappa.ts';
import { multiclassLogLoss } from '../../../src/metrics/multiclass/log-loss.ts';
import { multiclassMatthewsCorrcoef } from '../../../src/metrics/multiclass/matthews-corrcoef.ts';
import { rocAucOneVsOne, rocAucOneVsRest } from '../../../src/metrics/multiclass/roc-auc.ts';
import { isClass, predictHighest, topLabel } from '../../../src/metrics/multiclass/scores.ts';
import { precision } from '../../../src/metrics/precision.ts';
import { predictAtThreshold } from '../../../src/metrics/predictions.ts';
import { hitRateAtK } from '../../../src/metrics/ranking/hit-rate-at-k.ts';
import { mapAtK } from '../../../src/metrics/ranking/map-at-k.ts';
import { mrr } from '../../../src/metrics/ranking/mrr.ts';
import { ndcgAtK } from '../../../src/metrics/ranking/ndcg-at-k.ts';
import { precisionAtK, recallAtK } from '../../../src/metrics/ranking/precision-at-k.ts';
import { rankQueries } from '../../../src/metrics/ranking/ranked-queries.ts';
import { recall } from '../../../src/metrics/recall.ts';
import { explainedVariance, r2 } from '../../../src/metrics/regression/explained-variance.ts';
import { maxError } from '../../../src/metrics/regression/max-error.ts';
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPinballLoss,
  meanSquaredError,
  rootMeanSquaredError,
} from '../../../src/metrics/regression/mean-losses.ts';
import { medianAbsoluteError } from '../../../src/metrics/regression/median-absolute-error.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../../src/metrics/score-table.ts';
import { selectionRate } from '../../../src/metrics/selection-rate.ts';
import { specificity } from '../../../src/metrics/specificity.ts';

/** Numbers as test/peers/metrics.py writes them: null for NaN, a text for infinity. */
export type Written = number | null | 'Infinity' | '-Infinity';
export type Expected = Readonly<Record<string, Written | readonly Written[]>>;
export type Values = Record<string, number | ArrayLike<number>>;

interface Rows {
  readonly name: string;
  readonly weights: readonly number[] | null;
  readonly expected: Expected;
}
interface BinaryCase extends Rows {
  readonly task: 'binary';
  readonly labels: readonly number[];
  readonly scores: readonly number[];
}
interface MulticlassCase extends Rows {
  readonly task: 'multiclass';
  readonly classes: number;
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
  readonly scores: readonly (readonly number[])[];
}
interface RegressionCase extends Rows {
  readonly task: 'regression';
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
}
interface RankingCase extends Rows {
  readonly task: 'ranking';
  readonly queries: readonly number[];
  readonly count: number;
  readonly scores: readonly number[];
  readonly relevance: readonly number[];
  readonly k: number;
}
export type ReferenceCase = BinaryCase | MulticlassCase | RegressionCase | RankingCase;

/** What test/peers/metrics.py writes: tables, and what the peers say of them. */
export interface Reference {
  readonly peers: Readonly<Record<string, string>>;
  readonly constants: { payoff: Payoff; beta: number; alpha: number; bins: number };
  readonly cases: readonly ReferenceCase[];
}

/** Everything that we say of the table, under the peers' names. */
export function ourValues(given: ReferenceCase, constants: Reference['constants']): Values {
  switch (given.task) {
    case 'binary':
      return binaryValues(given, constants);
    case 'multiclass':
      return multiclassValues(given, constants);
    case 'regression':
      return regressionValues(given, constants);
    case 'ranking':
      return rankingValues(given);
  }
}

function binaryValues(given: BinaryCase, { payoff, beta, bins }: Reference['constants']): Values {
  const labels = Uint8Array.from(given.labels);
  const scores = Float64Array.from(given.scores);
  const weights = weightsOf(given);
  const counts = confusionCounts(labels, predictAtThreshold(scores, 0.5), weights);
  const table = scoreTable(scores, labels, weights);
  const roc = rocCurve(table);
  const precisionRecall = precisionRecallCurve(table);
  const gain = gainCurve(table);
  const calibration = calibrationCurve(calibrationBins(table, bins, 'uniform'));
  return {
    confusion: [counts.trueNegatives, counts.falsePositives, counts.falseNegatives, counts.truePositives],
    accuracy: accuracy(counts).value,
    balanced_accuracy: balancedAccuracy(counts).value,
    precision: precision(counts).value,
    recall: recall(counts).value,
    specificity: specificity(counts).value,
    f1: f1(counts).value,
    fbeta: fbeta(counts, beta).value,
    jaccard: jaccard(counts).value,
    matthews_corrcoef: matthewsCorrcoef(counts).value,
    cohen_kappa: cohenKappa(counts).value,
    selection_rate: selectionRate(counts).value,
    false_positive_rate: falsePositiveRate(counts).value,
    false_negative_rate: falseNegativeRate(counts).value,
    expected_value: expectedValue(counts, payoff).value,
    best_value: bestThreshold(table, payoff)?.expectedValue ?? Number.NaN,
    roc_auc: rocAuc(table),
    average_precision: averagePrecision(table).value,
    log_loss: logLoss(scores, labels, weights),
    brier_score: brierScore(scores, labels, weights),
    ece_uniform: expectedCalibrationError(calibrationBins(table, bins, 'uniform')),
    ece_quantile: expectedCalibrationError(calibrationBins(table, bins, 'quantile')),
    roc_fpr: roc.falsePositiveRates,
    roc_tpr: roc.truePositiveRates,
    roc_thresholds: roc.thresholds,
    pr_precision: precisionRecall.precisions,
    pr_recall: precisionRecall.recalls,
    gain_selected: gain.selected,
    gain_captured: gain.captured,
    calibration_observed: calibration.observed,
    calibration_predicted: calibration.predicted,
  };
}

function multiclassValues(given: MulticlassCase, { beta, bins }: Reference['constants']): Values {
  const labels = Int32Array.from(given.labels);
  const scores = given.scores.map((column) => Float64Array.from(column));
  const weights = weightsOf(given);
  const matrix = confusionMatrix(labels, Int32Array.from(given.predictions), given.classes, weights);
  const metrics: Record<string, ClassMetric> = {
    precision,
    recall,
    f1,
    fbeta: (counts) => fbeta(counts, beta),
    jaccard,
    specificity,
  };
  const values: Values = {
    confusion: matrix.cells,
    accuracy: multiclassAccuracy(matrix).value,
    balanced_accuracy: multiclassBalancedAccuracy(matrix).value,
    matthews_corrcoef: multiclassMatthewsCorrcoef(matrix).value,
    log_loss: multiclassLogLoss(labels, scores, weights),
    brier_score: multiclassBrierScore(labels, scores, weights),
    average_precision_each: scores.map((_, one) => averagePrecisionOfClass(labels, scores, one, weights).value),
    predictions: predictHighest(scores),
  };
  for (const weighting of ['none', 'linear', 'quadratic'] as const)
    values[`cohen_kappa_${weighting}`] = multiclassCohenKappa(matrix, weighting).value;
  for (const average of ['macro', 'weighted', 'micro'] as const) {
    for (const [name, metric] of Object.entries(metrics))
      values[`${name}_${average}`] = averaged(matrix, metric, average).value;
    values[`average_precision_${average}`] = multiclassAveragePrecision(labels, scores, average, weights).value;
  }
  for (const [name, metric] of Object.entries(metrics))
    values[`${name}_each`] = perClass(matrix, metric).map(({ value }) => value);
  for (const average of ['macro', 'weighted'] as const) {
    values[`roc_auc_ovr_${average}`] = rocAucOneVsRest(labels, scores, average, weights);
    values[`roc_auc_ovo_${average}`] = rocAucOneVsOne(labels, scores, average, weights);
  }
  const top = topLabel(labels, scores);
  const first = scoreTable(scores[0] as Float64Array, isClass(labels, 0), weights);
  const topTable = scoreTable(top.confidence, top.correct, weights);
  values['ece_top'] = expectedCalibrationError(calibrationBins(topTable, bins, 'uniform'));
  values['ece_first'] = expectedCalibrationError(calibrationBins(first, bins, 'uniform'));
  return values;
}

function regressionValues(given: RegressionCase, { alpha }: Reference['constants']): Values {
  const labels = Float64Array.from(given.labels);
  const predictions = Float64Array.from(given.predictions);
  const weights = weightsOf(given);
  return {
    mean_absolute_error: meanAbsoluteError(labels, predictions, weights),
    mean_squared_error: meanSquaredError(labels, predictions, weights),
    root_mean_squared_error: rootMeanSquaredError(labels, predictions, weights),
    mean_absolute_percentage_error: meanAbsolutePercentageError(labels, predictions, weights),
    median_absolute_error: medianAbsoluteError(labels, predictions, weights),
    max_error: maxError(labels, predictions),
    mean_pinball_loss: meanPinballLoss(labels, predictions, alpha, weights),
    r2: r2(labels, predictions, weights).value,
    explained_variance: explainedVariance(labels, predictions, weights).value,
  };
}

function rankingValues(given: RankingCase): Values {
  const { count, k } = given;
  const ranked = rankQueries(
    Int32Array.from(given.queries),
    count,
    Float64Array.from(given.scores),
    Float64Array.from(given.relevance),
  );
  return {
    precision_at_k: precisionAtK(ranked, k).values,
    recall_at_k: recallAtK(ranked, k).values,
    map_at_k: mapAtK(ranked, k).values,
    mrr: mrr(ranked).values,
    hit_rate_at_k: hitRateAtK(ranked, k).values,
    ndcg_at_k: ndcgAtK(ranked, k).values,
  };
}

function weightsOf({ weights }: Rows): Float64Array | undefined {
  return weights ? Float64Array.from(weights) : undefined;
}
