import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../../src/approval/allowed-signers.ts';
import { makePerson } from './support/person.ts';

const ana = makePerson('ana@acme.example');
const ben = makePerson('ben@acme.example');
const read = (text: string) => parseAllowedSigners(text, 'allowed_signers');
const key = ana.publicKey;

test('reads people, keys, validity and namespaces, as ssh-keygen writes them', () => {
  const { byFingerprint, problems } = read(
    `# our signers\n\n${ana.line} ana's laptop\r\n"ben@acme.example" namespaces="git,model-signoff",valid-after="20260101Z",valid-before="20270101120000Z" ${ben.publicKey}\n`,
  );
  assert.deepEqual(problems, []);
  assert.equal(byFingerprint.get(ana.fingerprint)?.person, 'ana@acme.example');
  const second = byFingerprint.get(ben.fingerprint);
  assert.equal(second?.mayApprove, true);
  assert.equal(second?.validAfter, Date.parse('2026-01-01T00:00:00Z'));
  assert.equal(second?.validBefore, Date.parse('2027-01-01T12:00:00Z'));
});

test('warns of a key without a namespace, and lets it sign', () => {
  const { byFingerprint, problems } = read(`ana@acme.example ${key}`);
  assert.deepEqual(
    problems.map(({ code, severity }) => [code, severity]),
    [['signers-no-namespace', 'warning']],
  );
  assert.equal(byFingerprint.get(ana.fingerprint)?.mayApprove, true);
});

const REFUSED: readonly (readonly [string, string])[] = [
  ['a wildcard for everyone', `* ${key}`],
  ['a wildcard domain', `*@acme.example ${key}`],
  ['one key for two people on one line', `ana@acme.example,ben@acme.example ${key}`],
  ['one key for two people on two lines', `ana@acme.example ${key}\nben@acme.example ${key}`],
  [
    'an expired line and an unrestricted one for the same key',
    `ana@acme.example valid-before="20200101Z" ${key}\nana@acme.example ${key}`,
  ],
  ['a date in local time', `ana@acme.example valid-before="20270101" ${key}`],
  ['a date that does not exist', `ana@acme.example valid-before="20271301Z" ${key}`],
  ['a certificate authority', `ana@acme.example cert-authority ${key}`],
  ['an unknown option', `ana@acme.example no-touch-required ${key}`],
  ['an option twice', `ana@acme.example namespaces="git",namespaces="model-signoff" ${key}`],
  ['a namespace pattern', `ana@acme.example namespaces="*" ${key}`],
  ['an open quotation mark', `"ana@acme.example ${key}`],
  ['no key', 'ana@acme.example'],
  ['a key of another type than it says', `ana@acme.example ${key.replace('ssh-ed25519', 'ssh-rsa')}`],
  ['a key that is cut off', `ana@acme.example ${key.slice(0, -8)}`],
  ['a DSA key', 'ana@acme.example ssh-dss AAAAB3NzaC1kc3M='],
];

for (const [name, text] of REFUSED) {
  test(`refuses ${name}`, () => assert.ok(read(text).problems.some(({ severity }) => severity === 'error')));
}
