import { fail, type Problem, type Result, succeed } from '../../base/result.ts';
import type { Policy } from '../../policy/schema.ts';
import type { ApprovalsReply } from '../engine/approvals.ts';
import type { ShownAssessment } from '../engine/assess.ts';
import { untrusted } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { lostPolicyWords } from '../views/problem-nodes.ts';
import type { Services } from './command.ts';

export interface Assessed {
  readonly policyFile: string;
  readonly policy: Policy;
  readonly assessed: ShownAssessment;
}

/** The newest assessment, once any look that is under way has landed; or why there is none. */
export async function needAssessment({ state }: Services): Promise<Result<Assessed>> {
  const { policyFile, policy, assessed, policyProblems, obstacle } = await state.settled();
  if (policyFile === undefined) return noPolicy(state.snapshot);
  const broken = mistakeIn(policyProblems);
  if (broken !== undefined) return broken;
  if (assessed !== undefined && policy !== undefined) return succeed({ policyFile, policy, assessed });
  return { ok: false, problem: obstacle ?? noRun() };
}

/** The policy's file, of a policy that could be read. */
export async function needSoundPolicy({ state }: Services): Promise<Result<string>> {
  const { policyFile, policyProblems } = await state.settled();
  if (policyFile === undefined) return noPolicy(state.snapshot);
  return mistakeIn(policyProblems) ?? succeed(policyFile);
}

function mistakeIn(policyProblems: readonly Problem[]): Result<never> | undefined {
  const mistakes = policyProblems.filter((problem) => problem.severity === 'error');
  const first = mistakes[0];
  if (first !== undefined) {
    const place = first.range === undefined ? '' : t(' (line {0})', first.range.line);
    return fail('policy-broken', t('The policy has mistakes{0}: {1}', place, first.message));
  }
  return undefined;
}

/** As `needAssessment`, and the approvals as far as git has them: what everything that signs starts from. */
export async function needApprovals(
  services: Services,
): Promise<Result<Assessed & { readonly approvals: ApprovalsReply }>> {
  if (services.editor.trust() === 'untrusted') return { ok: false, problem: untrusted() };
  const assessment = await needAssessment(services);
  if (!assessment.ok) return assessment;
  const { approvals, approvalsObstacle } = services.state.snapshot;
  if (approvals !== undefined) return succeed({ ...assessment.value, approvals });
  return approvalsObstacle === undefined
    ? fail('no-environment', t('The policy names no environment to sign for.'))
    : { ok: false, problem: approvalsObstacle };
}

export async function needPolicyFile({ state }: Services): Promise<Result<string>> {
  const { policyFile } = await state.settled();
  return policyFile === undefined ? noPolicy(state.snapshot) : succeed(policyFile);
}

function noPolicy({ lostPolicyFile }: Snapshot): Result<never> {
  if (lostPolicyFile !== undefined) return fail('policy-lost', lostPolicyWords(lostPolicyFile));
  return fail('no-policy', t('There is no signoff.yaml in this folder: create a policy first.'));
}

function noRun(): { code: string; severity: 'error'; message: string } {
  return {
    code: 'no-run',
    severity: 'error',
    message: t('There is no finished run to look at: train the model first, then refresh.'),
  };
}
