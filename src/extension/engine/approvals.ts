import { dirname } from 'node:path';
import { type EnvironmentHistory, historyIn } from '../../approval/history.ts';
import { overlayApprovals } from '../../approval/overlay.ts';
import type { SignedStatement } from '../../approval/signed-statement.ts';
import {
  type ApprovalSituation,
  approvalSituation,
  predecessorOf,
  type SituatedModel,
  verdictByHead,
} from '../../approval/situation.ts';
import { staleApprovals } from '../../approval/stale.ts';
import type { CountedApproval, Reason, Verdict } from '../../approval/verdict.ts';
import { fail, type Problem, type Result, succeed } from '../../base/result.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { newestTag, type ToldByTag } from '../../pipeline/newest-tag.ts';
import { isToldByTag } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import { type Look, newestLook } from './newest-look.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';

/** One role that an environment requires, and who fills it for the model in the checklist. */
export interface Seat {
  readonly role: string;
  readonly need: number;
  readonly have: number;
  readonly approvals: readonly CountedApproval[];
  /** Who could still sign in this role. */
  readonly holders: readonly string[];
}

/** What is approved in an environment now. */
export interface InForce {
  readonly modelId: string;
  readonly run: string;
  readonly runName: string;
  /** When the first of its approvals runs out. */
  readonly until: string;
  readonly validity: 'valid' | 'expired';
  readonly approvals: readonly CountedApproval[];
}

export interface EnvironmentApprovals {
  readonly name: string;
  readonly automatic: 'automatic' | 'by-people';
  readonly inForce: InForce | undefined;
  /** Every model that was approved there, and every objection, in the order in which they came. */
  readonly history: EnvironmentHistory;
  /** The newest tag by which the pipeline was told; looked for only where the policy tells by tags. */
  readonly toldByTag?: ToldByTag | undefined;
  /** The model of the run in the checklist. */
  readonly candidate: {
    readonly modelId: string | null;
    readonly standing: 'approved' | 'open' | 'rejected';
    readonly seats: readonly Seat[];
    /** The model that an approval would replace, by id. */
    readonly replaces: string | null;
    /** Signatures that fill no seat but whose waivers and attestations count. */
    readonly others: readonly CountedApproval[];
    /** Why it is not approved, beyond missing signatures. */
    readonly reasons: readonly Reason[];
  };
}

export interface ApprovalsReply {
  /** In the policy's order. */
  readonly environments: readonly EnvironmentApprovals[];
  /** The assessment's outcomes with waivers, acceptances and attestations of the asked environment laid over. */
  readonly outcomes: readonly Outcome[];
  /** What keeps everybody from signing, whoever they are; said before anybody is asked anything. */
  readonly whyNoSigning: Problem | undefined;
  /** Absolute paths in git that tell of a new commit. */
  readonly watched: readonly string[];
}

export interface ApprovalsInput {
  readonly policyFile: string;
  /** Whose waivers, acceptances and attestations are laid over the outcomes. */
  readonly environment: string;
}

/**
 * What is shown of a verdict's reasons: not those that seats and checks already show in their own places, but what
 * nobody would see otherwise.
 */
const SHOWN_ELSEWHERE = /^(?:quorum-incomplete|no-approval|check-.*)$/;

/** For every environment, who signed what, by HEAD's own signers. Only called in trusted workspaces: it runs git. */
export async function approvals(input: ApprovalsInput, { signal }: OperationContext): Promise<Result<ApprovalsReply>> {
  const look = newestLook(input.policyFile);
  if (look === undefined) return fail('superseded', 'The run was not evaluated yet.');
  const opened = await openRepository(dirname(input.policyFile));
  if (!opened.ok) return opened;
  const repository = opened.value;
  const { policy, assessment } = look.assessed;
  const subject = subjectOf(look);
  const policyPath = pathInRepository(repository, input.policyFile);
  const environments: EnvironmentApprovals[] = [];
  let outcomes = assessment.outcomes;
  let whyNoSigning: Problem | undefined;
  for (const environment of Object.keys(policy.signoff.environments)) {
    const request = { repository, policyPath, policy, environment, now: new Date(), signal };
    const situation = await approvalSituation(request);
    const toldByTag = isToldByTag(policy, environment)
      ? await newestTag(repository, { model: policy.model, environment })
      : undefined;
    environments.push({ ...environmentApprovals(situation, look, subject), toldByTag });
    whyNoSigning ??= whyNobodyCanSign(situation, look, policyPath);
    if (environment !== input.environment || subject === undefined) continue;
    outcomes = overlayApprovals(assessment, situation, subject).outcomes;
  }
  return succeed({ environments, outcomes, whyNoSigning, watched: watchedPaths(repository) });
}

