import type { HeadVerdict } from '../approval/head-verdict.ts';
import { asCounted } from '../approval/judge.ts';
import type { SignedStatement } from '../approval/signed-statement.ts';
import type { Standing } from '../approval/standing.ts';
import type { Verdict } from '../approval/verdict.ts';
import type { Policy } from '../policy/schema.ts';
import type { News, PipelineEvent } from './news.ts';
import { targetsOf } from './targets.ts';

export interface Happened {
  readonly event: PipelineEvent;
  /** The statements that say so. */
  readonly approvals: Verdict['approvals'];
  /** Set while people are still missing, and nothing stands against them. */
  readonly progress?: News['progress'];
}

/**
 * What there is to tell of a model as HEAD has it: that it is approved, gone back to, rejected or revoked, or how far its
 * sign-off is; undefined where nobody has signed anything. A revocation of what was in force is told as a rejection. Who went back is told as an approval where nobody is told of rollbacks.
 */
export function whatHappened(
  { situation, verdict, modelId, by }: HeadVerdict,
  policy: Policy,
  environment: string,
): Happened | undefined {
  if (verdict.approved) {
    const rolledBack = by === 'rollback' && targetsOf(policy, environment, 'on_rolled_back').length > 0;
    return { event: rolledBack ? 'on_rolled_back' : 'on_approved', approvals: verdict.approvals };
  }
  const rejections = situation.standing.blockingRejects(modelId);
  if (rejections.length > 0) return { event: 'on_rejected', approvals: rejections.map(asCounted) };
  const revocations = revocationsOf(situation.statements, situation.standing, modelId);
  if (revocations.length > 0) return { event: 'on_rejected', approvals: revocations.map(asCounted) };
  const seats = Object.values(verdict.quorum);
  if (verdict.approvals.length === 0 || seats.length === 0) return undefined;
  const [have, need] = [sum(seats.map((seat) => seat.have)), sum(seats.map((seat) => seat.need))];
  return { event: 'on_approved', approvals: verdict.approvals, progress: { have, need } };
}

/**
 * The revocations that took a complete quorum of the model out of force. Whoever signed it all again since, as far as
 * signatures go, has answered them: that this has expired by now, or is of an older policy, is no rejection.
 */
function revocationsOf(
  statements: readonly SignedStatement[],
  { latest, inForce }: Standing,
  modelId: string,
): readonly SignedStatement[] {
  if (inForce.some((quorum) => quorum.modelId === modelId)) return [];
  const letIn = new Set(
    latest
      .flatMap(({ approvals }) => approvals)
      .filter((each) => each.modelId === modelId)
      .map(({ id }) => id),
  );
  return statements.filter(
    ({ statement: { predicate } }) =>
      predicate.decision === 'revoke' && predicate.supersedes.some((id) => letIn.has(id)),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
