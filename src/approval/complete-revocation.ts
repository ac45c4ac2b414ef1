import { fail, type Result } from '../base/result.ts';
import { type CompletedStatement, type CompleteOptions, completeStatement, type Signer } from './complete-statement.ts';
import type { PreparedRevocation } from './prepare-revocation.ts';
import { approvalSituation } from './situation.ts';

/**
 * Signs and commits a revocation. From then on the approvals that it names count for nothing wherever the commit arrives.
 * After a crash, preparing and completing again finishes the work without a second revocation.
 */
export async function completeRevocation(
  prepared: PreparedRevocation,
  signer: Signer,
  options: CompleteOptions,
): Promise<Result<CompletedStatement>> {
  const { repository, policyPath, policy, statement } = prepared;
  const { environment, supersedes } = statement.predicate;
  const { now, signal } = options;
  const { statements } = await approvalSituation({ repository, policyPath, policy, environment, now, signal });
  const here = new Set(statements.map(({ id }) => id));
  return supersedes.every((id) => here.has(id))
    ? completeStatement(prepared, [], signer, options)
    : fail('changed-since-shown', 'An approval to be revoked is not in HEAD any more: look again at what there is.');
}
