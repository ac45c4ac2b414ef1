import { basename, join } from 'node:path';
import type { LoadRun } from '../../approval/model-under-judgement.ts';
import type { Result } from '../../base/result.ts';
import { loadRunForPolicy } from '../../checks/wanted-artifacts.ts';
import type { Policy } from '../../policy/schema.ts';
import type { OpenRuns } from '../../runs/open-runs.ts';
import type { Run } from '../../runs/run.ts';
import { openAllowedRuns, type RunsWanted } from './open-allowed-runs.ts';
import { readSoundPolicy } from './open-policy.ts';
import type { OperationContext, Trust } from './operation-context.ts';

export interface LoadRunInput {
  readonly policyFile: string;
  readonly run: string;
  readonly trust: Trust;
}

/** Everything that one run left, by id. */
export async function loadRun(
  { policyFile, run, trust }: LoadRunInput,
  { surroundings, signal, reportProgress }: OperationContext,
): Promise<Result<Run>> {
  const policy = await readSoundPolicy(policyFile);
  if (!policy.ok) return policy;
  const wanted = { policyFile, source: policy.value.run, trust, surroundings };
  return withOpenRuns(wanted, (runs) => runs.load(run, { signal, reportProgress }));
}

export interface RunToVerify {
  readonly policy: Policy;
  readonly run: string;
  /** Whether the files that the policy names must be on this machine. */
  readonly artifacts: 'wanted' | 'not wanted';
}

/** As `loadRun`, with its artifacts here where they are wanted, and from a source that nobody else reads from: for what is verified. */
export async function loadRunAfresh(
  wanted: RunsWanted,
  { policy, run, artifacts }: RunToVerify,
  { signal, reportProgress }: OperationContext,
): Promise<Result<Run>> {
  const options = { signal, reportProgress };
  return withOpenRuns(wanted, (runs) =>
    artifacts === 'wanted' ? loadRunForPolicy(runs, run, policy, options) : runs.load(run, options),
  );
}

/** Loads runs for what is verified or signed. Only trusted folders get this far: the trust that counts then is the branch's. */
export function runsOfTrustedFolder(policyFile: string, context: OperationContext): LoadRun {
  const { surroundings } = context;
  return (policy, folder, run, { artifacts }) => {
    const file = join(folder, basename(policyFile));
    const wanted = { policyFile: file, source: policy.run, trust: 'trusted' as const, surroundings };
    return loadRunAfresh(wanted, { policy, run, artifacts }, context);
  };
}

/** Opens the source for one reading, and closes it whatever comes. */
export async function withOpenRuns<Value>(
  wanted: RunsWanted,
  read: (runs: OpenRuns) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const runs = await openAllowedRuns(wanted);
  if (!runs.ok) return runs;
  try {
    return await read(runs.value);
  } finally {
    runs.value.close();
  }
}
