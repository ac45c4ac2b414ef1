import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { approvedModelsIn } from '../../approval/approved-models.ts';
import { completeSignOff as complete } from '../../approval/complete-sign-off.ts';
import { type PreparedSignOff, prepareSignOff as prepare } from '../../approval/prepare-sign-off.ts';
import { SIGNATURE_NAMESPACE } from '../../approval/statement.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { loadAndAssess } from '../../checks/load-and-assess.ts';
import { modelIdOf } from '../../evidence/model-files.ts';
import type { SigningKey } from '../../git/keys.ts';
import { remoteOf } from '../../git/push.ts';
import { openRepository } from '../../git/repository.ts';
import { sshSign } from '../../git/ssh-sign.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';

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

/** What is about to be signed. The bytes stay with the engine; the editor holds a ticket for exactly these. */
export interface PreparedReply {
  readonly ticket: string;
  readonly person: string;
  /** Exactly what is signed, field by field. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly model: { readonly id: string; readonly files: number };
  /** The signed JSON. */
  readonly payload: string;
  /** sha256 of the bytes that are signed. */
  readonly digest: string;
  /** What is still missing after this signature. Sentences. */
  readonly openPoints: readonly string[];
  /** The same person has signed the same before, so nothing will be signed. */
  readonly already: 'signed' | 'not-yet';
  /** Where a tag would be pushed to; undefined where the repository has no remote. */
  readonly remote: string | undefined;
}

export interface CompletedReply {
  readonly commit: string;
  readonly approval: string;
  readonly quorum: 'complete' | 'incomplete';
}

export type Ticket = { readonly ticket: string };

/** What was shown to a person and not yet signed. Nothing else can be: a ticket names exactly one of these. */
const shown = new Map<string, PreparedSignOff>();

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
  const { statement, description, payload, id, openPoints, already } = prepared.value;
  const subject = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const ticket = randomUUID();
  shown.set(ticket, prepared.value);
  return succeed({
    ticket,
    person: statement.predicate.approver,
    fields: description,
    model: { id: modelIdOf(subject), files: subject.length },
    payload: Buffer.from(payload).toString('utf8'),
    digest: id,
    openPoints,
    already: already === undefined ? 'not-yet' : 'signed',
    remote: await remoteOf(repository.value),
  });
}

/** Signs what the ticket stands for, and commits it. */
export async function completeSignOff({ ticket }: Ticket): Promise<Result<CompletedReply>> {
  const prepared = shown.get(ticket);
  if (prepared === undefined)
    return fail('ticket-unknown', 'What was shown is not there any more: start the sign-off again.');
  const { key } = prepared;
  const signer = (message: Uint8Array): Promise<Result<string>> =>
    sshSign({ key, namespace: SIGNATURE_NAMESPACE, message });
  const completed = await complete(prepared, signer, { now: new Date() });
  // A sign-off that failed for a reason that may pass, such as a locked repository, is started again from the first question.
  shown.delete(ticket);
  if (!completed.ok) return completed;
  const { commit, approvalPath, quorumComplete } = completed.value;
  return succeed({ commit, approval: approvalPath, quorum: quorumComplete ? 'complete' : 'incomplete' });
}

export async function dropSignOff({ ticket }: Ticket): Promise<Result<undefined>> {
  shown.delete(ticket);
  return succeed(undefined);
}

export function signingKey({ keyFile, publicKey, fingerprint }: SigningKeyInput): SigningKey {
  return { path: keyFile, publicKey, fingerprint, comment: '' };
}
