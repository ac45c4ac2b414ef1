import type { Result } from '../base/result.ts';
import { ENVIRONMENT_FILE_NAMES } from '../evidence/environment-files.ts';
import type { Policy } from '../policy/schema.ts';
import type { OpenRuns, ReadRunsOptions, WantedArtifacts } from '../runs/open-runs.ts';
import type { Run } from '../runs/run.ts';

const RUN_PREFIX = 'run:';

/** What of a run's artifacts the policy's checks, and the model's files, are read from. */
export function wantedArtifacts(policy: Policy): WantedArtifacts {
  const { artifact } = policy.run;
  const references = [
    ...(artifact === undefined ? [] : [artifact]),
    ...Object.values(policy.datasets).map(({ path }) => path),
    ...Object.values(policy.checks).flatMap(pathsOf),
  ];
  const paths = references.flatMap((path) => (path.startsWith(RUN_PREFIX) ? [path.slice(RUN_PREFIX.length)] : []));
  // An unpinned requirement that was never fetched would pass for one that is not there.
  return { paths: [...new Set([...paths, ...ENVIRONMENT_FILE_NAMES])].sort(), models: 'wanted' };
}

/** A run, with the artifacts that the policy reads on this machine. */
export async function loadRunForPolicy(
  runs: OpenRuns,
  id: string,
  policy: Policy,
  options: ReadRunsOptions = {},
): Promise<Result<Run>> {
  const run = await runs.load(id, options);
  if (!run.ok || runs.fetchArtifacts === undefined) return run;
  return runs.fetchArtifacts(run.value, wantedArtifacts(policy), options);
}

/** Whatever a check may read, by whichever key it names it. */
function pathsOf(check: Policy['checks'][string]): string[] {
  return Object.values(check).filter((value): value is string => typeof value === 'string');
}
