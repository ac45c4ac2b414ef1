import { recentRuns } from '../../checks/plots/recent-runs.ts';
import type { RunSummary } from '../../runs/run.ts';
import type { Look } from './newest-look.ts';
import { openRunsCache } from './open-runs-cache.ts';
import type { OperationContext, Trust } from './operation-context.ts';

/** The newest runs of a look's store; where it can't be opened, the look's own. */
export async function recentRunsOf(
  { assessed, runNames }: Look,
  trust: Trust,
  { surroundings, signal }: OperationContext,
): Promise<readonly RunSummary[]> {
  const { policyFile, policy, run } = assessed;
  const wanted = { policyFile, source: policy.run, trust, surroundings };
  const read = await openRunsCache.lend(wanted, { kind: 'changes', paths: [] }, ({ runs }) =>
    recentRuns(runs, run, runNames.keys(), { signal }),
  );
  return read.ok ? read.value : [run];
}
