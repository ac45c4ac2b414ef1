import { dirname } from 'node:path';
import { completeRevocation } from '../../approval/complete-revocation.ts';
import { prepareRevocation as prepare } from '../../approval/prepare-revocation.ts';
import { revocableBy } from '../../approval/revocable.ts';
import { approvalSituation } from '../../approval/situation.ts';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { newestLook } from './newest-look.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type SigningKeyInput, signingKey } from './sign-off.ts';
import { type PreparedReply, show } from './tickets.ts';

export interface RevocableInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly person: string;
  readonly role: string;
}

/** An approval, or a rollback, that could be withdrawn. */
export interface RevocableApproval {
  readonly id: string;
  readonly person: string;
  readonly role: string;
  readonly run: string;
  readonly runName: string;
  readonly issued: string;
  readonly modelId: string;
  readonly effect: 'lets the model in' | 'superseded';
}

export interface RevocationInput extends SigningKeyInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly role: string;
  readonly comment: string;
  readonly approvals: readonly string[];
}

async function placeOf(policyFile: string) {
  const repository = await openRepository(dirname(policyFile));
  if (!repository.ok) return repository;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const policyPath = pathInRepository(repository.value, policyFile);
  return succeed({ repository: repository.value, policyPath, policy: read.value.policy, now: new Date() });
}

/** What somebody may withdraw there, what still has an effect first. */
export async function revocable(
  { policyFile, environment, person, role }: RevocableInput,
  { signal }: OperationContext,
): Promise<Result<readonly RevocableApproval[]>> {
  const place = await placeOf(policyFile);
  if (!place.ok) return place;
  const situation = await approvalSituation({ ...place.value, environment, signal });
  const names = newestLook(policyFile)?.runNames;
  const found = revocableBy(situation, { person, role }).map((each): RevocableApproval => {
    const { run, issued, role: signedAs } = each.statement.predicate;
    const effect = situation.standing.isSuperseded(each) ? 'superseded' : 'lets the model in';
    const { id, modelId } = each;
    return { id, modelId, person: each.person, role: signedAs, run, runName: names?.get(run) ?? run, issued, effect };
  });
  const rank = ({ effect }: RevocableApproval) => (effect === 'superseded' ? 1 : 0);
  return succeed(found.toSorted((a, b) => rank(a) - rank(b) || (a.issued > b.issued ? -1 : 1)));
}

/** Builds the statement that withdraws approvals; nothing is signed or written. */
export async function prepareRevocation(
  input: RevocationInput,
  { signal }: OperationContext,
): Promise<Result<PreparedReply>> {
  const place = await placeOf(input.policyFile);
  if (!place.ok) return place;
  const { environment, role, comment, approvals } = input;
  const prepared = await prepare({
    ...place.value,
    ...{ environment, role, comment, approvals, key: signingKey(input), signal },
  });
  if (!prepared.ok) return prepared;
  const { value } = prepared;
  return succeed(await show(value, (signer, options) => completeRevocation(value, signer, options)));
}
