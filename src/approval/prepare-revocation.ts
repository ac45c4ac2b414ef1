import { fail, type Result, succeed } from '../base/result.ts';
import { TOOL } from '../base/tool.ts';
import type { SigningKey } from '../git/keys.ts';
import { isBlank } from '../policy/schema/words.ts';
import type { Policy } from '../policy/schema.ts';
import { formatInstant, lifetimeOf } from './formats.ts';
import { type PreparedStatement, preparedStatement } from './prepared-statement.ts';
import { quote } from './quote.ts';
import type { SignedStatement } from './signed-statement.ts';
import { chooseRole, signerOfKey } from './signer-of-key.ts';
import { type ApprovalSituation, approvalSituation, type SituationRequest } from './situation.ts';
import { type ApprovalStatement, opensSomething } from './statement.ts';

export interface RevocationRequest extends SituationRequest {
  /** Ids of the approvals and rollbacks to withdraw: all of one model, the signer's own or of the signer's role. */
  readonly approvals: readonly string[];
  readonly key: SigningKey;
  readonly role?: string | undefined;
  readonly comment: string;
}

/** Everything that will be signed and committed, ready to be shown. `completeRevocation` does it. */
export interface PreparedRevocation extends PreparedStatement {
  readonly policy: Policy;
}

/**
 * Builds the statement that withdraws approvals, and checks that this person may withdraw them. To hold against somebody
 * who can delete files from an unprotected branch, its commit has to reach the trusted branch.
 *
 * Problems: those of `signerOfKey` and `chooseRole`, `approval-unknown`, `approvals-of-several-models`, `may-not-revoke`,
 * `comment-missing`.
 */
export async function prepareRevocation(request: RevocationRequest): Promise<Result<PreparedRevocation>> {
  const { policy, environment } = request;
  if (isBlank(request.comment)) return fail('comment-missing', 'Say why in a comment: it is signed.');
  const situation = await approvalSituation(request);
  const signer = signerOfKey(situation, request.key, 'revoke');
  if (!signer.ok) return signer;
  const role = chooseRole(signer.value.person, policy, environment, request.role);
  if (!role.ok) return role;
  const { person } = signer.value;
  const revoked = approvalsToRevoke(situation, request.approvals, { person, role: role.value });
  if (!revoked.ok) return revoked;
  const [first] = revoked.value;
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
      supersedes: revoked.value.map(({ id }) => id).sort(),
      issued: formatInstant(issued),
      expires: formatInstant(issued + lifetimeOf(policy.signoff.environments[environment]?.expires_after)),
      tool: { name: TOOL.name, version: TOOL.version },
    },
  };
  const prepared = preparedStatement(request, situation, statement);
  return succeed({ ...prepared, policy, openPoints: [HAS_TO_LAND, ...prepared.openPoints] });
}

const HAS_TO_LAND =
  'Pipelines heed a revocation once it is on the branch that they verify, and for good once it is on the trusted branch.';

type Approvals = readonly [SignedStatement, ...SignedStatement[]];

function approvalsToRevoke(
  situation: ApprovalSituation,
  ids: readonly string[],
  { person, role }: { readonly person: string; readonly role: string },
): Result<Approvals> {
  const wanted = new Set(ids);
  const [first, ...others] = situation.statements.filter(
    ({ id, statement }) => wanted.has(id) && opensSomething(statement.predicate.decision),
  );
  if (first === undefined || others.length + 1 !== wanted.size) {
    const named = [...wanted].map(quote).join(', ') || 'none';
    return fail('approval-unknown', `HEAD does not have these approvals for ${situation.environment}: ${named}.`);
  }
  if (others.some(({ modelId }) => modelId !== first.modelId))
    return fail('approvals-of-several-models', 'Revoke the approvals of one model at a time.');
  const foreign = [first, ...others].find((each) => each.person !== person && each.statement.predicate.role !== role);
  if (foreign !== undefined) {
    return fail(
      'may-not-revoke',
      `The approval of ${foreign.person} can be revoked by themselves or in the role "${foreign.statement.predicate.role}".`,
    );
  }
  return succeed([first, ...others]);
}
