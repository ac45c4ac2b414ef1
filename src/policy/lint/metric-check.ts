import { METRIC_PARAMETERS, metricFacts } from '../metric-names.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { MetricCheck } from '../schema.ts';
import { lintBounds, type ValueFacts } from './bounds.ts';
import { lintComparison } from './comparison.ts';
import { type Lint, mustBeAbsent } from './context.ts';
import { lintClass, lintColumns, lintParameters, lintTask } from './metric-use.ts';
import { datasetNamed, lintGroupReference } from './references.ts';

export function lintMetricCheck(lint: Lint, path: PolicyPath, check: MetricCheck): void {
  if (check.metric === undefined && check.logged === undefined) {
    const message = `"${String(path[1])}" names no number; add "metric" (recomputed) or "logged" (as the run logged it).`;
    lint.errorAtKey('no-metric', path, message);
    return;
  }
  if (check.metric !== undefined && check.logged !== undefined) {
    const message = '"metric" is recomputed and "logged" is taken from the run; keep one, or use an agreement check.';
    lint.errorAtKey('metric-and-logged', [...path, 'logged'], message);
    return;
  }
  if (check.metric === undefined) {
    const rowKeys = ['dataset', 'by', 'min_rows', 'confidence', ...METRIC_PARAMETERS] as const;
    mustBeAbsent(lint, path, check, rowKeys, 'on a logged metric');
  } else {
    lintRecomputed(lint, path, check, check.metric);
  }
  if (lintComparison(lint, path, check) === 'has its own bounds') {
    return;
  }
  lintBounds(lint, path, check, valueFacts(check));
}

function lintRecomputed(
  lint: Lint,
  path: PolicyPath,
  check: MetricCheck,
  metric: NonNullable<MetricCheck['metric']>,
): void {
  const facts = metricFacts(metric);
  mustBeAbsent(lint, path, check, ['step'], 'on a metric that is recomputed');
  if (lintTask(lint, path, metric, facts.tasks)) {
    lintParameters(lint, path, metric, check);
  }
  if (check.greater_is_better !== undefined && check.greater_is_better !== facts.greaterIsBetter) {
    const message = `${metric} is better when ${facts.greaterIsBetter ? 'greater' : 'smaller'}; remove "greater_is_better".`;
    lint.errorAtValue('wrong-direction', [...path, 'greater_is_better'], message);
  }
  if (check.confidence !== undefined && metric === 'max_error') {
    const message = 'No interval can be given for max_error, which rests on one row; remove "confidence".';
    lint.errorAtKey('no-interval', [...path, 'confidence'], message);
  }
  if (check.dataset === undefined) {
    lint.errorAtKey('missing-key', path, `"${String(path[1])}" recomputes ${metric} and needs "dataset"; add it.`);
    return;
  }
  const place = [...path, 'dataset'];
  const dataset = datasetNamed(lint, place, check.dataset);
  if (dataset === undefined) {
    return;
  }
  if (facts.tasks.includes(lint.policy.task)) {
    lintColumns(lint, place, dataset, check.dataset, { name: metric, ...facts });
    lintClass(lint, path, check, dataset);
  }
  lintGroupReference(lint, [...path, 'by'], check.by, dataset);
}

function valueFacts(check: MetricCheck): ValueFacts {
  if (check.metric === undefined) {
    const worse = check.greater_is_better === undefined ? 'unknown' : check.greater_is_better ? 'lower' : 'higher';
    return { name: check.logged ?? 'it', range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], worse };
  }
  const { range, greaterIsBetter } = metricFacts(check.metric);
  // An advisory check may well look for a model that is too good to be true.
  const noSide = check.metric === 'selection_rate' || check.severity === 'advisory';
  const worse = noSide ? 'unknown' : greaterIsBetter ? 'lower' : 'higher';
  return { name: check.metric, range, worse };
}
