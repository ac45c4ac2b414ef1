import type { Quorum } from './quorums.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ComesAfter, successionOf } from './succession.ts';

/** Whether some approvals of a quorum would have been enough. */
export type IsEnough = (approvals: readonly SignedStatement[]) => boolean;

/** When the last word that was needed was given, as the signers dated it. Nobody can prove such a time: it decides nothing. */
export function completedAt({ approvals, restsOn }: Quorum, isEnough: IsEnough): string {
  const dated = approvals.toSorted((a, b) => (issuedOf(a) < issuedOf(b) ? -1 : 1));
  const enough = restsOn === undefined ? dated.findIndex((_, index) => isEnough(dated.slice(0, index + 1))) : 0;
  const last = dated[Math.max(0, enough)];
  return last === undefined ? '' : issuedOf(last);
}

/**
 * Quorums in the order in which they took their turns: whoever names or replaces another comes after it. Where the
 * statements themselves don't tell, dates and ids keep the order the same every time.
 */
export function inTurn(
  quorums: readonly Quorum[],
  statements: readonly SignedStatement[],
  isEnough: IsEnough,
): Quorum[] {
  const comesAfter = successionOf(statements);
  const left = quorums
    .map((quorum) => ({ quorum, key: `${completedAt(quorum, isEnough)} ${quorum.modelId} ${quorum.assessment}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ quorum }) => quorum);
  const ordered: Quorum[] = [];
  while (left.length > 0) {
    const free = left.findIndex(
      (quorum) => !left.some((other) => other !== quorum && isBefore(other, quorum, comesAfter)),
    );
    // Two that each say they replaced the other were made by no tool of ours; dates have to do.
    ordered.push(...left.splice(Math.max(0, free), 1));
  }
  return ordered;
}

function isBefore(earlier: Quorum, later: Quorum, comesAfter: ComesAfter): boolean {
  const after = (a: Quorum, b: Quorum) =>
    a.approvals.some((one) => b.approvals.some((other) => comesAfter(one, other)));
  if (after(later, earlier)) return true;
  return !after(earlier, later) && later.replaces === earlier.modelId && earlier.replaces !== later.modelId;
}

function issuedOf({ statement }: SignedStatement): string {
  return statement.predicate.issued;
}
