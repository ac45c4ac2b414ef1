import type { RunSummary } from '../../runs/run.ts';
import type { Look } from './newest-look.ts';
import { openRunsCache } from './open-runs-cache.ts';
import type { OperationContext, Trust } from './operation-context.ts';

/** As many runs as a history shows; of more, only the newest are read. */
const MOST_RUNS = 30;

/**
 * The newest runs with their metrics, for pictures of a metric's history. Lists are made without metrics, since ten
 * thousand runs with all of theirs take long, so these few are read one by one; those that can't be are left out.
 */
export async function recentRuns(
  { assessed, runNames }: Look,
  trust: Trust,
  { surroundings, signal }: OperationContext,
): Promise<readonly RunSummary[]> {
  const { policyFile, policy, run } = assessed;
  const ids = [...new Set([run.id, ...runNames.keys()])].slice(0, MOST_RUNS);
  const wanted = { policyFile, source: policy.run, trust, surroundings };
  const read = await openRunsCache.lend(wanted, { kind: 'changes', paths: [] }, async ({ runs }) => {
    // A server answers for all of them at once, and each on its own would be a journey.
    if (runs.source.kind === 'mlflow-server') return (await runs.list({ signal })).value ?? [];
    const loaded: RunSummary[] = [];
    for (const id of ids) {
      const found = id === run.id ? ({ ok: true, value: run } as const) : await runs.load(id, { signal });
      if (found.ok) loaded.push(found.value);
    }
    return loaded;
  });
  return read.ok ? read.value : [run];
}
