import { fail, type Result, succeed } from '../base/result.ts';
import { type CommitStep, commitFiles } from '../git/commit-files.ts';
import { readBlob, resolveCommit, withObjects } from '../git/objects.ts';
import type { FileToCommit } from '../git/work-tree-files.ts';
import { isValidAt } from './allowed-signers.ts';
import { envelopeBytes, preAuthenticationEncoding } from './dsse.ts';
import { ATTRIBUTES_CONTENT, signoffFolder } from './file-names.ts';
import type { PreparedStatement } from './prepared-statement.ts';
import { allowedSignersAt } from './signoff-files.ts';
import { opensSomething, PAYLOAD_TYPE } from './statement.ts';
import { verifyEnvelope } from './verify-envelope.ts';

/** Makes an armoured SSHSIG over exactly these bytes, in the namespace `model-signoff`. Handed in: git's room holds keys. */
export type Signer = (message: Uint8Array) => Promise<Result<string>>;

export interface CompletedStatement {
  readonly commit: string;
  readonly approvalPath: string;
  readonly id: string;
  /** Nothing was signed: the same stood in HEAD before. */
  readonly already: boolean;
}

export interface CompleteOptions {
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly afterStep?: (step: CommitStep) => void | Promise<void>;
}

/**
 * Signs what was shown, checks the signature as `verify` will, commits it together with `others`, and reads it back.
 * After a crash, preparing and completing again finishes the work without a second statement.
 */
export async function completeStatement(
  prepared: PreparedStatement,
  others: readonly FileToCommit[],
  signer: Signer,
  { now, signal, afterStep }: CompleteOptions,
): Promise<Result<CompletedStatement>> {
  const { repository, approvalPath, id, already } = prepared;
  if (already !== undefined) return succeed({ ...already, already: true });
  const signed = await signedEnvelope(prepared, signer);
  if (!signed.ok) return signed;
  const envelope = signed.value;
  const checked = await checkOwn(prepared, envelope, now);
  if (!checked.ok) return checked;

  const attributes = { path: signoffFolder(prepared.policyPath).attributes, content: Buffer.from(ATTRIBUTES_CONTENT) };
  const files = [...(prepared.addAttributes ? [attributes] : []), ...others, { path: approvalPath, content: envelope }];
  const message = prepared.commitMessage;
  const committed = await commitFiles(repository, { files, message, signal, ...(afterStep && { afterStep }) });
  if (!committed.ok) return committed;
  const { commit } = committed.value;
  const written = await readBlob(repository, commit, approvalPath);
  if (written === undefined || !Buffer.from(written).equals(envelope)) {
    return fail('commit-failed', `The commit ${commit} does not hold the statement as it was signed.`);
  }
  return succeed({ commit, approvalPath, id, already: false });
}

async function signedEnvelope({ leftOver, payload }: PreparedStatement, signer: Signer): Promise<Result<Uint8Array>> {
  if (leftOver !== undefined) return succeed(leftOver);
  const signature = await signer(preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  return signature.ok ? succeed(envelopeBytes(payload, signature.value)) : signature;
}

async function checkOwn(prepared: PreparedStatement, envelope: Uint8Array, now: Date): Promise<Result<undefined>> {
  const { repository, policyPath, key } = prepared;
  const head = await resolveCommit(repository, 'HEAD');
  const signers =
    head === undefined
      ? undefined
      : await withObjects(repository, (objects) => allowedSignersAt(objects, head, signoffFolder(policyPath)));
  if (signers === undefined) return fail('signers-missing', 'HEAD has no allowed_signers any more.');
  const verified = verifyEnvelope(envelope, signers);
  if (!verified.ok) return verified;
  const { signer, statement, id } = verified.value;
  if (opensSomething(statement.predicate.decision) && !isValidAt(signer, now.getTime())) {
    return fail('signer-not-valid-now', `The key of ${signer.person} is not valid any more.`);
  }
  if (id !== prepared.id || signer.fingerprint !== key.fingerprint) {
    return fail('signature-invalid', 'The signature was made with another key than the one that was chosen.');
  }
  return succeed(undefined);
}
