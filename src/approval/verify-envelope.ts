import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { AllowedSigner, AllowedSigners } from './allowed-signers.ts';
import { parseEnvelope, preAuthenticationEncoding } from './dsse.ts';
import type { RefusalCode } from './refusal-codes.ts';
import { verifySshsig } from './sshsig.ts';
import { type ApprovalStatement, PAYLOAD_TYPE, SIGNATURE_NAMESPACE } from './statement.ts';
import { parseStatement } from './statement-reader.ts';

/** An envelope whose signature is that of a trusted signer over exactly this statement. */
export interface VerifiedEnvelope {
  readonly id: string;
  readonly payload: Buffer;
  readonly statement: ApprovalStatement;
  readonly signer: AllowedSigner;
  /** Whether a security key made the signature, and somebody touched it. */
  readonly touched: boolean;
}

/**
 * Verifies first, parses after: nothing is read from a payload that no trusted key signed.
 * The signer is whoever the trusted file gives the key to; the envelope's own `keyid` means nothing. When the key is
 * valid is not asked here: it matters to approvals alone, and a rejection must not lapse with its key.
 */
export function verifyEnvelope(bytes: Uint8Array, signers: AllowedSigners): Result<VerifiedEnvelope> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return envelope;
  const { payload, signature } = envelope.value;
  const signed = verifySshsig(signature, SIGNATURE_NAMESPACE, preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  if (!signed.ok) return signed;
  const { key, presence } = signed.value;
  if (signers.revoked?.has(key.fingerprint))
    return refuse('key-revoked', `The key ${key.fingerprint} was revoked, and with it all that it signed.`);
  const id = sha256Hex(payload);
  if (signers.revoked?.has(id)) return refuse('statement-revoked', `The statement ${id} was revoked by a release.`);
  const signer = signers.byFingerprint.get(key.fingerprint);
  if (signer === undefined)
    return refuse('signer-unknown', `The key ${key.fingerprint} is not among the trusted signers.`);
  if (!signer.mayApprove) {
    return refuse(
      'signer-wrong-namespace',
      `The key of ${signer.person} is trusted for other purposes, not for approvals.`,
    );
  }
  if (presence !== null && !presence.touched) {
    return refuse('user-presence-missing', `The security key of ${signer.person} signed without having been touched.`);
  }
  const statement = parseStatement(payload);
  if (!statement.ok) return statement;
  const { approver } = statement.value.predicate;
  if (approver !== signer.person) {
    return refuse('approver-mismatch', `The statement names ${approver}, but the key is ${signer.person}'s.`);
  }
  return succeed({ id, payload, statement: statement.value, signer, touched: presence?.touched === true });
}

function refuse<Value>(code: RefusalCode, message: string): Result<Value> {
  return fail(code, message);
}
