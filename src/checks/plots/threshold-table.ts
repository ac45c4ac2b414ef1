import type { ConfusionCounts } from '../../metrics/confusion.ts';
import type { BinCounts } from '../../metrics/reduce/bin-counts.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { Policy } from '../../policy/schema.ts';
import type { MetricParameters } from '../estimate.ts';
import { countMetric } from '../estimates/count-metric.ts';
import { metricAndDataset } from './explained-by.ts';
import type { ThresholdReading } from './plot.ts';

/** What is shown at every threshold, whether a check asks for it or not. */
const USUAL: readonly MetricName[] = [
  'precision',
  'recall',
  'specificity',
  'f1',
  'accuracy',
  'balanced_accuracy',
  'matthews_corrcoef',
  'selection_rate',
];

/** The counts if the rows from each lower edge up were predicted positive: sums of the bins from there on. */
export function countsAtThresholds({ positives, negatives }: BinCounts): readonly ConfusionCounts[] {
  const bins = positives.length;
  const counts: ConfusionCounts[] = [];
  const allPositive = positives.reduce((sum, count) => sum + count, 0);
  const allNegative = negatives.reduce((sum, count) => sum + count, 0);
  let truePositives = 0;
  let falsePositives = 0;
  for (let bin = bins - 1; bin >= 0; bin -= 1) {
    truePositives += positives[bin] as number;
    falsePositives += negatives[bin] as number;
    counts.unshift({
      ...{ truePositives, falsePositives },
      falseNegatives: Math.max(0, allPositive - truePositives),
      trueNegatives: Math.max(0, allNegative - falsePositives),
    });
  }
  return counts;
}

/** The metrics of the data set's checks and the usual ones, by the very formulas that checks use. */
export function thresholdReadings(
  counts: readonly ConfusionCounts[],
  dataset: string,
  { checks }: Policy,
): readonly ThresholdReading[] {
  const asked = Object.entries(checks).flatMap(([id, check]) => {
    const wanted = metricAndDataset(check);
    if (wanted?.dataset !== dataset || check.check !== 'metric' || check.against !== undefined) return [];
    return [{ id, metric: wanted.metric, parameters: check as MetricParameters, whole: check.by === undefined }];
  });
  const ofChecks = asked
    .filter(({ whole }) => whole)
    .flatMap(({ id, metric, parameters }) => readingOf(metric, parameters, id, counts) ?? []);
  const known = new Set(ofChecks.map(({ name }) => name));
  const usual = USUAL.flatMap((metric) => readingOf(metric, {}, undefined, counts) ?? []);
  return [...ofChecks, ...usual.filter(({ name }) => !known.has(name))];
}

function readingOf(
  metric: MetricName,
  parameters: MetricParameters,
  check: string | undefined,
  counts: readonly ConfusionCounts[],
): ThresholdReading | undefined {
  const counting = countMetric(metric, parameters);
  if (counting === undefined) return undefined;
  const values = counts.map((each) => {
    const { value, zeroDivision } = counting.value(each);
    return zeroDivision || !Number.isFinite(value) ? null : value;
  });
  return { name: metric, check, values };
}
