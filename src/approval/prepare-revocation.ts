import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { TOOL } from '../base/tool.ts';
import type { SigningKey } from '../git/keys.ts';
import { type DescribedField, describeStatement } from './describe-statement.ts';
import { approvalPath } from './file-names.ts';
import { formatInstant, lifetimeOf } from './formats.ts';
import { chooseRole, signerOfKey } from './signer-of-key.ts';
import { approvalSituation, type SituationRequest } from './situation.ts';
import type { ApprovalStatement } from './statement.ts';
import { statementBytes } from './statement-writer.ts';

export interface RevocationRequest extends SituationRequest {
  /** Ids of the approvals to withdraw: all of one model, the signer's own or of the signer's role. */
  readonly approvals: readonly string[];
  readonly key: SigningKey;
  readonly role?: string | undefined;
  readonly comment: string;
}

export interface PreparedRevocation {
  readonly statement: ApprovalStatement;
  readonly payload: Uint8Array;
  readonly id: string;
  readonly approvalPath: string;
  readonly description: readonly DescribedField[];
}

/**
 * Builds the statement that withdraws approvals. To hold against somebody who can delete files from an unprotected
 * branch, its commit has to reach the trusted branch.
 */
export async function prepareRevocation(request: RevocationRequest): Promise<Result<PreparedRevocation>> {
  const { policy, environment } = request;
  const situation = await approvalSituation(request);
  const signer = signerOfKey(situation, request.key, 'revoke');
  if (!signer.ok) return signer;
  const role = chooseRole(signer.value.person, policy, environment, request.role);
  if (!role.ok) return role;
  const { person } = signer.value;
  const revoked = situation.statements.filter(
    ({ id, statement }) => request.approvals.includes(id) && statement.predicate.decision === 'approve',
  );
  const [first] = revoked;
  if (first === undefined || revoked.length !== request.approvals.length) {
    return fail(
      'approval-unknown',
      `HEAD does not have these approvals for ${environment}: ${request.approvals.join(', ')}.`,
    );
  }
  if (revoked.some(({ modelId }) => modelId !== first.modelId))
    return fail('approvals-of-several-models', 'Revoke the approvals of one model at a time.');
  const foreign = revoked.find((each) => each.person !== person && each.statement.predicate.role !== role.value);
  if (foreign !== undefined) {
    return fail(
      'may-not-revoke',
      `The approval of ${foreign.person} can be revoked by themselves or in the role "${foreign.statement.predicate.role}".`,
    );
  }
  const issued = Math.floor(situation.now / 1000) * 1000;
  const { statement: origin } = first;
  const statement: ApprovalStatement = {
    ...origin,
    predicate: {
      ...origin.predicate,
      decision: 'revoke',
      role: role.value,
      approver: person,
      comment: request.comment,
      accepted: [],
      waivers: [],
      attestations: [],
      supersedes: revoked.map(({ id }) => id).sort(),
      issued: formatInstant(issued),
      expires: formatInstant(issued + lifetimeOf(policy.signoff.environments[environment]?.expires_after)),
      tool: { name: TOOL.name, version: TOOL.version },
    },
  };
  const payload = statementBytes(statement);
  const id = sha256Hex(payload);
  return succeed({
    statement,
    payload,
    id,
    approvalPath: approvalPath(situation.folder, statement.predicate, id),
    description: describeStatement(statement),
  });
}
