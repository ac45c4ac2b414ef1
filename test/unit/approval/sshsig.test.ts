import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sshString } from '../../../src/approval/ssh-wire.ts';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import { armour, makePerson } from './support/person.ts';

const CORPORA = join(import.meta.dirname, '../../../../shared/corpora');
const OPENSSH = join(CORPORA, 'sshsig-openssh/testdata');
const FIXTURES = join(CORPORA, 'sshsig-fixtures/fixtures');
const read = (...path: string[]) => readFileSync(join(...path), 'latin1');
const refusalOf = (result: ReturnType<typeof verifySshsig>) => (result.ok ? 'accepted' : result.problem.code);

for (const name of ['ed25519', 'ecdsa', 'rsa', 'ecdsa_sk', 'ed25519_sk']) {
  test(`accepts OpenSSH's own ${name} signature, and no other message or namespace`, (context) => {
    if (!existsSync(OPENSSH)) return context.skip('the corpus ../shared/corpora/sshsig-openssh is not here');
    const message = readFileSync(join(OPENSSH, 'signed-data'));
    const signature = read(OPENSSH, `${name}.sig`);
    const good = verifySshsig(signature, 'unittest', message);
    assert.ok(good.ok, JSON.stringify(good));
    const listed = read(OPENSSH, `${name}.pub`).split(' ')[0];
    assert.equal(good.value.key.type, listed);
    assert.equal(
      refusalOf(verifySshsig(signature, 'unittest', Buffer.concat([message, Buffer.from('x')]))),
      'signature-invalid',
    );
    assert.equal(refusalOf(verifySshsig(signature, 'git', message)), 'signature-invalid');
  });
}

for (const [name, code] of [
  ['ecdsa_sk_webauthn', 'signature-malformed'],
  ['mldsa44-ed25519', 'key-not-supported'],
] as const) {
  test(`refuses OpenSSH's ${name} with a reason: not supported`, (context) => {
    if (!existsSync(OPENSSH)) return context.skip('the corpus ../shared/corpora/sshsig-openssh is not here');
    const result = verifySshsig(read(OPENSSH, `${name}.sig`), 'unittest', readFileSync(join(OPENSSH, 'signed-data')));
    assert.equal(refusalOf(result), code);
    assert.match(result.ok ? '' : result.problem.message, /not supported/);
  });
}

for (const name of ['ed25519', 'p256', 'p384', 'p521', 'rsa-key', 'ecdsa_sk', 'ed25519_sk']) {
  test(`accepts ssh-sig's ${name} fixture`, (context) => {
    if (!existsSync(FIXTURES)) return context.skip('the corpus ../shared/corpora/sshsig-fixtures is not here');
    const message = readFileSync(join(FIXTURES, `${name}.txt`));
    assert.ok(verifySshsig(read(FIXTURES, `${name}.txt.sig`), 'file', message).ok);
  });
}

test('no bit of a signature can be changed', () => {
  const message = Buffer.from('hello');
  const person = makePerson('ana');
  const signature = person.sign(message);
  assert.ok(verifySshsig(signature, 'model-signoff', message).ok);
  for (let at = 0; at < signature.length; at++) {
    for (const bit of [1, 2, 32]) {
      const changed =
        signature.slice(0, at) + String.fromCharCode(signature.charCodeAt(at) ^ bit) + signature.slice(at + 1);
      const result = verifySshsig(changed, 'model-signoff', message);
      assert.equal(result.ok && result.value.key.fingerprint === person.fingerprint, false, `character ${at}`);
    }
  }
});

test('a reserved field that is not empty is refused: nothing signs it', () => {
  const message = Buffer.from('hello');
  const blob = Buffer.from(makePerson('ana').sign(message).split('\n').slice(1, -2).join(''), 'base64');
  const reserved = blob.indexOf('model-signoff') + 'model-signoff'.length;
  const changed = Buffer.concat([blob.subarray(0, reserved), sshString('x'), blob.subarray(reserved + 4)]);
  assert.equal(refusalOf(verifySshsig(armour(changed), 'model-signoff', message)), 'signature-malformed');
});
