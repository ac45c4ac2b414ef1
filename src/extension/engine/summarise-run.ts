import { approvedModelsIn } from '../../approval/approved-models.ts';
import { type Result, succeed } from '../../base/result.ts';
import type { Assessment } from '../../checks/assessment.ts';
import { loadAndAssess } from '../../checks/load-and-assess.ts';
import { withOpenRuns } from './load-run.ts';
import { readSoundPolicy } from './open-policy.ts';
import type { OperationContext, Trust } from './operation-context.ts';
import { shownDigests } from './shown-digests.ts';

export interface SummariseRunInput {
  readonly policyFile: string;
  readonly run: string;
  readonly trust: Trust;
}

/** Evaluates a run that is not the one in the checklist, which stays there. For showing only: nothing of it is kept here. */
export async function summariseRun(
  { policyFile, run, trust }: SummariseRunInput,
  { signal, reportProgress, surroundings }: OperationContext,
): Promise<Result<Assessment>> {
  const policy = await readSoundPolicy(policyFile);
  if (!policy.ok) return policy;
  return withOpenRuns({ policyFile, source: policy.value.run, trust, surroundings }, async (runs) => {
    const assessed = await loadAndAssess({
      ...{ policyFile, runs, runId: run, digestCache: shownDigests, signal, reportProgress },
      ...(trust === 'trusted' ? { findApproved: approvedModelsIn({ policyFile, now: new Date(), signal }) } : {}),
    });
    return assessed.ok ? succeed(assessed.value.assessment) : assessed;
  });
}
