import { dirname } from 'node:path';
import type { Result } from '../../base/result.ts';
import { openRunSource } from '../../runs/open-run-source.ts';
import type { Run } from '../../runs/run.ts';
import { readSoundPolicy } from './open-policy.ts';

/** Everything that one run left, by id. */
export async function loadRun(input: { readonly policyFile: string; readonly run: string }): Promise<Result<Run>> {
  const policy = await readSoundPolicy(input.policyFile);
  if (!policy.ok) return policy;
  const runs = await openRunSource(policy.value.run, dirname(input.policyFile));
  if (!runs.ok) return runs;
  try {
    return await runs.value.load(input.run);
  } finally {
    runs.value.close();
  }
}
