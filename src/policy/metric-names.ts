/**
 * Every metric that a policy can name, with what its author has to know: what it means, which way is better, which
 * values it can take, for which tasks it exists, and which parameters it listens to. Names are scikit-learn's.
 */
export const TASKS = ['binary', 'multiclass', 'regression', 'ranking'] as const;
export type Task = (typeof TASKS)[number];

/** What a metric reads from a data set's rows, besides the label. */
export type MetricNeed = 'prediction' | 'score';

export interface MetricFacts {
  /** One sentence for hovers and completion. */
  readonly meaning: string;
  /** The values that it can take, ends included. */
  readonly range: readonly [number, number];
  readonly greaterIsBetter: boolean;
  readonly tasks: readonly Task[];
  /** `prediction` can be derived from a score; `score` can't be derived from a prediction. */
  readonly needs: MetricNeed;
  /** Whether it compares with the ground truth. */
  readonly needsLabel: boolean;
  /** Parameters that change it; any other parameter beside it is a mistake. */
  readonly parameters: readonly MetricParameter[];
  /** Parameters without which it is undefined, whatever the task. */
  readonly required: readonly MetricParameter[];
}

export const METRIC_PARAMETERS = [
  'average',
  'class',
  'multi_class',
  'weights',
  'beta',
  'k',
  'alpha',
  'n_bins',
  'strategy',
  'payoff',
] as const;
export type MetricParameter = (typeof METRIC_PARAMETERS)[number];

export function isMetricParameter(key: string): key is MetricParameter {
  return (METRIC_PARAMETERS as readonly string[]).includes(key);
}

const CLASSES: readonly Task[] = ['binary', 'multiclass'];
const BINARY: readonly Task[] = ['binary'];
const REGRESSION: readonly Task[] = ['regression'];
const RANKING: readonly Task[] = ['ranking'];
const UNIT: readonly [number, number] = [0, 1];
const SIGNED_UNIT: readonly [number, number] = [-1, 1];
const NOT_NEGATIVE: readonly [number, number] = [0, Number.POSITIVE_INFINITY];
const UP_TO_ONE: readonly [number, number] = [Number.NEGATIVE_INFINITY, 1];
const ANY: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function decision(meaning: string, facts: Partial<MetricFacts> = {}): MetricFacts {
  return {
    meaning,
    range: UNIT,
    greaterIsBetter: true,
    tasks: CLASSES,
    needs: 'prediction',
    needsLabel: true,
    parameters: [],
    required: [],
    ...facts,
  };
}

function probability(meaning: string, facts: Partial<MetricFacts> = {}): MetricFacts {
  return decision(meaning, { needs: 'score', ...facts });
}

function error(meaning: string, facts: Partial<MetricFacts> = {}): MetricFacts {
  return decision(meaning, { range: NOT_NEGATIVE, greaterIsBetter: false, tasks: REGRESSION, ...facts });
}

function ranking(meaning: string): MetricFacts {
  return probability(meaning, { tasks: RANKING, parameters: ['k'], required: ['k'] });
}

