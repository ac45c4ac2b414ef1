import type { OpenRuns } from '../../runs/open-runs.ts';
import type { Run, RunSummary } from '../../runs/run.ts';

/** As many runs as a history shows; of more, only the newest are read. */
const MOST_RUNS = 30;

/**
 * The newest runs with their metrics, for pictures of a metric's history. Lists are made without metrics, since ten
 * thousand runs with all of theirs take long, so these few are read one by one; those that can't be are left out.
 *
 * @param run the run that the pictures are about; always among them
 * @param ids of all runs, newest first
 */
export async function recentRuns(
  runs: OpenRuns,
  run: Run,
  ids: Iterable<string>,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly RunSummary[]> {
  // A server answers for all of them at once, and each on its own would be a journey.
  if (runs.source.kind === 'mlflow-server') return (await runs.list({ signal })).value ?? [];
  const loaded: RunSummary[] = [];
  for (const id of [...new Set([run.id, ...ids])].slice(0, MOST_RUNS)) {
    const found = id === run.id ? ({ ok: true, value: run } as const) : await runs.load(id, { signal });
    if (found.ok) loaded.push(found.value);
  }
  return loaded;
}
