import { type FairnessName, fairnessFacts } from '../fairness-names.ts';
import { type MetricName, metricFacts } from '../metric-names.ts';
import { formatBound, listed } from '../wording.ts';

/** What a metric is, in the words of a hover. */
export interface MetricWords {
  readonly meaning: string;
  /** Plain text, as a person would write it on a blackboard. */
  readonly formula: string;
  /** Which way is better. */
  readonly direction: string;
  readonly range: string;
  readonly tasks: string;
}

/** Σ runs over the rows, each with its weight w; y is the label, ŷ the prediction, s the score. */
const FORMULAS: Readonly<Record<MetricName, string>> = {
  accuracy: '(TP + TN) / (TP + TN + FP + FN)',
  balanced_accuracy: 'mean over classes of TP / (TP + FN)',
  precision: 'TP / (TP + FP)',
  recall: 'TP / (TP + FN)',
  specificity: 'TN / (TN + FP)',
  f1: '2·TP / (2·TP + FP + FN)',
  fbeta: '(1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP)',
  jaccard: 'TP / (TP + FP + FN)',
  matthews_corrcoef: '(TP·TN − FP·FN) / √((TP+FP)·(TP+FN)·(TN+FP)·(TN+FN))',
  cohen_kappa: '(pₒ − pₑ) / (1 − pₑ), pₒ observed and pₑ chance agreement',
  selection_rate: '(TP + FP) / (TP + TN + FP + FN)',
  false_positive_rate: 'FP / (FP + TN)',
  false_negative_rate: 'FN / (FN + TP)',
  expected_value: '(tp·TP + fp·FP + fn·FN + tn·TN) / (TP + TN + FP + FN), small letters from "payoff"',
  roc_auc: 'P(s₊ > s₋) + ½·P(s₊ = s₋), a positive’s against a negative’s score',
  average_precision: 'Σₙ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds, precision P and recall R',
  log_loss: '−mean(y·ln s + (1 − y)·ln(1 − s))',
  brier_score: 'mean((s − y)²); with several classes Σ over classes',
  expected_calibration_error: 'Σ over bins of (share of rows in it)·|mean s − observed rate|',
  mean_absolute_error: 'mean(|y − ŷ|)',
  mean_squared_error: 'mean((y − ŷ)²)',
  root_mean_squared_error: '√mean((y − ŷ)²)',
  mean_absolute_percentage_error: 'mean(|y − ŷ| / max(ε, |y|))',
  median_absolute_error: 'median(|y − ŷ|)',
  max_error: 'max(|y − ŷ|)',
  mean_pinball_loss: 'mean(α·max(y − ŷ, 0) + (1 − α)·max(ŷ − y, 0))',
  r2: '1 − Σ(y − ŷ)² / Σ(y − ȳ)²',
  explained_variance: '1 − Var(y − ŷ) / Var(y)',
  precision_at_k: 'mean over queries of (relevant among the first k) / k',
  recall_at_k: 'mean over queries of (relevant among the first k) / (all relevant)',
  ndcg_at_k: 'mean over queries of DCG@k / ideal DCG@k, DCG = Σ relᵢ / log₂(i + 1)',
  map_at_k: 'mean over queries of the mean precision at each relevant result among the first k',
  mrr: 'mean over queries of 1 / (rank of the first relevant result)',
  hit_rate_at_k: 'share of queries with a relevant result among the first k',
};

const FAIRNESS_FORMULAS: Readonly<Partial<Record<FairnessName, string>>> = {
  statistical_parity_difference: 'P(ŷ = positive | group) − P(ŷ = positive | privileged)',
  disparate_impact: 'P(ŷ = positive | group) / P(ŷ = positive | privileged)',
  equal_opportunity_difference: 'TPR(group) − TPR(privileged)',
  average_odds_difference: '½·[(FPR(group) − FPR(privileged)) + (TPR(group) − TPR(privileged))]',
  average_abs_odds_difference: '½·[|FPR(group) − FPR(privileged)| + |TPR(group) − TPR(privileged)|]',
  theil_index: 'mean((b/μ)·ln(b/μ)), benefit b = ŷ − y + 1 and its mean μ',
  demographic_parity_difference: 'max − min over groups of P(ŷ = positive)',
  demographic_parity_ratio: 'min / max over groups of P(ŷ = positive)',
  equalized_odds_difference: 'max(spread of TPR, spread of FPR) over groups',
  equalized_odds_ratio: 'min(ratio of TPR, ratio of FPR) over groups',
};

export function metricWords(name: MetricName): MetricWords {
  const { meaning, range, greaterIsBetter, tasks } = metricFacts(name);
  return {
    meaning,
    formula: FORMULAS[name],
    direction: directionOf(name, greaterIsBetter),
    range: rangeWords(range),
    tasks: listed(tasks),
  };
}

export function fairnessWords(name: FairnessName): MetricWords {
  const { meaning, range, ideal, tasks, metric } = fairnessFacts(name);
  const derived = name.endsWith('_ratio') ? `min / max over groups of ${metric}` : `max − min over groups of ${metric}`;
  return {
    meaning,
    formula: FAIRNESS_FORMULAS[name] ?? derived,
    direction: `${formatBound(ideal)} means that groups are treated alike`,
    range: rangeWords(range),
    tasks: listed(tasks),
  };
}

/** Which bound stops a bad model: the one that a check of this metric usually has. */
export function usualBound(greaterIsBetter: boolean): 'min' | 'max' {
  return greaterIsBetter ? 'min' : 'max';
}

function directionOf(name: MetricName, greaterIsBetter: boolean): string {
  if (name === 'selection_rate') return 'neither way is better by itself';
  return greaterIsBetter ? 'greater is better' : 'smaller is better';
}

/** `between 0 and 1`, `at or above 0`, `any number`. */
export function rangeWords([low, high]: readonly [number, number]): string {
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return 'any number';
  if (high === Number.POSITIVE_INFINITY) return `at or above ${formatBound(low)}`;
  if (low === Number.NEGATIVE_INFINITY) return `at or below ${formatBound(high)}`;
  return `between ${formatBound(low)} and ${formatBound(high)}`;
}