export const METRICS = {
  accuracy: decision('Share of rows whose prediction equals the label.'),
  balanced_accuracy: decision('Mean of the recall of each class, so that a rare class counts as much as a common one.'),
  precision: decision('Share of the predicted positives that are positive.', { parameters: ['average', 'class'] }),
  recall: decision('Share of the positives that are predicted positive.', { parameters: ['average', 'class'] }),
  specificity: decision('Share of the negatives that are predicted negative.', { parameters: ['average', 'class'] }),
  f1: decision('Harmonic mean of precision and recall.', { parameters: ['average', 'class'] }),
  fbeta: decision('Weighted harmonic mean of precision and recall: beta above 1 favours recall.', {
    parameters: ['average', 'class', 'beta'],
    required: ['beta'],
  }),
  jaccard: decision('Correctly predicted positives over all rows that are, or are predicted, positive.', {
    parameters: ['average', 'class'],
  }),
  matthews_corrcoef: decision('Correlation between prediction and label; 0 is chance.', { range: SIGNED_UNIT }),
  cohen_kappa: decision('Agreement of prediction and label beyond chance.', {
    range: SIGNED_UNIT,
    parameters: ['weights'],
  }),
  selection_rate: decision('Share of rows that are predicted positive.', { tasks: BINARY, needsLabel: false }),
  false_positive_rate: decision('Share of the negatives that are predicted positive.', {
    greaterIsBetter: false,
    tasks: BINARY,
  }),
  false_negative_rate: decision('Share of the positives that are predicted negative.', {
    greaterIsBetter: false,
    tasks: BINARY,
  }),
  expected_value: decision('Mean payoff of a row under the payoff of true and false positives and negatives.', {
    range: ANY,
    tasks: BINARY,
    parameters: ['payoff'],
    required: ['payoff'],
  }),
  roc_auc: probability('Probability that a positive is scored above a negative.', {
    parameters: ['average', 'multi_class'],
  }),
  average_precision: probability('Area under the precision-recall curve as a step function.', {
    parameters: ['average', 'class'],
  }),
  log_loss: probability('Mean negative log-likelihood of the labels under the scores.', {
    range: NOT_NEGATIVE,
    greaterIsBetter: false,
  }),
  brier_score: probability('Mean squared distance between score and label.', {
    range: [0, 2],
    greaterIsBetter: false,
  }),
  expected_calibration_error: probability('Mean distance between score and observed rate over bins of the score.', {
    greaterIsBetter: false,
    parameters: ['n_bins', 'strategy', 'class'],
  }),
  mean_absolute_error: error('Mean absolute distance between prediction and label.'),
  mean_squared_error: error('Mean squared distance between prediction and label.'),
  root_mean_squared_error: error('Square root of the mean squared error.'),
  mean_absolute_percentage_error: error('Mean absolute distance relative to the label, as a fraction.'),
  median_absolute_error: error('Median absolute distance between prediction and label.'),
  max_error: error('Largest absolute distance between prediction and label.'),
  mean_pinball_loss: error('Mean pinball loss of a prediction of the quantile alpha.', { parameters: ['alpha'] }),
  r2: decision('Share of the label’s variance that the prediction explains; 0 is as good as the mean.', {
    range: UP_TO_ONE,
    tasks: REGRESSION,
  }),
  explained_variance: decision('Share of the label’s variance explained, ignoring a constant bias.', {
    range: UP_TO_ONE,
    tasks: REGRESSION,
  }),
  precision_at_k: ranking('Share of the first k results that are relevant, mean over queries.'),
  recall_at_k: ranking('Share of the relevant results that are among the first k, mean over queries.'),
  ndcg_at_k: ranking('Discounted gain of the first k results relative to the best order, mean over queries.'),
  map_at_k: ranking('Average precision of the first k results, mean over queries.'),
  mrr: probability('Reciprocal rank of the first relevant result, mean over queries.', { tasks: RANKING }),
  hit_rate_at_k: ranking('Share of queries with a relevant result among the first k.'),
} as const satisfies Record<string, MetricFacts>;

export type MetricName = keyof typeof METRICS;

export const METRIC_NAMES = Object.keys(METRICS) as [MetricName, ...MetricName[]];

/** Facts of any metric, typed alike. */
export function metricFacts(name: MetricName): MetricFacts {
  return METRICS[name];
}

/** What the same metric is called in other tools, for "did you mean". */
export const METRIC_SYNONYMS: ReadonlyMap<string, MetricName> = new Map<string, MetricName>([
  ['accuracy_score', 'accuracy'],
  ['acc', 'accuracy'],
  ['balanced_accuracy_score', 'balanced_accuracy'],
  ['precision_score', 'precision'],
  ['ppv', 'precision'],
  ['recall_score', 'recall'],
  ['sensitivity', 'recall'],
  ['tpr', 'recall'],
  ['true_positive_rate', 'recall'],
  ['tnr', 'specificity'],
  ['true_negative_rate', 'specificity'],
  ['fpr', 'false_positive_rate'],
  ['fnr', 'false_negative_rate'],
  ['f1_score', 'f1'],
  ['fbeta_score', 'fbeta'],
  ['jaccard_score', 'jaccard'],
  ['iou', 'jaccard'],
  ['mcc', 'matthews_corrcoef'],
  ['cohen_kappa_score', 'cohen_kappa'],
  ['kappa', 'cohen_kappa'],
  ['auc', 'roc_auc'],
  ['auroc', 'roc_auc'],
  ['roc_auc_score', 'roc_auc'],
  ['average_precision_score', 'average_precision'],
  ['precision_recall_auc', 'average_precision'],
  ['pr_auc', 'average_precision'],
  ['logloss', 'log_loss'],
  ['cross_entropy', 'log_loss'],
  ['brier_score_loss', 'brier_score'],
  ['brier', 'brier_score'],
  ['ece', 'expected_calibration_error'],
  ['mae', 'mean_absolute_error'],
  ['mse', 'mean_squared_error'],
  ['rmse', 'root_mean_squared_error'],
  ['mape', 'mean_absolute_percentage_error'],
  ['r2_score', 'r2'],
  ['explained_variance_score', 'explained_variance'],
  ['pinball_loss', 'mean_pinball_loss'],
  ['ndcg', 'ndcg_at_k'],
  ['ndcg_score', 'ndcg_at_k'],
  ['map', 'map_at_k'],
  ['hit_rate', 'hit_rate_at_k'],
]);