function whyNobodyCanSign(
  { committedPolicy, signers, folder }: ApprovalSituation,
  { assessed }: Look,
  policyPath: string,
): Problem | undefined {
  const problem = (code: string, message: string): Problem => ({ code, severity: 'error', message });
  if (committedPolicy === undefined) {
    return problem('policy-not-committed', `${policyPath} is not committed: commit it before anybody signs under it.`);
  }
  if (Buffer.compare(committedPolicy, assessed.policyBytes) !== 0) {
    const message = `${policyPath} has changes that are not committed: commit them before anybody signs under them.`;
    return problem('policy-not-committed', message);
  }
  if (signers !== undefined) return undefined;
  const message = `${folder.allowedSigners} is not committed, so no key belongs to anybody: commit it first.`;
  return problem('signers-missing', message);
}

function subjectOf({ assessed }: Look): SituatedModel | undefined {
  const { modelFiles, run, policyBytes } = assessed;
  return modelFiles === undefined ? undefined : { model: modelFiles, run: run.id, policyBytes };
}

function environmentApprovals(
  situation: ApprovalSituation,
  look: Look,
  subject: SituatedModel | undefined,
): EnvironmentApprovals {
  const { policy, environment: name } = situation;
  const verdict = subject === undefined ? undefined : verdictByHead(situation, subject);
  const counted = verdict?.approvals ?? [];
  const seats = seatsOf(policy, name, verdict);
  const modelId = subject?.model.modelId ?? null;
  const rejected = modelId !== null && situation.standing.blockingRejects(modelId).length > 0;
  return {
    name,
    automatic: policy.signoff.environments[name]?.automatic === true ? 'automatic' : 'by-people',
    inForce: inForceIn(situation, look),
    history: historyIn(situation),
    candidate: {
      modelId,
      standing: verdict?.approved === true ? 'approved' : rejected ? 'rejected' : 'open',
      seats,
      replaces: modelId === null ? null : predecessorOf(situation, modelId),
      others: counted.filter((approval) => !seats.some((seat) => seat.role === approval.role)),
      reasons: [...reasonsOf(look, verdict, inForceIn(situation, look)), ...outdated(situation, look, subject)],
    },
  };
}

function seatsOf(policy: Policy, environment: string, verdict: Verdict | undefined): readonly Seat[] {
  const counted = verdict?.approvals ?? [];
  const signed = new Set(counted.map((approval) => approval.person));
  return Object.entries(policy.signoff.environments[environment]?.require ?? {}).map(([role, need]) => ({
    role,
    need,
    have: verdict?.quorum[role]?.have ?? 0,
    approvals: counted.filter((approval) => approval.role === role),
    // Nobody fills two seats, so whoever has signed is not waited for again.
    holders: (policy.signoff.roles[role] ?? []).filter((person) => !signed.has(person)),
  }));
}

function reasonsOf({ assessed }: Look, verdict: Verdict | undefined, inForce: InForce | undefined): readonly Reason[] {
  if (verdict === undefined) {
    const problem = assessed.problems.find(({ code }) => /^(?:model|artifact)-/.test(code));
    const message = problem?.message ?? 'The run has no model files here, so there is nothing to approve.';
    return [{ code: 'model-missing', message }];
  }
  const reasons = verdict.reasons.filter(({ code }) => !SHOWN_ELSEWHERE.test(code));
  if (inForce === undefined || inForce.run === assessed.run.id) return reasons;
  // Nobody changed anything: another run was chosen, which has a model of its own, and that was never signed for.
  const own = reasons.filter(({ code }) => code !== 'run-differs' && code !== 'model-changed');
  if (own.length === reasons.length) return reasons;
  return [{ code: 'run-differs', message: `The approval in force is for run ${inForce.runName}.` }, ...own];
}

/** What was signed stays signed; but whoever looks should know that it comes out otherwise today. */
function outdated(situation: ApprovalSituation, { assessed }: Look, subject: SituatedModel | undefined): Reason[] {
  if (subject === undefined) return [];
  return staleApprovals(situation, subject, assessed.assessment)
    .filter(({ changed }) => changed === 'assessment')
    .map(({ message }) => ({ code: 'assessment-outdated', message }));
}

function inForceIn(situation: ApprovalSituation, { runNames }: Look): InForce | undefined {
  const [quorum] = situation.standing.inForce;
  const [first] = quorum?.approvals ?? [];
  if (quorum === undefined || first === undefined) return undefined;
  const { run } = first.statement.predicate;
  const expiries = quorum.approvals.map(({ statement }) => statement.predicate.expires).toSorted();
  return {
    modelId: quorum.modelId,
    run,
    runName: runNames.get(run) ?? run,
    until: expiries[0] ?? '',
    validity: situation.standing.hasExpired(quorum) ? 'expired' : 'valid',
    approvals: quorum.approvals.map(countedApproval),
  };
}

function countedApproval({ id, person, key, statement }: SignedStatement): CountedApproval {
  const { role, issued, expires } = statement.predicate;
  return { id, person, role, key, issued, expires };
}

/** A commit, a checkout or a fetch touches one of these. */
function watchedPaths({ gitDir, commonDir }: Repository): readonly string[] {
  return [`${gitDir}/HEAD`, `${gitDir}/logs/HEAD`, `${commonDir}/packed-refs`];
}
