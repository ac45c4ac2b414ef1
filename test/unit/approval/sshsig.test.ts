import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import { makePerson } from './support/person.ts';

const CORPORA = join(import.meta.dirname, '../../../../shared/corpora');
const OPENSSH = join(CORPORA, 'sshsig-openssh/testdata');
const FIXTURES = join(CORPORA, 'sshsig-fixtures/fixtures');
const read = (...path: string[]) => readFileSync(join(...path), 'latin1');
const refusalOf = (result: ReturnType<typeof verifySshsig>) => (result.ok ? 'accepted' : result.problem.code);

for (const name of ['ed25519', 'ecdsa', 'rsa', 'ecdsa_sk', 'ed25519_sk']) {
  test(`accepts OpenSSH's own ${name} signature, and no other message or namespace`, (context) => {
    if (!existsSync(OPENSSH)) return context.skip('the corpus ../shared/corpora/sshsig-openssh is not here');
    const message = readFileSync(join(OPENSSH, 'signed-data'));
    const armour = read(OPENSSH, `${name}.sig`);
    const good = verifySshsig(armour, 'unittest', message);
    assert.ok(good.ok, JSON.stringify(good));
    const listed = read(OPENSSH, `${name}.pub`).split(' ')[0];
    assert.equal(good.value.key.type, listed);
    assert.equal(
      refusalOf(verifySshsig(armour, 'unittest', Buffer.concat([message, Buffer.from('x')]))),
      'signature-invalid',
    );
    assert.equal(refusalOf(verifySshsig(armour, 'git', message)), 'signature-invalid');
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
  const armour = person.sign(message);
  assert.ok(verifySshsig(armour, 'model-signoff', message).ok);
  for (let at = 0; at < armour.length; at++) {
    for (const bit of [1, 2, 32]) {
      const changed = armour.slice(0, at) + String.fromCharCode(armour.charCodeAt(at) ^ bit) + armour.slice(at + 1);
      const result = verifySshsig(changed, 'model-signoff', message);
      assert.equal(result.ok && result.value.key.fingerprint === person.fingerprint, false, `character ${at}`);
    }
  }
});
