import { dirname } from 'node:path';
import { completeRollback } from '../../approval/complete-rollback.ts';
import { prepareRollback as prepare } from '../../approval/prepare-rollback.ts';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { runsOfTrustedFolder } from './load-run.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type SigningKeyInput, signingKey } from './sign-off.ts';
import { type PreparedReply, show } from './tickets.ts';

export interface RollbackInput extends SigningKeyInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly role: string;
  readonly comment: string;
}

export interface PreparedRollbackReply extends PreparedReply {
  /** The run that is gone back to. */
  readonly run: string;
}

/** Finds the version to go back to and builds the statement; nothing is signed or written. */
export async function prepareRollback(
  input: RollbackInput,
  context: OperationContext,
): Promise<Result<PreparedRollbackReply>> {
  const { policyFile, environment, role, comment } = input;
  const repository = await openRepository(dirname(policyFile));
  if (!repository.ok) return repository;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const prepared = await prepare({
    repository: repository.value,
    policyPath: pathInRepository(repository.value, policyFile),
    ...read.value,
    ...{ environment, role, comment, key: signingKey(input), now: new Date(), signal: context.signal },
    loadRun: runsOfTrustedFolder(policyFile, context),
  });
  if (!prepared.ok) return prepared;
  const { value } = prepared;
  const reply = await show(value, (signer, options) => completeRollback(value, signer, options), value.passedOver);
  return succeed({ ...reply, run: value.to.run });
}
