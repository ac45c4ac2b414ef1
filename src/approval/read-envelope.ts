import { sha256Hex } from '../base/hashing.ts';
import { type Result, succeed } from '../base/result.ts';
import { parseEnvelope, preAuthenticationEncoding } from './dsse.ts';
import { verifySshsig } from './sshsig.ts';
import { type ApprovalStatement, PAYLOAD_TYPE, SIGNATURE_NAMESPACE } from './statement.ts';
import { parseStatement } from './statement-reader.ts';

/** An approval as it lies there: the key did sign these bytes. Whether the key is anybody's is another question. */
export interface ReadEnvelope {
  readonly id: string;
  readonly statement: ApprovalStatement;
  /** OpenSSH fingerprint of the key that made the signature. */
  readonly fingerprint: string;
}

/** Reads an approval file for showing it. Trusts nobody: callers that decide use `verify`. */
export function readEnvelope(bytes: Uint8Array): Result<ReadEnvelope> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return envelope;
  const { payload, signature } = envelope.value;
  const signed = verifySshsig(signature, SIGNATURE_NAMESPACE, preAuthenticationEncoding(PAYLOAD_TYPE, payload));
  if (!signed.ok) return signed;
  const statement = parseStatement(payload);
  if (!statement.ok) return statement;
  return succeed({ id: sha256Hex(payload), statement: statement.value, fingerprint: signed.value.key.fingerprint });
}
