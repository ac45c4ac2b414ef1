import { dirname } from 'node:path';
import { involvedByHead } from '../approval/involved-people.ts';
import { overlayApprovals } from '../approval/overlay.ts';
import { approvalSituation } from '../approval/situation.ts';
import { type StaleApproval, staleApprovals } from '../approval/stale.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import type { Assessed } from '../checks/load-and-assess.ts';
import type { ReadableAssessment } from '../report/assessment-text.ts';
import { openPolicyRepository } from './policy-repository.ts';

/** The environment that a question is about: the one named, else the policy's last, where promotion ends. */
export function environmentOf({ policy }: Pick<Assessed, 'policy'>, named: string | undefined): Result<string> {
  const environments = Object.keys(policy.signoff.environments);
  const environment = named ?? environments.at(-1);
  if (environment !== undefined && environments.includes(environment)) return succeed(environment);
  return fail(
    'environment-unknown',
    `The policy has no environment “${environment ?? ''}”; it has ${listInWords(environments)}.`,
  );
}

/** An assessment with what people said of it, and the approvals that are of something else by now. */
export interface LaidOver {
  readonly assessment: ReadableAssessment & Pick<Assessed['assessment'], 'schema' | 'tool'>;
  readonly stale: readonly StaleApproval[];
}

/**
 * The assessment as people see it: waivers, acceptances and attestations from HEAD's approvals laid over, judged by
 * HEAD's signers. Outside a repository there are no approvals, and the bare assessment is the answer.
 */
export async function layOverApprovals(
  assessed: Assessed,
  environment: string,
  signal: AbortSignal,
): Promise<LaidOver> {
  const { assessment, policy, policyBytes, policyFile, run, modelFiles } = assessed;
  const bare = { assessment, stale: [] };
  if (modelFiles === undefined) return bare;
  const place = await openPolicyRepository(policyFile, dirname(policyFile));
  if (!place.ok) return bare;
  const { repository, policyPath } = place.value;
  const asked = { repository, policyPath, policy, environment, signal };
  const situation = await approvalSituation({ ...asked, now: new Date() });
  const { head } = situation;
  if (head === undefined) return bare;
  const involved = await involvedByHead(asked, head, { runs: [run], modelPath: modelFiles.folder });
  const subject = { model: modelFiles, run: run.id, policyBytes, involved };
  const { outcomes, summary } = overlayApprovals(assessment, situation, subject);
  const stale = staleApprovals(situation, subject, assessment);
  return { assessment: { ...assessment, outcomes, summary }, stale };
}
