import type { ColumnRequest } from '../evidence/table.ts';
import { fairnessFacts } from '../policy/fairness-names.ts';
import { groupColumn, groupNames } from '../policy/groups.ts';
import { type MetricName, metricFacts } from '../policy/metric-names.ts';
import type { Check, Dataset, DriftCheck, ExplanationCheck, FairnessCheck, Policy } from '../policy/schema.ts';
import { driftColumnsAs } from './drift/columns-read-as.ts';

/** What a check reads of a data set. `every column` is for checks that compare whatever columns there are. */
export interface ColumnsNeeded {
  readonly dataset: string;
  readonly columns: readonly ColumnRequest[] | 'every column';
}

/** The data sets that a check reads, and which columns of them. */
export function columnsNeeded(check: Check, policy: Policy): readonly ColumnsNeeded[] {
  switch (check.check) {
    case 'metric':
      return check.metric === undefined || check.dataset === undefined
        ? []
        : metricColumns(check.metric, [check.dataset], policy, {
            by: check.by,
            paired: check.against !== undefined,
            resampled: check.confidence !== undefined,
          });
    case 'agreement':
      return metricColumns(check.metric, [check.dataset], policy);
    case 'gap':
      return metricColumns(check.metric, check.datasets, policy, { resampled: check.confidence !== undefined });
    case 'fairness':
      return fairnessColumns(check, policy);
    case 'drift':
      return driftColumns(check, policy);
    case 'explanation':
      return explanationColumns(check, policy);
    default:
      return [];
  }
}

/** The groups, and what the measure is made of: predictions, or whatever its metric needs. */
function fairnessColumns(check: FairnessCheck, policy: Policy): readonly ColumnsNeeded[] {
  const { metric, needsLabel } = fairnessFacts(check.metric);
  const dataset = datasetNamed(policy, check.dataset);
  if (dataset === undefined) return [];
  const needs = metric === undefined ? 'prediction' : metricFacts(metric).needs;
  const resampled = check.confidence !== undefined;
  return [
    { dataset: check.dataset, columns: rowColumns(dataset, policy, { needs, needsLabel, by: check.group, resampled }) },
  ];
}

/** The columns that are compared, and the units that are resampled. */
function driftColumns(check: DriftCheck, policy: Policy): readonly ColumnsNeeded[] {
  const as = driftColumnsAs(check);
  return [check.reference, check.current].flatMap((name): ColumnsNeeded[] => [
    { dataset: name, columns: check.columns?.map((column) => ({ name: column, as })) ?? 'every column' },
    { dataset: name, columns: requests([datasetNamed(policy, name)?.unit], 'value') },
  ]);
}

/** What the values must add up to, and the key that finds a row's prediction. */
function explanationColumns(check: ExplanationCheck, policy: Policy): readonly ColumnsNeeded[] {
  const dataset = check.dataset === undefined ? undefined : datasetNamed(policy, check.dataset);
  if (check.dataset === undefined || dataset === undefined || check.additivity === undefined) return [];
  const columns = [
    ...requests([dataset.score, ...Object.values(dataset.scores ?? {})], 'number'),
    ...(policy.task === 'regression' ? requests([dataset.prediction], 'number') : []),
    ...requests([dataset.key], 'value'),
  ];
  return [{ dataset: check.dataset, columns }];
}

/** What a check needs beside the metric's own columns. */
export interface ColumnUse {
  /** Declared groups. */
  readonly by?: string | readonly string[] | undefined;
  /** Rows are paired by `key`. */
  readonly paired?: boolean;
  /** An interval is wanted, so that rows of one `unit` are resampled together. */
  readonly resampled?: boolean;
}

/** What a metric (or a measure made of one) reads of each of the data sets. */
export function metricColumns(
  metric: MetricName,
  datasets: readonly string[],
  policy: Policy,
  use: ColumnUse = {},
): readonly ColumnsNeeded[] {
  const { needs, needsLabel } = metricFacts(metric);
  return datasets.flatMap((name) => {
    const dataset = datasetNamed(policy, name);
    if (dataset === undefined) return [];
    return [{ dataset: name, columns: rowColumns(dataset, policy, { needs, needsLabel, ...use }) }];
  });
}

/** The columns of labels, predictions, weights, groups and the like. */
export function rowColumns(
  dataset: Dataset,
  { task }: Pick<Policy, 'task'>,
  use: ColumnUse & { readonly needs: 'prediction' | 'score'; readonly needsLabel: boolean },
): readonly ColumnRequest[] {
  const classes = task === 'binary' || task === 'multiclass';
  const derived = dataset.prediction === undefined;
  const { needs, needsLabel } = use;
  const scored = needs === 'score' || derived;
  const as = classes ? 'value' : 'number';
  return [
    ...(needsLabel ? requests([dataset.label], as) : []),
    ...(needs === 'prediction' ? requests([dataset.prediction], as) : []),
    ...(scored ? requests([dataset.score, ...Object.values(dataset.scores ?? {})], 'number') : []),
    ...requests([dataset.query], 'value'),
    ...requests([dataset.weight], 'number'),
    ...(use.resampled === true ? requests([dataset.unit], 'value') : []),
    ...(use.paired === true ? requests([dataset.key], 'value') : []),
    ...groupColumns(dataset, use.by),
  ];
}

/** The columns that declared groups read. */
export function groupColumns(dataset: Dataset, by: string | readonly string[] | undefined): readonly ColumnRequest[] {
  return groupNames(by).flatMap((name) => {
    const group = Object.hasOwn(dataset.groups ?? {}, name) ? dataset.groups?.[name] : undefined;
    if (group === undefined) return [];
    const as = group.bins !== undefined ? 'number' : group.every !== undefined ? 'time' : 'value';
    return [{ name: groupColumn(name, group), as }];
  });
}

function requests(names: readonly (string | undefined)[], as: ColumnRequest['as']): ColumnRequest[] {
  return names.flatMap((name) => (name === undefined ? [] : [{ name, as }]));
}

function datasetNamed({ datasets }: Policy, name: string): Dataset | undefined {
  return Object.hasOwn(datasets, name) ? datasets[name] : undefined;
}
