import { type SignedStatement, supersedes } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';
import { type Decision, opensSomething } from './statement.ts';

/**
 * Ids of the statements that a new one by this person, in this role, for this model supersedes:
 * their own latest ones (so that order can be told without trusting times), rejections of the model in their role, and
 * what is in force for other models, where the new one lets its own in; in a fork, both quorums. Sorted.
 */
export function supersededBy(
  situation: ApprovalSituation,
  signer: { readonly person: string; readonly role: string; readonly decision: Decision },
  modelId: string,
): string[] {
  const { statements, standing } = situation;
  const own = statements.filter(
    ({ person, statement }) => person === signer.person && statement.predicate.role === signer.role,
  );
  const latestOwn = own.filter((each) => concerns(each, modelId) && !own.some((later) => supersedes(later, each)));
  const rejects = standing.blockingRejects(modelId).filter(({ statement }) => statement.predicate.role === signer.role);
  const models = new Set(standing.inForce.map((quorum) => quorum.modelId));
  const replaced = standing.latest.filter((quorum) => models.size > 1 || quorum.modelId !== modelId);
  const ended = opensSomething(signer.decision) ? replaced.flatMap((quorum) => quorum.approvals) : [];
  return [...new Set([...latestOwn, ...rejects, ...ended].map(({ id }) => id))].sort();
}

/** Of another model only approvals matter. A revocation stays one: that a new approval names it tells which came last. */
function concerns({ modelId, statement }: SignedStatement, wanted: string): boolean {
  const { decision } = statement.predicate;
  return opensSomething(decision) || modelId === wanted;
}
