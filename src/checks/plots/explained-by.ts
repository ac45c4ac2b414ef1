import type { MetricName } from '../../policy/metric-names.ts';
import type { Check, Policy } from '../../policy/schema.ts';

/** The plots that are of a whole data set and shared by the checks that read it. */
export type DatasetPlotKind =
  | 'roc'
  | 'precision-recall'
  | 'confusion'
  | 'calibration'
  | 'score-distribution'
  | 'predicted-actual'
  | 'residuals'
  | 'ranking';

/** The plot of a whole data set from which a reader sees why a metric has its value. */
export function plotOfMetric(metric: MetricName, task: Policy['task']): DatasetPlotKind {
  if (task === 'ranking') return 'ranking';
  if (task === 'regression')
    return metric === 'r2' || metric === 'explained_variance' ? 'predicted-actual' : 'residuals';
  switch (metric) {
    case 'roc_auc':
      return 'roc';
    case 'average_precision':
      return 'precision-recall';
    case 'log_loss':
    case 'brier_score':
    case 'expected_calibration_error':
      return 'calibration';
    case 'expected_value':
      return 'score-distribution';
    default:
      return 'confusion';
  }
}

/** The data set whose rows the check's metric is computed from, and that metric; of `gap`, the one it is to hold on. */
export function metricAndDataset(check: Check): { readonly metric: MetricName; readonly dataset: string } | undefined {
  switch (check.check) {
    case 'metric':
      if (check.metric === undefined || check.dataset === undefined) return undefined;
      return { metric: check.metric, dataset: check.dataset };
    case 'agreement':
      return { metric: check.metric, dataset: check.dataset };
    case 'gap':
      return check.datasets[1] === undefined ? undefined : { metric: check.metric, dataset: check.datasets[1] };
    default:
      return undefined;
  }
}

/** Whether the outcome's value is the metric of all rows of the data set, so that the whole plot is about it. */
export function isOfAllRows(check: Check): boolean {
  if (check.check === 'agreement') return true;
  return check.check === 'metric' && check.by === undefined && check.against === undefined;
}
