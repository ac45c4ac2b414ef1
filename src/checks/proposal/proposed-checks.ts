import { METRIC_SYNONYMS, METRICS, type MetricName, metricFacts } from '../../policy/metric-names.ts';
import type { Run } from '../../runs/run.ts';
import type { GuessedTable } from './guessed-table.ts';
import { asPolicyName } from './policy-name.ts';
import type { ProposedCheck } from './write-policy.ts';

/** How sure the interval is that a bound is taken from. */
const CONFIDENCE = 0.95;
const TOP = 10;

type Fields = Readonly<Record<string, unknown>>;

/** Checks of a prediction table, with bounds that any value holds: they are set once today's values are known. */
export function checksOfTable(table: GuessedTable, run: Run): ProposedCheck[] {
  return [
    ...overall(table).map(([metric, parameters]) => metricCheck(metric, parameters)),
    ...table.groups.flatMap((group) => checksOfGroup(table, group.name)),
    ...agreementChecks(table, run),
  ];
}

function overall({ task, fields }: GuessedTable): readonly (readonly [MetricName, Fields])[] {
  const none = {};
  if (task === 'binary')
    return (['roc_auc', 'recall', 'precision', 'f1', 'log_loss'] as const).map((metric) => [metric, none]);
  if (task === 'regression')
    return (['mean_absolute_error', 'root_mean_squared_error', 'r2'] as const).map((metric) => [metric, none]);
  if (task === 'ranking')
    return [
      ['ndcg_at_k', { k: TOP }],
      ['hit_rate_at_k', { k: TOP }],
      ['mrr', none],
    ];
  return [
    ['accuracy', none],
    ['balanced_accuracy', none],
    ['f1', { average: 'macro' }],
    ...('scores' in fields ? ([['log_loss', none]] as const) : []),
  ];
}

/** The worst-off group's value, and for two outcomes how unequally the groups are chosen. */
function checksOfGroup({ task }: GuessedTable, group: string): ProposedCheck[] {
  const metric = { binary: 'recall', multiclass: 'accuracy', regression: 'mean_absolute_error' } as const;
  if (task === 'ranking') return [];
  const worst = metricCheck(metric[task], { by: group });
  if (task !== 'binary') return [worst];
  const fields = { check: 'fairness', metric: 'demographic_parity_difference', dataset: 'holdout', group, max: 1 };
  return [worst, { id: checkId('parity', group), fields: { ...fields, confidence: CONFIDENCE } }];
}

function metricCheck(metric: MetricName, parameters: Fields): ProposedCheck {
  const bound = metricFacts(metric).greaterIsBetter ? { min: -Number.MAX_VALUE } : { max: Number.MAX_VALUE };
  const id = 'by' in parameters ? checkId(`${metric}-by`, String(parameters['by'])) : checkId(metric);
  const fields = { check: 'metric', metric, dataset: 'holdout', ...parameters, ...bound, confidence: CONFIDENCE };
  return { id, fields };
}

/** A logged metric whose name ends in a metric's name is worth recomputing, where it turns out to be of these rows. */
function agreementChecks({ task }: GuessedTable, run: Run): ProposedCheck[] {
  return [...run.metrics.keys()].flatMap((logged) => {
    const metric = metricAtEndOf(logged);
    if (metric === undefined || !metricFacts(metric).tasks.includes(task)) return [];
    if (metricFacts(metric).required.length > 0) return [];
    return [
      {
        id: `honest-${asPolicyName(logged.replaceAll('_', '-').toLowerCase(), metric)}`,
        fields: { check: 'agreement', logged, metric, dataset: 'holdout', tolerance: 1e-9 },
        comment: 'What was logged, against what the rows say.',
      },
    ];
  });
}

/** `holdout_accuracy` and `eval/r2_score` end in metrics’ names; the longest such end counts. */
function metricAtEndOf(logged: string): MetricName | undefined {
  const words = logged.toLowerCase().split(/[^a-z0-9]+/);
  for (let start = 0; start < words.length; start += 1) {
    const name = words.slice(start).join('_');
    const metric = Object.hasOwn(METRICS, name) ? (name as MetricName) : METRIC_SYNONYMS.get(name);
    if (metric !== undefined) return metric;
  }
  return undefined;
}

function checkId(...words: string[]): string {
  return asPolicyName(words.join('-').replaceAll('_', '-'), words[0] ?? 'check');
}
