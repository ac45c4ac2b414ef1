import type { Check } from '../../policy/schema.ts';
import type { CheckContext, Finding } from '../check-context.ts';
import { againstPlot, gapPlot } from './comparisons.ts';
import { driftPlot } from './drift.ts';
import { explanationPlots } from './explanation.ts';
import { stepsPlot } from './history.ts';
import { percentilesPlot } from './measurements.ts';
import type { Plot, Unplaced } from './plot.ts';
import { fairnessPlot, slicesPlot } from './slices.ts';

/** The plots of one check alone. */
export async function checkPlots(
  id: string,
  check: Check,
  finding: Finding,
  context: CheckContext,
): Promise<readonly Plot[]> {
  const made = await unplacedPlots(check, finding, context);
  return made.flatMap((plot) => (plot === undefined ? [] : [{ ...plot, id: `${plot.kind}/${id}`, checks: [id] }]));
}

async function unplacedPlots(
  check: Check,
  finding: Finding,
  context: CheckContext,
): Promise<readonly (Unplaced | undefined)[]> {
  switch (check.check) {
    case 'metric': {
      if (check.against !== undefined) return [againstPlot(check, finding)];
      if (check.logged !== undefined) return [stepsPlot(check, context, finding)];
      if (check.metric === undefined || check.dataset === undefined || check.by === undefined) return [];
      const dataset = await context.tables.load(check.dataset);
      return dataset.ok ? [slicesPlot(check, check.metric, dataset.value.rows, finding)] : [];
    }
    case 'fairness': {
      const dataset = await context.tables.load(check.dataset);
      return dataset.ok ? [fairnessPlot(check, dataset.value.rows, finding)] : [];
    }
    case 'gap':
      return [await gapPlot(check, finding, context)];
    case 'stability':
      return [stepsPlot(check, context, finding)];
    case 'drift':
      return [await driftPlot(check, finding, context)];
    case 'explanation':
      return explanationPlots(check, finding, context);
    case 'operations':
      return [await percentilesPlot(check, context), stepsPlot(check, context, finding)];
    default:
      return [];
  }
}
