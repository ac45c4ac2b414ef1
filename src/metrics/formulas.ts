/**
 * What an outcome calls each formula, because one word hides many formulas. A caller appends what it chose: an average
 * or a class (`f1/sklearn/macro`), `/weighted` when rows have weights, and then the interval's method.
 */
export const FORMULAS = {
  accuracy: 'accuracy/sklearn',
  balanced_accuracy: 'balanced_accuracy/sklearn',
  precision: 'precision/sklearn',
  recall: 'recall/sklearn',
  specificity: 'specificity/tn-over-negatives',
  f1: 'f1/sklearn',
  fbeta: 'fbeta/sklearn',
  jaccard: 'jaccard/sklearn',
  matthews_corrcoef: 'matthews_corrcoef/sklearn',
  cohen_kappa: 'cohen_kappa/sklearn',
  selection_rate: 'selection_rate/fairlearn',
  false_positive_rate: 'false_positive_rate/fairlearn',
  false_negative_rate: 'false_negative_rate/fairlearn',
  expected_value: 'expected_value/mean-payoff',
  roc_auc: 'roc_auc/midrank',
  average_precision: 'average_precision/step',
  log_loss: 'log_loss/natural/eps-2^-52',
  brier_score: 'brier_score/sklearn',
  /** Of several classes, [0, 2]; `brier_score` is halved. */
  brier_score_multiclass: 'brier_score/sklearn-multiclass',
  /** Followed by strategy and number of bins: see `calibrationFormula`. */
  expected_calibration_error: 'expected_calibration_error',
  mean_absolute_error: 'mean_absolute_error/sklearn',
  mean_squared_error: 'mean_squared_error/sklearn',
  root_mean_squared_error: 'root_mean_squared_error/sklearn',
  mean_absolute_percentage_error: 'mean_absolute_percentage_error/sklearn/eps-2^-52',
  median_absolute_error: 'median_absolute_error/averaged-inverted-cdf',
  max_error: 'max_error/sklearn',
  mean_pinball_loss: 'mean_pinball_loss/sklearn',
  r2: 'r2/sklearn/force-finite',
  explained_variance: 'explained_variance/sklearn/force-finite',
  precision_at_k: 'precision_at_k/over-k/ties-expected',
  recall_at_k: 'recall_at_k/ties-expected',
  ndcg_at_k: 'ndcg_at_k/sklearn/linear-gain/ties-expected',
  map_at_k: 'map_at_k/over-min-relevant-k/ties-expected',
  mrr: 'mrr/ties-expected',
  hit_rate_at_k: 'hit_rate_at_k/ties-expected',
} as const;

/** `expected_calibration_error/uniform-15`, `…/quantile-10-inverted-cdf`. */
export function calibrationFormula(strategy: 'uniform' | 'quantile', bins: number): string {
  const edges = strategy === 'uniform' ? `uniform-${bins}` : `quantile-${bins}-inverted-cdf`;
  return `${FORMULAS.expected_calibration_error}/${edges}`;
}
