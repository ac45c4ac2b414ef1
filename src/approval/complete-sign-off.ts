import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile, sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { type CommitStep, commitFiles } from '../git/commit-files.ts';
import { readBlob, resolveCommit, withObjects } from '../git/objects.ts';
import type { FileToCommit } from '../git/work-tree-files.ts';
import type { Policy } from '../policy/schema.ts';
import { isValidAt } from './allowed-signers.ts';
import { envelopeBytes, preAuthenticationEncoding } from './dsse.ts';
import { ATTRIBUTES_CONTENT, signoffFolder } from './file-names.ts';
import type { PreparedSignOff } from './prepare-sign-off.ts';
import { readPolicyBytes } from './read-policy.ts';
import { allowedSignersAt } from './signoff-files.ts';
import { approvalSituation, verdictByHead } from './situation.ts';
import { PAYLOAD_TYPE } from './statement.ts';
import type { Verdict } from './verdict.ts';
import { verifyEnvelope } from './verify-envelope.ts';

/** Makes an armoured SSHSIG over exactly these bytes, in the namespace `model-signoff`. Handed in: git's room holds keys. */
export type Signer = (message: Uint8Array) => Promise<Result<string>>;

export interface CompletedSignOff {
  readonly commit: string;
  readonly approvalPath: string;
  readonly id: string;
  /** By HEAD's own signers and policy; the pipeline asks `verify`. */
  readonly quorumComplete: boolean;
  readonly verdict: Verdict;
  /** Nothing was signed: the same stood in HEAD before. */
  readonly already: boolean;
}

export interface CompleteOptions {
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly afterStep?: (step: CommitStep) => void | Promise<void>;
}

/**
 * Signs what was shown, checks the signature as `verify` will, commits assessment and approval together, and reads them
 * back. Anything that changed since it was shown stops it. After a crash, preparing and completing again finishes the
 * work without a second approval.
 */
export async function completeSignOff(
  prepared: PreparedSignOff,
  signer: Signer,
  options: CompleteOptions,
): Promise<Result<CompletedSignOff>> {
  const { already } = prepared;
  if (already !== undefined) return succeed({ ...already, ...(await standingNow(prepared, options)), already: true });
  const changed = await whatChanged(prepared, options.signal);
  if (changed !== undefined) return fail('changed-since-shown', changed);

  const signed = await signedEnvelope(prepared, signer);
  if (!signed.ok) return signed;
  const envelope = signed.value;
  const checked = await checkOwn(prepared, envelope, options.now);
  if (!checked.ok) return checked;

  const files: FileToCommit[] = [
    ...(prepared.addAttributes
      ? [{ path: signoffFolder(prepared.policyPath).attributes, content: Buffer.from(ATTRIBUTES_CONTENT) }]
      : []),
    { path: prepared.assessmentPath, content: prepared.assessmentBytes },
    { path: prepared.approvalPath, content: envelope },
  ];
  const message = prepared.commitMessage;
  const { repository } = prepared;
  const { signal, afterStep } = options;
  const committed = await commitFiles(repository, { files, message, signal, ...(afterStep && { afterStep }) });
  if (!committed.ok) return committed;
  const { commit } = committed.value;
  const written = await readBlob(repository, commit, prepared.approvalPath);
  if (written === undefined || !Buffer.from(written).equals(envelope)) {
    return fail('commit-failed', `The commit ${commit} does not hold the approval as it was signed.`);
  }
  const { approvalPath, id } = prepared;
  return succeed({ commit, approvalPath, id, ...(await standingNow(prepared, options)), already: false });
}

async function signedEnvelope({ leftOver, payload }: PreparedSignOff, signer: Signer): Promise<Result<Uint8Array>> {
  if (leftOver !== undefined) return succeed(leftOver);
  const signature = await signer(preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  return signature.ok ? succeed(envelopeBytes(payload, signature.value)) : signature;
}

/** Re-hashes the model and looks at the policy again: minutes may have passed while a person read. */
async function whatChanged(prepared: PreparedSignOff, signal: AbortSignal | undefined): Promise<string | undefined> {
  const { statement, repository, policyPath } = prepared;
  for (const { name, digest } of statement.subject) {
    const path = join(prepared.modelFolder, name);
    const isFile = await lstat(path).then(
      (stat) => stat.isFile(),
      () => false,
    );
    const sha256 = isFile ? await hashFile(path, signal === undefined ? {} : { signal }) : undefined;
    if (sha256 !== digest.sha256)
      return `The model file ${name} has changed since it was shown: evaluate and sign again.`;
  }
  const head = await resolveCommit(repository, 'HEAD');
  const policy = head === undefined ? undefined : await readBlob(repository, head, policyPath);
  const same = policy !== undefined && sha256Hex(policy) === statement.predicate.policy.sha256;
  return same ? undefined : 'The policy has changed since it was shown: evaluate and sign again.';
}

async function checkOwn(prepared: PreparedSignOff, envelope: Uint8Array, now: Date): Promise<Result<undefined>> {
  const { repository, policyPath, key } = prepared;
  const head = await resolveCommit(repository, 'HEAD');
  const signers =
    head === undefined
      ? undefined
      : await withObjects(repository, (objects) => allowedSignersAt(objects, head, signoffFolder(policyPath)));
  if (signers === undefined) return fail('signers-missing', 'HEAD has no allowed_signers any more.');
  const verified = verifyEnvelope(envelope, signers);
  if (!verified.ok) return verified;
  const { signer, statement } = verified.value;
  if (statement.predicate.decision === 'approve' && !isValidAt(signer, now.getTime())) {
    return fail('signer-not-valid-now', `The key of ${signer.person} is not valid any more.`);
  }
  if (verified.value.id !== prepared.id || verified.value.signer.fingerprint !== key.fingerprint) {
    return fail('signature-invalid', 'The signature was made with another key than the one that was chosen.');
  }
  return succeed(undefined);
}

async function standingNow(prepared: PreparedSignOff, { now, signal }: CompleteOptions) {
  const { repository, policyPath, statement } = prepared;
  const head = await resolveCommit(repository, 'HEAD');
  const policyBytes = (head && (await readBlob(repository, head, policyPath))) || new Uint8Array();
  const policy: Result<Policy> = readPolicyBytes(policyBytes, policyPath);
  if (!policy.ok) throw new Error(`The policy that was signed for can't be read: ${policy.problem.message}`);
  const { environment, run } = statement.predicate;
  const situation = await approvalSituation({ repository, policyPath, policy: policy.value, environment, now, signal });
  const files = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const modelId =
    situation.statements.find(({ id }) => id === prepared.id || id === prepared.already?.id)?.modelId ?? '';
  const verdict = verdictByHead(situation, { model: { modelId, files }, run, policyBytes });
  return { quorumComplete: verdict.approved, verdict };
}
