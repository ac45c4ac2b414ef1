import { type SignedStatement, supersedes } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';

/**
 * Ids of the statements that a new one by this person, in this role, for this model supersedes:
 * their own latest ones (so that order can be told without trusting times), rejections of the model in their role,
 * and, where two models are in force, both quorums. Sorted.
 */
export function supersededBy(
  situation: ApprovalSituation,
  signer: { readonly person: string; readonly role: string },
  modelId: string,
): string[] {
  const { statements, standing } = situation;
  const own = statements.filter(
    ({ person, statement }) => person === signer.person && statement.predicate.role === signer.role,
  );
  const latestOwn = own.filter((each) => concerns(each, modelId) && !own.some((later) => supersedes(later, each)));
  const rejects = standing.blockingRejects(modelId).filter(({ statement }) => statement.predicate.role === signer.role);
  const models = new Set(standing.inForce.map((quorum) => quorum.modelId));
  const forked = models.size > 1 ? standing.inForce.flatMap((quorum) => quorum.approvals) : [];
  return [...new Set([...latestOwn, ...rejects, ...forked].map(({ id }) => id))].sort();
}

/** Of another model only approvals matter. A revocation stays one: that a new approval names it tells which came last. */
function concerns({ modelId, statement }: SignedStatement, wanted: string): boolean {
  const { decision } = statement.predicate;
  return decision === 'approve' || decision === 'rollback' || modelId === wanted;
}
