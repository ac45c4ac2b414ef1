import { dirname } from 'node:path';
import { approvedModelsIn } from '../../approval/approved-models.ts';
import { completeSignOff as complete } from '../../approval/complete-sign-off.ts';
import { prepareSignOff as prepare } from '../../approval/prepare-sign-off.ts';
import { type Result, succeed } from '../../base/result.ts';
import { loadAndAssess } from '../../checks/load-and-assess.ts';
import type { SigningKey } from '../../git/keys.ts';
import { openRepository } from '../../git/repository.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type PreparedReply, show } from './tickets.ts';

export interface SigningKeyInput {
  readonly keyFile: string | undefined;
  readonly publicKey: string;
  readonly fingerprint: string;
}

export interface SignOffInput extends SigningKeyInput {
  readonly policyFile: string;
  readonly run: string;
  readonly environment: string;
  readonly decision: 'approve' | 'reject';
  readonly role: string;
  readonly comment: string;
  readonly accepted: readonly { readonly check: string; readonly reason: string }[];
  readonly waivers: readonly { readonly check: string; readonly reason: string; readonly until: string }[];
  /** `evidence` is a path below the policy's folder, or empty. */
  readonly attestations: readonly { readonly check: string; readonly evidence: string }[];
}

/** Evaluates the run anew and builds the statement; nothing is signed or written. */
export async function prepareSignOff(input: SignOffInput, context: OperationContext): Promise<Result<PreparedReply>> {
  const repository = await openRepository(dirname(input.policyFile));
  if (!repository.ok) return repository;
  const policyPath = pathInRepository(repository.value, input.policyFile);
  const { policyFile, run, environment, decision, role, comment, accepted, waivers } = input;
  // A check may compare with the model in force, so that one has to be known when what is signed is evaluated.
  const findApproved = approvedModelsIn({ policyFile, environment, now: new Date(), signal: context.signal });
  const assessed = await loadAndAssess({ policyFile, runId: run, findApproved, ...context });
  if (!assessed.ok) return assessed;
  const prepared = await prepare({
    repository: repository.value,
    policyPath,
    assessed: assessed.value,
    key: signingKey(input),
    attestations: input.attestations.map(({ check, evidence }) => ({
      check,
      evidence: evidence === '' ? [] : [evidence],
    })),
    now: new Date(),
    ...{ environment, decision, role, comment, accepted, waivers },
  });
  if (!prepared.ok) return prepared;
  return succeed(await show(prepared.value, (signer, options) => complete(prepared.value, signer, options)));
}

export function signingKey({ keyFile, publicKey, fingerprint }: SigningKeyInput): SigningKey {
  return { path: keyFile, publicKey, fingerprint, comment: '' };
}
