import { lifetimeOf, parseInstant } from './formats.ts';
import { type LeftOver, leftOvers } from './left-over.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';
import type { ApprovalStatement } from './statement.ts';

/** The statement in HEAD that says what `wanted` would say and still has its effect: there is nothing to sign. */
export function signedInHead(situation: ApprovalSituation, wanted: ApprovalStatement): SignedStatement | undefined {
  return situation.statements.find((each) => {
    if (!saysTheSame(each.statement, wanted)) return false;
    return wanted.predicate.decision === 'reject'
      ? situation.standing.blockingRejects(each.modelId).includes(each)
      : hasEffect(each, situation);
  });
}

/** What was signed and not committed: the one that says what `wanted` would say, and this person's others. */
export function signedBefore(
  situation: ApprovalSituation,
  topLevel: string,
  wanted: { readonly statement: ApprovalStatement; readonly fingerprint: string },
): { readonly same: LeftOver | undefined; readonly others: readonly LeftOver[] } {
  const all = leftOvers(situation, topLevel);
  const same = all.find(
    ({ signed }) =>
      signed.key === wanted.fingerprint &&
      saysTheSame(signed.statement, wanted.statement) &&
      hasEffect(signed, situation),
  );
  const others = all.filter((each) => each !== same && each.signed.person === wanted.statement.predicate.approver);
  return { same, others };
}

/** When and with which version it was made is no difference. What a revocation supersedes is what it says. */
function saysTheSame(a: ApprovalStatement, b: ApprovalStatement): boolean {
  const content = ({ predicate, ...rest }: ApprovalStatement) => {
    const supersedes = predicate.decision === 'revoke' ? predicate.supersedes : [];
    return JSON.stringify({ ...rest, predicate: { ...predicate, supersedes, issued: 0, expires: 0, tool: 0 } });
  };
  return content(a) === content(b);
}

/**
 * Whether committing it, or having it committed, does what signing anew would do. Rejections and revocations never lapse;
 * an approval has to be good for a good while yet.
 */
function hasEffect(existing: SignedStatement, situation: ApprovalSituation): boolean {
  const { standing, now, policy, environment } = situation;
  const { decision, role, expires } = existing.statement.predicate;
  if (decision === 'reject' || decision === 'revoke') return true;
  if (!existing.keyIsValid || standing.isRevoked(existing) || standing.isSuperseded(existing)) return false;
  // Somebody of the role has rejected the model since: only a new statement can take that back.
  const rejects = standing.blockingRejects(existing.modelId);
  const left = (parseInstant(expires) ?? 0) - now;
  return (
    !rejects.some(({ statement }) => statement.predicate.role === role) &&
    left > lifetimeOf(policy.signoff.environments[environment]?.expires_after) / 2
  );
}
