import type { Check } from '../../policy/schema.ts';
import type { CheckContext, Finding } from '../check-context.ts';
import { UnavailableError } from '../rows/unavailable.ts';
import { checkPlots } from './check-plots.ts';
import { datasetPlots } from './dataset-plots.ts';
import { isOfAllRows, metricAndDataset, plotOfMetric } from './explained-by.ts';
import type { Plot } from './plot.ts';

/** Told of every check once it is evaluated, while the tables that it read are still there. */
export type ObserveCheck = (
  observed: { readonly id: string; readonly check: Check; readonly finding: Finding },
  context: CheckContext,
) => Promise<void>;

export interface PlotCollector {
  readonly observe: ObserveCheck;
  /** The plots of all checks so far, those of data sets first. */
  plots(): readonly Plot[];
}

/**
 * Makes the data of pictures while a policy is evaluated, so that nothing is read twice. What goes wrong with a plot
 * leaves it out and goes to `onFault`: a picture may be missing, an assessment may not change because of one.
 */
export function collectPlots(onFault: (error: unknown) => void): PlotCollector {
  const ofDatasets = new Map<string, readonly Plot[]>();
  const ofChecks: Plot[] = [];
  const explained = new Map<string, string[]>();
  /** How many evaluated checks each data set has. */
  const evaluated = new Map<string, number>();
  const seen = new Set<string>();
  const bounded: string[] = [];
  return {
    async observe({ id, check, finding }, context) {
      seen.add(id);
      const wanted = metricAndDataset(check);
      if (wanted !== undefined && finding.evidence.length > 0) {
        const { metric, dataset } = wanted;
        evaluated.set(dataset, (evaluated.get(dataset) ?? 0) + 1);
        if (isOfAllRows(check)) {
          const plot = `${plotOfMetric(metric, context.policy.task)}/${dataset}`;
          explained.set(plot, [...(explained.get(plot) ?? []), id]);
        }
      }
      ofChecks.push(...(await quietly(() => checkPlots(id, check, finding, context), [])));
      if (finding.value !== null && finding.bound !== null) bounded.push(id);
      if (wanted !== undefined && evaluated.has(wanted.dataset) && isDone(wanted.dataset, context)) {
        ofDatasets.set(wanted.dataset, await quietly(() => plotsOf(wanted.dataset, context), []));
      }
    },
    plots() {
      const datasets = [...evaluated].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
      const shared = datasets.flatMap((dataset, place) =>
        (ofDatasets.get(dataset) ?? [])
          .map((plot) => ({ ...plot, checks: explained.get(plot.id) ?? [] }))
          // Of the data set that most checks are about there is all to see; of others what a check is about.
          .filter(({ checks }) => checks.length > 0 || place === 0),
      );
      const found = [...shared, ...ofChecks];
      const others = bounded.filter((id) => !found.some(({ checks }) => checks.includes(id)));
      return others.length === 0 ? found : [...found, { kind: 'values', id: 'values', checks: others }];
    },
  };

  /** A data set's own plots come last, when its checks have made all that they need: nothing is sorted for a picture. */
  function isDone(dataset: string, { policy }: CheckContext): boolean {
    return Object.entries(policy.checks).every(
      ([id, check]) => seen.has(id) || metricAndDataset(check)?.dataset !== dataset,
    );
  }

  async function plotsOf(name: string, context: CheckContext): Promise<readonly Plot[]> {
    const dataset = await context.tables.load(name);
    if (!dataset.ok) return [];
    return datasetPlots(dataset.value.rows, context.policy, onFault);
  }

  async function quietly<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    return work().catch((error: unknown) => {
      if (!(error instanceof UnavailableError)) onFault(error);
      return otherwise;
    });
  }
}
