import { createHash, type KeyObject, verify } from 'node:crypto';
import type { EcdsaCurve, SshPublicKey } from './ssh-public-key.ts';
import { SshWireError, SshWireReader } from './ssh-wire.ts';

/** What a security key says beside its signature. */
export interface Presence {
  /** Somebody touched it. */
  readonly touched: boolean;
  /** It knew who: by PIN or finger. */
  readonly verified: boolean;
}

export interface CheckedSignature {
  /** Null for keys that are not security keys. */
  readonly presence: Presence | null;
}

const TOUCHED = 0x01;
const VERIFIED = 0x04;

/**
 * Verifies an SSH signature blob (RFC 4253 §6.6, RFC 5656, RFC 8332, PROTOCOL.u2f) over `data` with node:crypto alone.
 * Undefined when it does not verify. Throws `SshWireError` when it is malformed.
 */
export function checkSshSignature(key: SshPublicKey, blob: Uint8Array, data: Uint8Array): CheckedSignature | undefined {
  const reader = new SshWireReader(blob);
  const type = reader.name();
  const body = reader.string();
  const { algorithm } = key;
  if (algorithm.kind === 'rsa') {
    reader.end();
    return onlyIf(checkRsa(type, key.key, algorithm.modulusBytes, body, data));
  }
  if (type.startsWith('webauthn-')) throw new SshWireError('WebAuthn signatures are not supported');
  if (type !== key.type) throw new SshWireError(`its type "${type}" is not that of its key`);
  if (algorithm.kind === 'ed25519' || algorithm.kind === 'ecdsa') {
    reader.end();
    const good =
      algorithm.kind === 'ed25519'
        ? checkEd25519(key.key, body, data)
        : checkEcdsa(algorithm.curve, key.key, body, data);
    return onlyIf(good);
  }
  const flags = reader.raw(1);
  const counter = reader.raw(4);
  reader.end();
  const signed = Buffer.concat([sha256(algorithm.application), flags, counter, sha256(data)]);
  const good =
    algorithm.kind === 'sk-ed25519'
      ? checkEd25519(key.key, body, signed)
      : checkEcdsa(algorithm.curve, key.key, body, signed);
  const flag = flags[0] ?? 0;
  return onlyIf(good, { touched: (flag & TOUCHED) !== 0, verified: (flag & VERIFIED) !== 0 });
}

function onlyIf(good: boolean, presence: Presence | null = null): CheckedSignature | undefined {
  return good ? { presence } : undefined;
}

function checkEd25519(key: KeyObject, body: Buffer, data: Uint8Array): boolean {
  return body.length === 64 && verify(null, data, key, body);
}

/** r and s come as two integers; Node takes them side by side at full length. */
function checkEcdsa(curve: EcdsaCurve, key: KeyObject, body: Buffer, data: Uint8Array): boolean {
  const reader = new SshWireReader(body);
  const halves = [reader.positiveInteger(), reader.positiveInteger()];
  reader.end();
  if (halves.some((half) => half.length > curve.size)) return false;
  const signature = Buffer.concat(halves.map((half) => leftPad(half, curve.size)));
  return verify(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function checkRsa(type: string, key: KeyObject, modulusBytes: number, body: Buffer, data: Uint8Array): boolean {
  const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[type];
  if (hash === undefined) throw new SshWireError(`its type "${type}" is not rsa-sha2-512 or rsa-sha2-256`);
  // OpenSSH writes every byte of the modulus' length, so another length is another spelling of the same signature.
  return body.length === modulusBytes && verify(hash, data, key, body);
}

function leftPad(bytes: Buffer, length: number): Buffer {
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
