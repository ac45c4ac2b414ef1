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

test('reads spaces and tabs around a line, and anything in a comment', () => {
  const text = `\t ${ana.line} Ana\u00a0Ångström\u2028 \ufeff\n"Ben Ünal" namespaces="model-signoff"\t${ben.publicKey}\t\n`;
  const { byFingerprint, problems } = read(text);
  assert.deepEqual(problems, []);
  assert.equal(byFingerprint.get(ana.fingerprint)?.person, 'ana@acme.example');
  assert.equal(byFingerprint.get(ben.fingerprint)?.person, 'Ben Ünal');
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
  ['a day that does not exist', `ana@acme.example valid-before="20260231Z" ${key}`],
  ['a certificate authority', `ana@acme.example cert-authority ${key}`],
  ['an unknown option', `ana@acme.example no-touch-required ${key}`],
  ['an option twice', `ana@acme.example namespaces="git",namespaces="model-signoff" ${key}`],
  ['a namespace pattern', `ana@acme.example namespaces="*" ${key}`],
  ['an open quotation mark', `"ana@acme.example ${key}`],
  ['no key', 'ana@acme.example'],
  ['a byte-order mark before the first person', `\ufeff${ana.line}`],
  ['a byte-order mark before a comment', `\ufeff# our signers\n${ana.line}`],
  ['a byte-order mark in front of a later person', `${ana.line}\n\ufeff${ben.line}`],
  ['a no-break space before a person', `\u00a0${ana.line}`],
  ['a no-break space after a person, which is part of the name', ana.line.replace(' ', '\u00a0')],
  ['a no-break space between type and key', ana.line.replace('ssh-ed25519 ', 'ssh-ed25519\u00a0')],
  ['a form feed for a space', ana.line.replace(' ', '\f')],
  ['a carriage return inside a line', ana.line.replace(' ', '\r ')],
  ['a zero-width space in a name', ana.line.replace('ana', 'a\u200bna')],
  ['bytes that are not UTF-8 in a name', ana.line.replace('ana', 'a\ufffdna')],
  ['a key of another type than it says', `ana@acme.example ${key.replace('ssh-ed25519', 'ssh-rsa')}`],
  ['a key that is cut off', `ana@acme.example ${key.slice(0, -8)}`],
  ['a DSA key', 'ana@acme.example ssh-dss AAAAB3NzaC1kc3M='],
];

const PLACES: readonly (readonly [text: string, code: string, at: string])[] = [
  [`* ${key}`, 'signers-pattern', '*'],
  [`ana@acme.example,ben@acme.example ${key}`, 'signers-several-people', 'ana@acme.example,ben@acme.example'],
  [`${ana.line}\n  eve@acme.example ${key}`, 'signers-key-repeated', 'eve@acme.example'],
  [`ana@acme.example ${key}`, 'signers-no-namespace', 'ana@acme.example'],
  [`ana@acme.example namespaces="model-signoff",valid-before="20270101" ${key}`, 'signers-local-time', '20270101'],
  [`ana@acme.example valid-before="20260231Z" ${key}`, 'signers-date-malformed', '20260231Z'],
  [`ana@acme.example no-touch-required ${key}`, 'signers-option-unknown', 'no-touch-required'],
  [`ana@acme.example cert-authority ${key}`, 'signers-certificate', 'cert-authority'],
  [`ana@acme.example namespaces="g*" ${key}`, 'signers-namespace-pattern', 'g*'],
  ['ana@acme.example', 'signers-no-key', 'ana@acme.example'],
];

for (const [text, code, at] of PLACES) {
  test(`${code} is shown at its place, with the line and what to do`, () => {
    const before = '# a comment\n\n';
    const [problem] = read(before + text).problems;
    assert.equal(problem?.code, code);
    const { offset = 0, length = 0, line = 0, column = 0 } = problem?.range ?? {};
    assert.equal((before + text).slice(offset, offset + length), at);
    assert.equal((before + text).split('\n')[line - 1]?.slice(column - 1, column - 1 + length), at);
    assert.match(problem?.message ?? '', new RegExp(`^Line ${line} of allowed_signers: .+[:,] .+\\.$`));
  });
}

for (const [name, text] of REFUSED) {
  test(`refuses ${name}`, () => assert.ok(read(text).problems.some(({ severity }) => severity === 'error')));
}
