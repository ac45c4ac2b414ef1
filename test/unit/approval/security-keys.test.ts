import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import { scratchFolder } from '../git/support/scratch-repository.ts';
import { makeSecurityKey, type SecurityKeyType, TOUCHED, VERIFIED } from './support/security-key.ts';

const MESSAGE = Buffer.from('the bytes that are signed');
const TYPES: readonly SecurityKeyType[] = ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'];

for (const type of TYPES) {
  for (const [what, flags, presence] of [
    ['touched', TOUCHED, { touched: true, verified: false }],
    ['touched by somebody it knows', TOUCHED | VERIFIED, { touched: true, verified: true }],
    ['not touched', 0, { touched: false, verified: false }],
  ] as const) {
    test(`${type}, ${what}: read as stock ssh-keygen reads it, with what the key says of its touch`, (context) => {
      const person = makeSecurityKey('ana@acme.example', type, flags);
      const signature = person.sign(MESSAGE);
      const verified = verifySshsig(signature, 'model-signoff', MESSAGE);
      assert.ok(verified.ok, JSON.stringify(verified));
      assert.deepEqual(verified.value.presence, presence);
      assert.equal(verified.value.key.fingerprint, person.fingerprint);

      const folder = scratchFolder(context);
      writeFileSync(join(folder, 'signers'), `${person.line}\n`);
      writeFileSync(join(folder, 'sig'), signature);
      const args = ['-Y', 'verify', '-f', 'signers', '-I', person.name, '-n', 'model-signoff', '-s', 'sig'];
      // ssh-keygen asks for no touch, which is why we look ourselves.
      assert.equal(spawnSync('ssh-keygen', args, { cwd: folder, input: MESSAGE }).status, 0);
      assert.notEqual(spawnSync('ssh-keygen', args, { cwd: folder, input: 'other bytes' }).status, 0);
    });
  }
}

test('what a key says of its touch is signed: changing it breaks the signature', () => {
  const untouched = makeSecurityKey('ana@acme.example', 'sk-ssh-ed25519@openssh.com', 0);
  const lines = untouched.sign(MESSAGE).split('\n').slice(1, -2);
  const blob = Buffer.from(lines.join(''), 'base64');
  blob[blob.length - 5] = TOUCHED;
  const changed = blob.toString('base64').match(/.{1,70}/g) ?? [];
  const armoured = `-----BEGIN SSH SIGNATURE-----\n${changed.join('\n')}\n-----END SSH SIGNATURE-----\n`;
  const verified = verifySshsig(armoured, 'model-signoff', MESSAGE);
  assert.equal(verified.ok ? 'accepted' : verified.problem.code, 'signature-invalid');
});
