import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { SigningBundle } from './bundle.ts';

/** The curves of OpenSSF Model Signing, each with its own hash; verifying with another one refuses what is valid. */
const CURVES: ReadonlyMap<string, { readonly name: string; readonly hash: string }> = new Map([
  ['prime256v1', { name: 'P-256', hash: 'sha256' }],
  ['secp384r1', { name: 'P-384', hash: 'sha384' }],
  ['secp521r1', { name: 'P-521', hash: 'sha512' }],
]);

/** A public key that a signature can be verified by. */
export interface VerifyingKey {
  readonly key: KeyObject;
  /** “P-384”. */
  readonly curve: string;
  readonly hash: string;
}

/** Reads a public key from PEM. Problems continue “the key …”; a private key is refused, since it must be in no policy’s folder. */
export function readVerifyingKey(bytes: Uint8Array): Result<VerifyingKey> {
  const text = Buffer.from(bytes).toString('latin1');
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return fail('key-unusable', 'is a private key; name the public one, and keep the private one to yourself');
  }
  if (!/-----BEGIN PUBLIC KEY-----/.test(text)) return fail('key-unusable', 'is not a public key in PEM');
  let key: KeyObject;
  try {
    key = createPublicKey(text);
  } catch {
    return fail('key-unusable', 'is not a public key in PEM that can be read');
  }
  const curve = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
  if (key.asymmetricKeyType !== 'ec' || curve === undefined) {
    return fail(
      'key-unusable',
      `is of a kind (${key.asymmetricKeyType ?? 'unknown'}) that OpenSSF Model Signing does not have; it has P-256, P-384 and P-521`,
    );
  }
  return succeed({ key, curve: curve.name, hash: curve.hash });
}

/** Whether the bundle’s signature is by this key, over DSSE’s pre-authentication encoding of its payload. */
export function isSignedBy({ payload, payloadType, signature }: SigningBundle, { key, hash }: VerifyingKey): boolean {
  const framed = Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `),
    payload,
  ]);
  try {
    return verify(hash, framed, key, signature);
  } catch {
    return false;
  }
}
