import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { parseEnvelopeOfSeveral, preAuthenticationEncoding } from './dsse.ts';
import { MAX_RELEASE_BYTES, MAX_ROOTS, type ReleaseStatement } from './release.ts';
import { parseRelease } from './release-reader.ts';
import { verifySshsig } from './sshsig.ts';
import { PAYLOAD_TYPE, SIGNATURE_NAMESPACE } from './statement.ts';

/** A release as it lies there, and whose keys signed it. Whether those are enough, the chain of releases says. */
export interface SignedRelease {
  /** sha256 of the payload. */
  readonly id: string;
  /** The whole file. */
  readonly bytes: Uint8Array;
  readonly statement: ReleaseStatement;
  /** Fingerprint of a key → its signature. Each key counts once, however often it signed. */
  readonly signatures: ReadonlyMap<string, string>;
}

/** Old and new roots may all sign; whatever is beyond that is there to waste time. */
const MAX_SIGNATURES = 2 * MAX_ROOTS;

/**
 * Reads a release's envelope. A signature that does not verify, or of a security key that nobody touched, is as good as
 * none. Problems: `release-malformed`.
 */
export function readSignedRelease(bytes: Uint8Array): Result<SignedRelease> {
  const envelope = parseEnvelopeOfSeveral(bytes, { maxBytes: MAX_RELEASE_BYTES });
  if (!envelope.ok) return fail('release-malformed', envelope.problem.message);
  const { payload, signatures } = envelope.value;
  if (signatures.length > MAX_SIGNATURES)
    return fail('release-malformed', `It has ${signatures.length} signatures, more than ${MAX_SIGNATURES}.`);
  const statement = parseRelease(payload);
  if (!statement.ok) return statement;
  const message = preAuthenticationEncoding(PAYLOAD_TYPE, payload);
  const byKey = new Map<string, string>();
  for (const signature of signatures) {
    const signed = verifySshsig(signature, SIGNATURE_NAMESPACE, message);
    if (!signed.ok || signed.value.presence?.touched === false) continue;
    const { fingerprint } = signed.value.key;
    if (!byKey.has(fingerprint)) byKey.set(fingerprint, signature);
  }
  return succeed({ id: sha256Hex(payload), bytes, statement: statement.value, signatures: byKey });
}
