import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sshString } from '../../../../src/approval/ssh-wire.ts';
import { fingerprintOf } from '../../../../src/git/keys.ts';
import { armour } from './person.ts';

/** A key of any type that OpenSSH signs with; its blobs are put together here, so that they can be put together wrongly. */
export interface SshKey {
  readonly type: string;
  readonly publicBlob: Buffer;
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Names of the signatures that the key can make. */
  readonly signatureTypes: readonly string[];
  /** The bare signature over `data`, without its name. */
  readonly signRaw: (data: Uint8Array, signatureType: string) => Buffer;
}

const CURVES = { nistp256: ['P-256', 'sha256'], nistp384: ['P-384', 'sha384'], nistp521: ['P-521', 'sha512'] } as const;

export function ed25519Key(): SshKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return keyOf('ssh-ed25519', [point], ['ssh-ed25519'], (data) => sign(null, data, privateKey));
}

export function ecdsaKey(curve: keyof typeof CURVES): SshKey {
  const [namedCurve, hash] = CURVES[curve];
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const type = `ecdsa-sha2-${curve}`;
  return keyOf(type, [Buffer.from(curve), point], [type], (data) => {
    const halves = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const middle = halves.length / 2;
    return Buffer.concat([mpint(halves.subarray(0, middle)), mpint(halves.subarray(middle))]);
  });
}

export function rsaKey(bits: number): SshKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  const parts = [e, n].map((part) => mpint(Buffer.from(part, 'base64url')).subarray(4));
  const types = ['rsa-sha2-512', 'rsa-sha2-256'];
  return keyOf('ssh-rsa', parts, types, (data, type) => signRsa(privateKey, data, type));
}

/** An armoured SSHSIG, as ssh-keygen would make it. */
export function signArmoured(key: SshKey, message: Uint8Array, namespace: string): string {
  const digest = createHash('sha512').update(message).digest();
  const fields = [sshString(namespace), sshString(''), sshString('sha512')];
  const [type = ''] = key.signatureTypes;
  const raw = key.signRaw(Buffer.concat([Buffer.from('SSHSIG'), ...fields, sshString(digest)]), type);
  const signature = sshString(Buffer.concat([sshString(type), sshString(raw)]));
  const version = Buffer.from([0, 0, 0, 1]);
  return armour(Buffer.concat([Buffer.from('SSHSIG'), version, sshString(key.publicBlob), ...fields, signature]));
}

/** A positive integer as SSH writes it (RFC 4251 §5). */
export function mpint(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const shortest = Buffer.from(start < 0 ? [] : bytes.subarray(start));
  return sshString((shortest[0] ?? 0) < 0x80 ? shortest : Buffer.concat([Buffer.from([0]), shortest]));
}

function signRsa(key: KeyObject, data: Uint8Array, type: string): Buffer {
  const hashes: Readonly<Record<string, string>> = { 'rsa-sha2-512': 'sha512', 'rsa-sha2-256': 'sha256' };
  return sign(hashes[type] ?? 'sha1', data, key);
}

function keyOf(
  type: string,
  parts: readonly Uint8Array[],
  signatureTypes: readonly string[],
  signRaw: SshKey['signRaw'],
): SshKey {
  const publicBlob = Buffer.concat([sshString(type), ...parts.map((part) => sshString(part))]);
  const publicKey = `${type} ${publicBlob.toString('base64')}`;
  return { type, publicBlob, publicKey, fingerprint: fingerprintOf(publicBlob), signatureTypes, signRaw };
}
