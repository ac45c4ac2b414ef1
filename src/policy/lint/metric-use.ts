import { didYouMean } from '../did-you-mean.ts';
import { METRIC_PARAMETERS, type MetricName, type MetricParameter, metricFacts, type Task } from '../metric-names.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Dataset, MetricCheck } from '../schema.ts';
import { listed } from '../wording.ts';
import type { Lint } from './context.ts';

/** The parameters that a check can give to a metric. */
export type Parameters = Readonly<Pick<MetricCheck, MetricParameter>>;

/** Metrics of one class against the others: with several classes someone has to say which, or how to average. */
const PER_CLASS: readonly MetricName[] = [
  'precision',
  'recall',
  'specificity',
  'f1',
  'fbeta',
  'jaccard',
  'average_precision',
];

/** Whether the metric exists for the policy's task; an error at its name when not. */
export function lintTask(lint: Lint, path: PolicyPath, name: string, tasks: readonly Task[]): boolean {
  const { task } = lint.policy;
  if (tasks.includes(task)) {
    return true;
  }
  const message = `"${name}" is for ${listed(tasks, 'or')}, but the task of this policy is ${task}; choose another.`;
  lint.errorAtValue('wrong-task', [...path, 'metric'], message);
  return false;
}

/** The parameters fit the metric: none is missing, and none is there that it does not listen to. */
export function lintParameters(lint: Lint, path: PolicyPath, metric: MetricName, given: Parameters): void {
  const facts = metricFacts(metric);
  for (const name of METRIC_PARAMETERS) {
    if (given[name] !== undefined && !facts.parameters.includes(name)) {
      lint.errorAtKey('no-effect', [...path, name], `"${name}" has no effect on ${metric}; remove it.`);
    }
  }
  for (const name of facts.required) {
    if (given[name] === undefined) {
      lint.errorAtValue('missing-parameter', [...path, 'metric'], `${metric} needs "${name}"; add it.`);
    }
  }
  if (lint.policy.task === 'multiclass') {
    lintMulticlass(lint, path, metric, given);
  } else if (lint.policy.task === 'binary') {
    lintBinary(lint, path, metric, given);
  }
}

function lintMulticlass(lint: Lint, path: PolicyPath, metric: MetricName, given: Parameters): void {
  if (given.average !== undefined && given.class !== undefined) {
    lint.errorAtKey('average-and-class', [...path, 'class'], '"average" and "class" exclude each other; remove one.');
    return;
  }
  if (PER_CLASS.includes(metric) && given.average === undefined && given.class === undefined) {
    const message = `With several classes ${metric} needs "average" (macro, micro or weighted) or "class"; add one.`;
    lint.errorAtValue('missing-parameter', [...path, 'metric'], message);
  }
  if (given.average === 'binary') {
    const message = 'With several classes "average" is macro, micro or weighted; choose one, or name a "class".';
    lint.errorAtValue('wrong-parameter', [...path, 'average'], message);
  }
  if (metric === 'roc_auc' && given.multi_class === undefined) {
    const message = 'With several classes roc_auc needs "multi_class" (ovr or ovo); add it.';
    lint.errorAtValue('missing-parameter', [...path, 'metric'], message);
  }
  if (metric === 'roc_auc' && given.average === 'micro') {
    lint.errorAtValue('wrong-parameter', [...path, 'average'], 'roc_auc is averaged macro or weighted; choose one.');
  }
}

function lintBinary(lint: Lint, path: PolicyPath, metric: MetricName, given: Parameters): void {
  const useless: readonly MetricParameter[] =
    metric === 'roc_auc' || metric === 'average_precision'
      ? ['multi_class', 'average', 'class']
      : ['multi_class', 'class'];
  for (const name of useless) {
    if (given[name] !== undefined && metricFacts(metric).parameters.includes(name)) {
      const message = `"${name}" has no effect on ${metric} when the task is binary; remove it.`;
      lint.errorAtKey('no-effect', [...path, name], message);
    }
  }
}

/** What a check reads from a data set's rows; see `MetricFacts`. */
export interface RowNeeds {
  readonly name: string;
  readonly needs: 'prediction' | 'score';
  readonly needsLabel: boolean;
}

/** The data set says which columns hold what the metric reads. `place` is the value that names the data set. */
export function lintColumns(
  lint: Lint,
  place: PolicyPath,
  dataset: Dataset,
  datasetName: string,
  needs: RowNeeds,
): void {
  const missing = (keys: string): void => {
    const message = `${needs.name} needs ${keys}, which the data set "${datasetName}" does not name; add it there.`;
    lint.errorAtValue('missing-column', place, message);
  };
  if (needs.needsLabel && dataset.label === undefined) {
    missing('"label"');
  }
  switch (lint.policy.task) {
    case 'binary':
      if (dataset.score === undefined && (needs.needs === 'score' || dataset.prediction === undefined)) {
        missing(needs.needs === 'score' ? '"score"' : '"prediction" or "score"');
      }
      return;
    case 'multiclass':
      if (dataset.scores === undefined && (needs.needs === 'score' || dataset.prediction === undefined)) {
        missing(needs.needs === 'score' ? '"scores"' : '"prediction" or "scores"');
      }
      return;
    case 'regression':
      if (dataset.prediction === undefined) {
        missing('"prediction"');
      }
      return;
    case 'ranking':
      if (dataset.score === undefined) {
        missing('"score"');
      }
      if (dataset.query === undefined) {
        missing('"query"');
      }
  }
}

/** A class that a check names is one of those that the data set gives scores for. */
export function lintClass(lint: Lint, path: PolicyPath, given: Parameters, dataset: Dataset): void {
  if (given.class === undefined || dataset.scores === undefined) {
    return;
  }
  const classes = Object.keys(dataset.scores);
  const name = String(given.class);
  if (classes.includes(name)) {
    return;
  }
  const suggestion = didYouMean(name, classes);
  const advice = suggestion === undefined ? `choose one of ${listed(classes, 'or')}.` : `did you mean "${suggestion}"?`;
  lint.errorAtValue('unknown-class', [...path, 'class'], `"${name}" is none of the classes; ${advice}`, suggestion);
}
