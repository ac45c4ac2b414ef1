import type { MetricName } from '../policy/metric-names.ts';
import type { Check } from '../policy/schema.ts';

/** Metrics of a binary classifier that go by the order of all scores; the last one for its note on the best threshold. */
const RANKED: ReadonlySet<MetricName> = new Set<MetricName>([
  'roc_auc',
  'average_precision',
  'expected_calibration_error',
  'expected_value',
]);

/** Whether the check asks for the score table of all rows that it reads: of groups, each has one of its own. */
export function needsRanking(check: Check): boolean {
  switch (check.check) {
    case 'metric':
      return check.metric !== undefined && check.by === undefined && RANKED.has(check.metric);
    case 'agreement':
    case 'gap':
      return RANKED.has(check.metric);
    default:
      return false;
  }
}
