import { dirname } from 'node:path';
import { headVerdict } from '../../approval/head-verdict.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { previewTag, ringGitTag } from '../../pipeline/git-tag.ts';
import type { RingResult } from '../../pipeline/ring-result.ts';
import { runsOfTrustedFolder } from './load-run.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type SigningKeyInput, signingKey } from './sign-off.ts';

export interface RingInput extends SigningKeyInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly run: string;
}

/** Tells the pipeline that the run's model is approved or rolled back to, by a signed tag on the commit that says so. */
export async function ringPipeline(input: RingInput, context: OperationContext): Promise<Result<RingResult>> {
  const { policyFile, environment, run } = input;
  const { signal } = context;
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const repository = opened.value;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const policyPath = pathInRepository(repository, policyFile);
  const place = { repository, policyPath, ...read.value, environment };
  const loadRun = runsOfTrustedFolder(policyFile, context);
  const found = await headVerdict({ ...place, run, now: new Date(), signal, loadRun });
  if (!found.ok) return found;
  const { verdict, modelId, by } = found.value;
  if (!verdict.approved) {
    const message = `The model is not approved for ${environment}, so there is nothing to tell the pipeline.`;
    return fail('not-approved', message);
  }
  const news = by === 'rollback' ? 'rolled back' : 'approved';
  const { model } = read.value.policy;
  const preview = await previewTag({ ...place, model, modelId, run, news, approvals: verdict.approvals });
  if (!preview.ok) return preview;
  const rung = await ringGitTag(preview.value, { key: signingKey(input), signal });
  return rung.state === 'refused' ? fail('pipeline-refused', rung.message) : succeed(rung);
}
