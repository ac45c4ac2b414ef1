import { fail, type Result, succeed } from '../base/result.ts';
import { commitFiles } from '../git/commit-files.ts';
import { isSecurityKey } from '../git/keys.ts';
import type { CompleteOptions, Signer } from './complete-statement.ts';
import { envelopeOfSeveralBytes, preAuthenticationEncoding } from './dsse.ts';
import { ATTRIBUTES_CONTENT } from './file-names.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { type ReleaseState, releaseState } from './release-state.ts';
import { readSignedRelease } from './signed-release.ts';
import { PAYLOAD_TYPE } from './statement.ts';

export interface CompletedRelease {
  /** Undefined where nothing had to be signed. */
  readonly commit: string | undefined;
  readonly path: string;
  readonly number: number;
  /** What it lacks before pipelines follow it; undefined when it is in force. */
  readonly lacks: string | undefined;
}

/**
 * Signs the release that was shown, checks the signature as `verify` will, and commits the file with it. Where somebody
 * else signed meanwhile nothing of theirs is lost: the problem is `changed-meanwhile`, and preparing again takes up the
 * signature that was just made.
 */
export async function completeRelease(
  prepared: PreparedRelease,
  signer: Signer,
  { signal, afterStep }: Omit<CompleteOptions, 'now'>,
): Promise<Result<CompletedRelease>> {
  const { state, statement, path, committed } = prepared;
  const { repository, folder } = state;
  const { number } = statement.predicate;
  if (prepared.already) return describeState(undefined, path, number, state);
  const bytes = await signedBytes(prepared, signer);
  if (!bytes.ok) return bytes;
  const release = {
    path,
    content: bytes.value,
    follows: committed ?? ('nothing' as const),
    takesUp: prepared.leftOver?.bytes,
  };
  const attributes = { path: folder.attributes, content: Buffer.from(ATTRIBUTES_CONTENT) };
  const files = [...(state.hasAttributes ? [] : [attributes]), release];
  const message = `Sign release ${number} of ${statement.predicate.project}\n\nStatement: ${prepared.id}\n`;
  const done = await commitFiles(repository, { files, message, signal, ...(afterStep && { afterStep }) });
  if (!done.ok) return done;
  const after = await releaseState(repository, state.policyPath);
  return after.ok ? describeState(done.value.commit, path, number, after.value) : after;
}

async function signedBytes(prepared: PreparedRelease, signer: Signer): Promise<Result<Buffer>> {
  const { payload, signatures, key, leftOver } = prepared;
  const made =
    leftOver === undefined
      ? await signer(preAuthenticationEncoding(PAYLOAD_TYPE, payload))
      : succeed(leftOver.signature);
  if (!made.ok) return made;
  const all = new Map([...signatures, [key.fingerprint, made.value]]);
  const bytes = envelopeOfSeveralBytes(payload, [...all.values()]);
  const read = readSignedRelease(bytes);
  if (!read.ok) return read;
  const lost = [...all.keys()].find((fingerprint) => !read.value.signatures.has(fingerprint));
  if (lost === undefined) return succeed(bytes);
  const touch = isSecurityKey(key) ? ', or the security key was not touched' : '';
  return fail('signature-invalid', `The signature is not one of the key ${lost} over this release${touch}.`);
}

function describeState(
  commit: string | undefined,
  path: string,
  number: number,
  { chain }: Pick<ReleaseState, 'chain'>,
): Result<CompletedRelease> {
  const lacks = chain.waiting?.release.statement.predicate.number === number ? chain.waiting.lacks : undefined;
  return succeed({ commit, path, number, lacks });
}
