import type { Policy } from '../../policy/schema.ts';
import type { OutcomeComparison } from '../comparison/compare-outcomes.ts';
import { metricLabel } from '../words.ts';
import type { ForestBlock, ForestItem, PartsPlot } from './plot.ts';

/** How much worse one run is than another, metric by metric on scales of their own; undefined where nothing was compared. */
export function differencesPlot(comparisons: readonly OutcomeComparison[], policy: Policy): PartsPlot | undefined {
  const compared = comparisons.filter(({ differences }) => differences.length > 0);
  if (compared.length === 0) return undefined;
  const byMetric = Map.groupBy(compared, ({ id }) => metricOf(policy, id));
  const blocks = [...byMetric].map(
    ([metric, members]): ForestBlock => ({
      subject: { kind: 'drop', metric: metricLabel(metric) },
      bound: null,
      reference: { value: 0, is: 'alike' },
      items: withoutRepetition(
        members.flatMap(({ id, differences }) =>
          differences.map(({ name, drop, interval, rows }) => ({
            name: [datasetOf(policy, id), name].filter((each) => each !== '').join(': '),
            ...{ value: drop, interval, rows, status: null, few: false },
          })),
        ),
      ),
    }),
  );
  return {
    ...{ id: 'comparison/drops', kind: 'parts', about: 'runs', checks: [], blocks, shownConfidence: undefined },
  };
}

/** Several checks may ask the same of a metric. */
function withoutRepetition(items: readonly ForestItem[]): readonly ForestItem[] {
  return [...new Map(items.map((item) => [JSON.stringify([item.name, item.value, item.interval]), item])).values()];
}

function metricOf(policy: Policy, id: string): string {
  const check = policy.checks[id];
  return check?.check === 'metric' ? (check.metric ?? id) : id;
}

function datasetOf(policy: Policy, id: string): string {
  const check = policy.checks[id];
  return check?.check === 'metric' ? (check.dataset ?? '') : '';
}
