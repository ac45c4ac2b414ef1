import { createPublicKey, type KeyObject } from 'node:crypto';
import { fail, type Result, succeed } from '../base/result.ts';
import { fingerprintOf } from '../git/keys.ts';
import { SshWireError, SshWireReader } from './ssh-wire.ts';

export interface EcdsaCurve {
  readonly name: 'nistp256' | 'nistp384' | 'nistp521';
  readonly jwk: 'P-256' | 'P-384' | 'P-521';
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  /** Length of a coordinate, and of r and s, in bytes. */
  readonly size: number;
}

export type SshKeyAlgorithm =
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'ecdsa'; readonly curve: EcdsaCurve }
  | { readonly kind: 'rsa'; readonly modulusBytes: number }
  | { readonly kind: 'sk-ed25519'; readonly application: Buffer }
  | { readonly kind: 'sk-ecdsa'; readonly curve: EcdsaCurve; readonly application: Buffer };

/** A public key as OpenSSH writes it, ready to verify with. */
export interface SshPublicKey {
  /** The name at the start of the key, such as `ssh-ed25519`. */
  readonly type: string;
  readonly algorithm: SshKeyAlgorithm;
  readonly key: KeyObject;
  /** `SHA256:…`. One key has one fingerprint, whatever its comment. */
  readonly fingerprint: string;
}

const P256: EcdsaCurve = { name: 'nistp256', jwk: 'P-256', hash: 'sha256', size: 32 };
const CURVES: readonly EcdsaCurve[] = [
  P256,
  { name: 'nistp384', jwk: 'P-384', hash: 'sha384', size: 48 },
  { name: 'nistp521', jwk: 'P-521', hash: 'sha512', size: 66 },
];
/** Shorter RSA keys can be broken by those who would want to. */
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 16_384;

/** Reads the raw bytes of a public key. Problem: `key-not-supported`, with the reason. */
export function readSshPublicKey(blob: Uint8Array): Result<SshPublicKey> {
  try {
    const reader = new SshWireReader(blob);
    const type = reader.name();
    const read = readByType(type, reader);
    if (!read.ok) return read;
    reader.end();
    return succeed({ ...read.value, type, fingerprint: fingerprintOf(blob) });
  } catch (error) {
    if (error instanceof SshWireError) return refuse(`The public key is malformed: ${error.message}.`);
    // Node refuses points that are not on the curve, and the like.
    return refuse('The public key is malformed: its numbers are no key of its type.');
  }
}

type KeyMaterial = Pick<SshPublicKey, 'algorithm' | 'key'>;

function readByType(type: string, reader: SshWireReader): Result<KeyMaterial> {
  const curve = CURVES.find(({ name }) => type === `ecdsa-sha2-${name}`);
  if (curve !== undefined) return readEcdsa(curve, reader);
  switch (type) {
    case 'ssh-ed25519':
      return withKey(ed25519Key(reader), { kind: 'ed25519' });
    case 'sk-ssh-ed25519@openssh.com':
      return withKey(ed25519Key(reader), { kind: 'sk-ed25519', application: reader.string() });
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return withKey(ecdsaKey(P256, reader), { kind: 'sk-ecdsa', curve: P256, application: reader.string() });
    case 'ssh-rsa':
      return readRsa(reader);
    default:
      return refuse(whyNotSupported(type));
  }
}

function whyNotSupported(type: string): string {
  if (type.includes('-cert-v0'))
    return 'SSH certificates are not supported: sign with the plain key and list that key.';
  if (type.startsWith('webauthn-')) return 'WebAuthn signatures are not supported: sign with the plain security key.';
  if (type === 'ssh-dss') return 'DSA keys are too weak.';
  return `Keys of type "${type}" are not supported: use ed25519, ECDSA, RSA or a security key.`;
}

function ed25519Key(reader: SshWireReader): KeyObject {
  const point = reader.string();
  if (point.length !== 32) throw new SshWireError('its length is wrong');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' });
}

function readEcdsa(curve: EcdsaCurve, reader: SshWireReader): Result<KeyMaterial> {
  return withKey(ecdsaKey(curve, reader), { kind: 'ecdsa', curve });
}

function ecdsaKey(curve: EcdsaCurve, reader: SshWireReader): KeyObject {
  if (reader.name() !== curve.name) throw new SshWireError('its curve is not that of its type');
  const point = reader.string();
  if (point.length !== 1 + 2 * curve.size || point[0] !== 4) throw new SshWireError('its point is not uncompressed');
  const x = point.subarray(1, 1 + curve.size).toString('base64url');
  const y = point.subarray(1 + curve.size).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: curve.jwk, x, y }, format: 'jwk' });
}

function readRsa(reader: SshWireReader): Result<KeyMaterial> {
  const exponent = reader.positiveInteger();
  const modulus = reader.positiveInteger();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < MIN_RSA_BITS) return refuse(`The RSA key has ${bits} bits: at least ${MIN_RSA_BITS} are needed.`);
  if (bits > MAX_RSA_BITS) return refuse(`The RSA key has ${bits} bits: at most ${MAX_RSA_BITS} are allowed.`);
  const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') };
  return withKey(createPublicKey({ key: jwk, format: 'jwk' }), { kind: 'rsa', modulusBytes: modulus.length });
}

function withKey(key: KeyObject, algorithm: SshKeyAlgorithm): Result<KeyMaterial> {
  return succeed({ key, algorithm });
}

function refuse<Value>(message: string): Result<Value> {
  return fail('key-not-supported', message);
}
