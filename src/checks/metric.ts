import { countOf, listInWords } from '../base/text.ts';
import type { AgreementCheck, MetricCheck } from '../policy/schema.ts';
import { boundInWords, boundOf, judge, valueInWords } from './bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { loggedValue } from './logged-metric.ts';
import { notSupported } from './not-supported.ts';
import { type ComputedMetric, canRecompute, recompute } from './recomputed-metric.ts';
import { metricLabel } from './words.ts';

/** Valid policy that this version can't judge. Leaving one out of account could pass a model that should not. */
const LATER_OPTIONS = [
  'by',
  'confidence',
  'against',
  'max_drop',
  'max_drop_relative',
  'threshold',
  'min_absolute_change',
  'min_relative_change',
] as const satisfies readonly (keyof MetricCheck)[];

const LATER_PARAMETERS = [
  'class',
  'multi_class',
  'weights',
  'beta',
  'k',
  'alpha',
  'n_bins',
  'strategy',
  'payoff',
] as const satisfies readonly (keyof MetricCheck & keyof AgreementCheck)[];

/** One metric within bounds: as the run logged it, or recomputed from the rows of a data set. */
export async function checkMetric(check: MetricCheck, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  const later = LATER_OPTIONS.filter((option) => check[option] !== undefined);
  if (later.length > 0) return notSupported(listInWords(later.map((option) => `\`${option}\``)), { bound });
  if (bound === null) return notEvaluable('The check has no bound: it needs `min`, `max` or `max_abs`.');
  if (check.logged !== undefined) {
    if (check.metric !== undefined)
      return notEvaluable('The check names both `metric` and `logged`; it needs one of them.', { bound });
    return checkLogged(check, check.logged, context);
  }
  if (check.metric === undefined) return notEvaluable('The check names neither `metric` nor `logged`.', { bound });
  return checkRecomputed(check, check.metric, context);
}

function checkLogged(check: MetricCheck, name: string, { run }: CheckContext): Finding {
  const bound = boundOf(check);
  if (check.min_rows !== undefined)
    return notEvaluable('A logged metric has no rows that `min_rows` could count.', { bound });
  const logged = loggedValue(run, name, check.step);
  if (!logged.ok) return notEvaluable(logged.problem.message, { bound });
  const { value, step, formula } = logged.value;
  return {
    status: judge(value, bound),
    value,
    bound,
    interval: null,
    rows: null,
    formula,
    message: `The run logged “${name}” as ${valueInWords(value, bound)} at step ${step}; ${boundInWords(bound)} is required.`,
    evidence: [],
  };
}

async function checkRecomputed(check: MetricCheck, metric: string, context: CheckContext): Promise<Finding> {
  const bound = boundOf(check);
  if (check.dataset === undefined) return notEvaluable('The check names no `dataset` to compute from.', { bound });
  const measured = await measure(check, metric, check.dataset, context);
  if ('status' in measured) return { ...measured, bound };
  const { computed, evidence } = measured;
  const { value, rows, formula } = computed;
  const zero = computed.zeroDivision ? ` (0/0: there are no ${computed.dividedByWhat}, and scikit-learn says 0)` : '';
  return {
    status: judge(value, bound),
    value,
    bound,
    interval: null,
    rows,
    formula,
    message: `${metricLabel(metric)} is ${valueInWords(value, bound)}${zero} on ${countOf(rows, 'row')} of ${check.dataset}; ${boundInWords(bound)} is required.`,
    evidence,
  };
}

/** What a check asks of a recomputed metric, besides its bounds. */
export type Measured = Pick<MetricCheck, 'min_rows' | 'average' | (typeof LATER_PARAMETERS)[number]>;

/** Recomputes a metric from the rows; a finding when that can't be done. */
export async function measure(
  check: Measured,
  metric: string,
  datasetName: string,
  context: CheckContext,
): Promise<{ readonly computed: ComputedMetric; readonly evidence: Finding['evidence'] } | Finding> {
  const { task } = context.policy;
  if (task !== 'binary') return notSupported(`Recomputing a metric for the task “${task}”`);
  if (!canRecompute(metric)) return notSupported(`Recomputing the metric “${metric}”`);
  const later: string[] = LATER_PARAMETERS.filter((parameter) => check[parameter] !== undefined);
  if (check.average !== undefined && check.average !== 'binary') later.push('average');
  if (later.length > 0) return notSupported(listInWords(later.map((parameter) => `\`${parameter}\``)));

  const dataset = await context.tables.load(datasetName);
  if (!dataset.ok) return notEvaluable(dataset.problem.message);
  const { evidence } = dataset.value;
  const computed = recompute(metric, dataset.value);
  if (computed === undefined) return notSupported(`Recomputing the metric “${metric}”`);
  if (!computed.ok) return notEvaluable(computed.problem.message, { evidence });
  const { dividedBy, dividedByWhat, rows, formula } = computed.value;
  if (check.min_rows !== undefined && dividedBy < check.min_rows) {
    const message = `There are ${dividedBy === 0 ? 'no' : 'only'} ${dividedBy === 0 ? '' : `${dividedBy} `}${dividedByWhat} in data set “${datasetName}”; the check needs ${check.min_rows}.`;
    return notEvaluable(message, { evidence, rows, formula });
  }
  return { computed: computed.value, evidence };
}
