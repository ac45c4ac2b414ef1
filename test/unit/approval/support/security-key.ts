import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sshString } from '../../../../src/approval/ssh-wire.ts';
import { fingerprintOf } from '../../../../src/git/keys.ts';
import { armour, type TestPerson } from './person.ts';

/** What a security key puts into each signature (OpenSSH's PROTOCOL.u2f). */
export const TOUCHED = 0x01;
export const VERIFIED = 0x04;

export type SecurityKeyType = 'sk-ssh-ed25519@openssh.com' | 'sk-ecdsa-sha2-nistp256@openssh.com';

/** A security key that is made of software: it signs as one that was touched, or was not, would. */
export function makeSecurityKey(name: string, type: SecurityKeyType, flags = TOUCHED): TestPerson {
  const { publicKey, privateKey } = type.includes('ed25519')
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const blob = Buffer.concat([sshString(type), keyFields(publicKey), sshString('ssh:')]);
  const text = `${type} ${blob.toString('base64')}`;
  return {
    name,
    publicKey: text,
    fingerprint: fingerprintOf(blob),
    line: `${name} namespaces="model-signoff" ${text}`,
    sign: (message, namespace = 'model-signoff') => {
      const fields = [sshString(namespace), sshString(''), sshString('sha512')];
      const digest = createHash('sha512').update(message).digest();
      const data = Buffer.concat([Buffer.from('SSHSIG'), ...fields, sshString(digest)]);
      const said = Buffer.from([flags, 0, 0, 0, 7]); // and the counter
      const signed = Buffer.concat([sha256('ssh:'), said, sha256(data)]);
      const body = Buffer.concat([sshString(type), sshString(signatureBody(type, privateKey, signed)), said]);
      const version = Buffer.from([0, 0, 0, 1]);
      return armour(Buffer.concat([Buffer.from('SSHSIG'), version, sshString(blob), ...fields, sshString(body)]));
    },
  };
}

function keyFields(key: KeyObject): Buffer {
  const { x = '', y } = key.export({ format: 'jwk' });
  const first = Buffer.from(x, 'base64url');
  if (y === undefined) return sshString(first);
  const point = Buffer.concat([Buffer.from([4]), first, Buffer.from(y, 'base64url')]);
  return Buffer.concat([sshString('nistp256'), sshString(point)]);
}

function signatureBody(type: SecurityKeyType, key: KeyObject, signed: Buffer): Buffer {
  if (type.includes('ed25519')) return sign(null, signed, key);
  const halves = sign('sha256', signed, { key, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([mpint(halves.subarray(0, 32)), mpint(halves.subarray(32))]);
}

/** A positive integer in its shortest form (RFC 4251 §5). */
function mpint(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const shortest = bytes.subarray(start);
  return sshString((shortest[0] ?? 0) < 0x80 ? shortest : Buffer.concat([Buffer.from([0]), shortest]));
}

function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}
