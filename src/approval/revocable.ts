import { fail, type Result, succeed } from '../base/result.ts';
import { quote } from './quote.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { ApprovalSituation } from './situation.ts';
import { opensSomething } from './statement.ts';

const SHORTEST_PREFIX = 8;

/** The approvals and rollbacks that somebody may withdraw: their own and those of their role, not withdrawn yet. */
export function revocableBy(
  { statements, standing }: ApprovalSituation,
  { person, role }: { readonly person: string; readonly role: string },
): SignedStatement[] {
  return statements.filter(
    (each) =>
      opensSomething(each.statement.predicate.decision) &&
      (each.person === person || each.statement.predicate.role === role) &&
      !standing.isRevoked(each),
  );
}

/**
 * The person's own approvals that still let a model in: of the named run, else of what is in force. Somebody who
 * withdraws what a colleague signed has to name it.
 */
export function ownApprovals(
  situation: ApprovalSituation,
  signer: { readonly person: string; readonly role: string },
  run: string | undefined,
): Result<string[]> {
  const models = new Set(situation.standing.latest.map(({ modelId }) => modelId));
  const own = revocableBy(situation, signer).filter(
    (each) =>
      each.person === signer.person &&
      !situation.standing.isSuperseded(each) &&
      (run === undefined ? models.has(each.modelId) : each.statement.predicate.run === run),
  );
  if (own.length > 0) return succeed(own.map(({ id }) => id));
  const where = run === undefined ? 'for what is in force' : `for run ${quote(run)}`;
  return fail(
    'approval-unknown',
    `${signer.person} has no approval ${where} in ${situation.environment} to revoke; name another's by its id.`,
  );
}

/** The full ids that were named by their first eight or more digits. Problem: `approval-unknown`. */
export function namedApprovals(
  { statements, environment }: ApprovalSituation,
  names: readonly string[],
): Result<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const found = name.length < SHORTEST_PREFIX ? [] : statements.filter(({ id }) => id.startsWith(name));
    const [only, ...others] = found;
    if (only === undefined || others.length > 0) {
      const why = others.length > 0 ? 'several begin so' : 'none begins so';
      return fail(
        'approval-unknown',
        `${quote(name)} is no approval for ${environment}: ${why} (eight digits or more).`,
      );
    }
    ids.push(only.id);
  }
  return succeed(ids);
}
