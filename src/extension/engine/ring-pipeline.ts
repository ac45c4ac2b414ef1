import { dirname } from 'node:path';
import { approvalSituation, verdictByHead } from '../../approval/situation.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { loadAndAssess } from '../../checks/load-and-assess.ts';
import { openRepository } from '../../git/repository.ts';
import { previewTag, ringGitTag } from '../../pipeline/git-tag.ts';
import type { RingResult } from '../../pipeline/ring-result.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type SigningKeyInput, signingKey } from './sign-off.ts';

export interface RingInput extends SigningKeyInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly run: string;
}

/** Tells the pipeline that the run's model is approved, by a signed tag on the commit with the approvals. */
export async function ringPipeline(input: RingInput, context: OperationContext): Promise<Result<RingResult>> {
  const { policyFile, environment, run } = input;
  const { signal } = context;
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const repository = opened.value;
  const assessed = await loadAndAssess({ policyFile, runId: run, ...context });
  if (!assessed.ok) return assessed;
  const { policy, policyBytes, modelFiles } = assessed.value;
  const policyPath = pathInRepository(repository, policyFile);
  const situation = await approvalSituation({ repository, policyPath, policy, environment, now: new Date(), signal });
  if (modelFiles === undefined) return notApproved(environment);
  const verdict = verdictByHead(situation, { model: modelFiles, run, policyBytes });
  if (!verdict.approved) return notApproved(environment);
  const preview = await previewTag({
    repository,
    model: policy.model,
    modelId: modelFiles.modelId,
    run,
    environment,
    approvals: verdict.approvals,
    policyPath,
  });
  if (!preview.ok) return preview;
  const rung = await ringGitTag(preview.value, { key: signingKey(input), signal });
  return rung.state === 'refused' ? fail('pipeline-refused', rung.message) : succeed(rung);
}

function notApproved<Value>(environment: string): Result<Value> {
  return fail(
    'not-approved',
    `The model is not approved for ${environment}, so there is nothing to tell the pipeline.`,
  );
}
