import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sshString } from '../../../../src/approval/ssh-wire.ts';
import { fingerprintOf } from '../../../../src/git/keys.ts';

/** Somebody with an ed25519 key, who signs without a process, so that tests can sign thousands of times. */
export interface TestPerson {
  readonly name: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly line: string;
  sign(message: Uint8Array, namespace?: string): string;
}

export function makePerson(name: string): TestPerson {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const blob = publicBlob(publicKey);
  const text = `ssh-ed25519 ${blob.toString('base64')}`;
  return {
    name,
    publicKey: text,
    fingerprint: fingerprintOf(blob),
    line: `${name} namespaces="model-signoff" ${text}`,
    sign: (message, namespace = 'model-signoff') => armour(sshsigBlob(blob, privateKey, message, namespace)),
  };
}

export function armour(blob: Uint8Array): string {
  const lines =
    Buffer.from(blob)
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
}

function sshsigBlob(publicKey: Buffer, privateKey: KeyObject, message: Uint8Array, namespace: string): Buffer {
  const digest = createHash('sha512').update(message).digest();
  const fields = [sshString(namespace), sshString(''), sshString('sha512')];
  const signature = sign(null, Buffer.concat([Buffer.from('SSHSIG'), ...fields, sshString(digest)]), privateKey);
  const version = Buffer.from([0, 0, 0, 1]);
  const body = sshString(Buffer.concat([sshString('ssh-ed25519'), sshString(signature)]));
  return Buffer.concat([Buffer.from('SSHSIG'), version, sshString(publicKey), ...fields, body]);
}

function publicBlob(key: KeyObject): Buffer {
  const { x } = key.export({ format: 'jwk' });
  return Buffer.concat([sshString('ssh-ed25519'), sshString(Buffer.from(x ?? '', 'base64url'))]);
}
