import { randomUUID } from 'node:crypto';
import type { CompletedStatement, CompleteOptions, Signer } from '../../approval/complete-statement.ts';
import type { PreparedStatement } from '../../approval/prepared-statement.ts';
import { SIGNATURE_NAMESPACE } from '../../approval/statement.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { modelIdOf } from '../../evidence/model-files.ts';
import { isSecurityKey } from '../../git/keys.ts';
import { remoteOf } from '../../git/push.ts';
import { sshSign } from '../../git/ssh-sign.ts';

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
  /** A security key waits until somebody touches it, and says nothing meanwhile. */
  readonly securityKey: 'touch' | 'none';
  /** Where a tag would be pushed to; undefined where the repository has no remote. */
  readonly remote: string | undefined;
}

export interface CompletedReply {
  readonly commit: string;
  readonly approval: string;
  readonly quorum: 'complete' | 'incomplete';
}

export type Ticket = { readonly ticket: string };

/** Signs and commits what was prepared. Only statements that let a model in know whether the quorum is complete. */
export type Complete = (
  signer: Signer,
  options: CompleteOptions,
) => Promise<Result<CompletedStatement & { readonly quorumComplete?: boolean }>>;

/** What was shown to a person and not yet signed. Nothing else can be: a ticket names exactly one of these. */
const shown = new Map<string, { readonly prepared: PreparedStatement; readonly complete: Complete }>();

/** Keeps what was prepared, and says what there is to show. */
export async function show(
  prepared: PreparedStatement,
  complete: Complete,
  remarks: readonly string[] = [],
): Promise<PreparedReply> {
  const { statement, description, payload, id, openPoints, already, repository } = prepared;
  const subject = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const ticket = randomUUID();
  shown.set(ticket, { prepared, complete });
  return {
    ticket,
    person: statement.predicate.approver,
    fields: description,
    model: { id: modelIdOf(subject), files: subject.length },
    payload: Buffer.from(payload).toString('utf8'),
    digest: id,
    openPoints: [...remarks, ...openPoints],
    already: already === undefined ? 'not-yet' : 'signed',
    securityKey: isSecurityKey(prepared.key) ? 'touch' : 'none',
    remote: await remoteOf(repository),
  };
}

/** Signs what the ticket stands for, and commits it. Without the passphrase that a key needs, the ticket stays good. */
export async function completeSignOff({
  ticket,
  passphrase,
}: Ticket & { readonly passphrase?: string | undefined }): Promise<Result<CompletedReply>> {
  const entry = shown.get(ticket);
  if (entry === undefined) return fail('ticket-unknown', 'What was shown is not there any more: start again.');
  const { key } = entry.prepared;
  const signer = (message: Uint8Array): Promise<Result<string>> =>
    sshSign({ key, namespace: SIGNATURE_NAMESPACE, message, passphrase: { askedBy: 'caller', passphrase } });
  const completed = await entry.complete(signer, { now: new Date() });
  if (!completed.ok && ['passphrase-needed', 'passphrase-wrong'].includes(completed.problem.code)) return completed;
  // What failed for a reason that may pass, such as a locked repository, is started again from the first question.
  shown.delete(ticket);
  if (!completed.ok) return completed;
  const { commit, approvalPath, quorumComplete } = completed.value;
  return succeed({ commit, approval: approvalPath, quorum: quorumComplete === true ? 'complete' : 'incomplete' });
}

export async function dropSignOff({ ticket }: Ticket): Promise<Result<undefined>> {
  shown.delete(ticket);
  return succeed(undefined);
}
