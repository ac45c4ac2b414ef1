import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sshString } from '../../../../src/approval/ssh-wire.ts';

const TYPE = 'sk-ssh-ed25519@openssh.com';

/** The file of a security key whose device is in a drawer somewhere, as ssh-keygen writes it (PROTOCOL.key). */
export function writeSecurityKeyFile(folder: string): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const point = sshString(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  const identity = Buffer.concat([sshString(TYPE), point, sshString('ssh:')]);
  const check = randomBytes(4);
  const flags = Buffer.from([1]);
  const secret = [check, check, identity, flags, sshString(randomBytes(32)), sshString(''), sshString('key')];
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...[sshString('none'), sshString('none'), sshString(''), Buffer.from([0, 0, 0, 1])],
    ...[sshString(identity), sshString(padded(Buffer.concat(secret)))],
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  const file = join(folder, 'id_ed25519_sk');
  const armour = ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''];
  writeFileSync(file, armour.join('\n'), { mode: 0o600 });
  writeFileSync(`${file}.pub`, `${TYPE} ${identity.toString('base64')} key\n`);
  return file;
}

/** 1, 2, 3 … up to a block's end. */
function padded(bytes: Buffer): Buffer {
  const missing = (8 - (bytes.length % 8)) % 8;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
