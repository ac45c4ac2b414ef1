import { fairnessFacts } from '../policy/fairness-names.ts';
import { type MetricName, metricFacts } from '../policy/metric-names.ts';
import type { Check, Dataset, FairnessCheck, Policy } from '../policy/schema.ts';
import { columnsNeeded } from './columns-needed.ts';
import type { MetricParameters } from './estimate.ts';
import { countMetric } from './estimates/count-metric.ts';
import { groupMeasureOf } from './fairness/measure-of.ts';
import { hasMlflowThreshold } from './mlflow-threshold.ts';

/** Counts of a binary classifier that a check asks for: of all rows, or of those of each group. */
export interface CountsNeeded {
  readonly by: string | readonly string[] | undefined;
  readonly of: 'confusion' | 'selection';
}

/**
 * The counts from which every check that reads the data set can be answered, without its rows; undefined where some
 * check needs the rows. It is told from the policy alone, and only of what is known to need no more: whatever weighs,
 * pairs, ranks or resamples rows needs them.
 */
export function countsNeeded(name: string, policy: Policy): readonly CountsNeeded[] | undefined {
  const dataset = Object.hasOwn(policy.datasets, name) ? policy.datasets[name] : undefined;
  if (dataset === undefined || policy.task !== 'binary' || dataset.weight !== undefined) return undefined;
  const needed: CountsNeeded[] = [];
  for (const check of Object.values(policy.checks)) {
    if (!columnsNeeded(check, policy).some((each) => each.dataset === name)) continue;
    const ofCheck = countsOfCheck(check, dataset);
    if (ofCheck === undefined) return undefined;
    needed.push(ofCheck);
  }
  return needed.length > 0 ? needed : undefined;
}

function countsOfCheck(check: Check, dataset: Dataset): CountsNeeded | undefined {
  switch (check.check) {
    case 'metric':
      if (check.against !== undefined || check.metric === undefined || hasMlflowThreshold(check)) return undefined;
      return countsOfMetric(check.metric, check, dataset, { by: check.by, confidence: check.confidence });
    case 'agreement':
      return countsOfMetric(check.metric, check, dataset, {});
    case 'gap':
      return countsOfMetric(check.metric, check, dataset, { confidence: check.confidence });
    case 'fairness':
      return countsOfFairness(check, dataset);
    default:
      return undefined;
  }
}

function countsOfFairness(check: FairnessCheck, dataset: Dataset): CountsNeeded | undefined {
  const { group: by, confidence } = check;
  const metrics = groupMeasureOf(check.metric)?.metrics;
  if (metrics === undefined) {
    return resamplesUnits(dataset, confidence) ? undefined : { by: undefined, of: 'confusion' };
  }
  const needed = metrics.map((metric) => countsOfMetric(metric, check, dataset, { by, confidence }));
  if (needed.some((each) => each === undefined)) return undefined;
  return { by, of: fairnessFacts(check.metric).needsLabel ? 'confusion' : 'selection' };
}

function countsOfMetric(
  metric: MetricName,
  parameters: MetricParameters,
  dataset: Dataset,
  { by, confidence }: { readonly by?: CountsNeeded['by']; readonly confidence?: number | undefined },
): CountsNeeded | undefined {
  if (countMetric(metric, parameters) === undefined || resamplesUnits(dataset, confidence)) return undefined;
  // The best threshold, which is told beside it, needs the scores.
  if (metric === 'expected_value' && dataset.prediction === undefined) return undefined;
  return { by, of: metricFacts(metric).needsLabel ? 'confusion' : 'selection' };
}

function resamplesUnits({ unit }: Dataset, confidence: number | undefined): boolean {
  return unit !== undefined && confidence !== undefined;
}
