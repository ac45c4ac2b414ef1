import type { Check } from '../../policy/schema.ts';
import type { CheckContext, Finding } from '../check-context.ts';
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
 * leaves it out: a picture may be missing, an assessment may not change because of one.
 */
export function collectPlots(): PlotCollector {
  const ofDatasets = new Map<string, readonly Plot[]>();
  const ofChecks: Plot[] = [];
  const explained = new Map<string, string[]>();
  const observed = new Map<string, number>();
  const bounded: string[] = [];
  return {
    async observe({ id, check, finding }, context) {
      const wanted = metricAndDataset(check);
      const dataset = wanted?.dataset;
      if (wanted !== undefined && dataset !== undefined && finding.evidence.length > 0) {
        observed.set(dataset, (observed.get(dataset) ?? 0) + 1);
        if (!ofDatasets.has(dataset)) ofDatasets.set(dataset, await quietly(() => plotsOf(dataset, context), []));
        if (isOfAllRows(check)) {
          const plot = `${plotOfMetric(wanted.metric, context.policy.task)}/${dataset}`;
          explained.set(plot, [...(explained.get(plot) ?? []), id]);
        }
      }
      ofChecks.push(...(await quietly(() => checkPlots(id, check, finding, context), [])));
      if (finding.value !== null && finding.bound !== null) bounded.push(id);
    },
    plots() {
      const busiest = [...observed].toSorted(([, a], [, b]) => b - a)[0]?.[0];
      const shared = [...ofDatasets].flatMap(([dataset, plots]) =>
        plots
          .map((plot) => ({ ...plot, checks: explained.get(plot.id) ?? [] }))
          // Of the data set that most checks are about there is all to see; of others what a check is about.
          .filter(({ checks }) => checks.length > 0 || dataset === busiest),
      );
      const found = [...shared, ...ofChecks];
      const others = bounded.filter((id) => !found.some(({ checks }) => checks.includes(id)));
      return others.length === 0 ? found : [...found, { kind: 'values', id: 'values', checks: others }];
    },
  };

  async function plotsOf(name: string, context: CheckContext): Promise<readonly Plot[]> {
    const dataset = await context.tables.load(name);
    if (!dataset.ok) return [];
    return datasetPlots(dataset.value.rows, context.policy);
  }

  async function quietly<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    return work().catch(() => otherwise);
  }
}
