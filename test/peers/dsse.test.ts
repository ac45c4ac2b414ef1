import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../src/approval/allowed-signers.ts';
import { envelopeBytes, preAuthenticationEncoding } from '../../src/approval/dsse.ts';
import { PAYLOAD_TYPE, SIGNATURE_NAMESPACE } from '../../src/approval/statement.ts';
import { statementBytes } from '../../src/approval/statement-writer.ts';
import { verifyEnvelope } from '../../src/approval/verify-envelope.ts';
import { ana, makeWorld } from '../unit/approval/support/sign-off-case.ts';
import { ecdsaKey, ed25519Key, rsaKey, type SshKey, signArmoured } from '../unit/approval/support/ssh-keys.ts';
import { goProgram, pathOf, unlessTools } from './gate-tools.ts';

/** An implementation in Go that shares no line with ours: go-securesystemslib's DSSE and hiddeco's SSHSIG. */
const verifier = goProgram('dsse_verifier');

const KEYS: readonly SshKey[] = [
  ...[ed25519Key(), ecdsaKey('nistp256'), ecdsaKey('nistp384'), ecdsaKey('nistp521')],
  ...[rsaKey(2048), rsaKey(3072)],
];
const LINES = KEYS.map(({ publicKey }, index) => `person${index} namespaces="${SIGNATURE_NAMESPACE}" ${publicKey}\n`);
const SIGNERS = parseAllowedSigners(LINES.join(''), 'signers');

function theyAccept(envelopes: readonly Uint8Array[]): readonly boolean[] {
  const input = JSON.stringify({
    namespace: SIGNATURE_NAMESPACE,
    signers: KEYS.map(({ publicKey }) => publicKey),
    envelopes: envelopes.map((bytes) => Buffer.from(bytes).toString('base64')),
  });
  const { status, stdout, stderr } = spawnSync(pathOf(verifier), { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

function weAccept(bytes: Uint8Array): boolean {
  return verifyEnvelope(bytes, SIGNERS).ok;
}

interface Making {
  readonly person?: number;
  readonly payload?: (bytes: Buffer) => Buffer;
  readonly type?: string;
  readonly namespace?: string;
  readonly key?: SshKey;
}

function envelope({ person = 0, payload = (bytes) => bytes, ...rest }: Making): Buffer {
  const { type = PAYLOAD_TYPE, namespace = SIGNATURE_NAMESPACE, key = KEYS[person] } = rest;
  assert.ok(key);
  const { statement } = makeWorld().sign({ by: ana, predicate: { approver: `person${person}` } });
  const bytes = Buffer.from(statementBytes(statement));
  return envelopeBytes(payload(bytes), signArmoured(key, preAuthenticationEncoding(type, bytes), namespace));
}

test('accepts our envelopes, of every kind of key', unlessTools(verifier), () => {
  const envelopes = KEYS.map((_, person) => envelope({ person }));
  assert.deepEqual(
    theyAccept(envelopes),
    envelopes.map(() => true),
  );
  assert.deepEqual(
    envelopes.map(weAccept),
    envelopes.map(() => true),
  );
});

const text = (bytes: Buffer, from: string | RegExp, to: string): Buffer =>
  Buffer.from(bytes.toString().replace(from, to));

const FORGED: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['a payload that was not signed', envelope({ payload: (bytes) => text(bytes, '"approve"', '"reject"') })],
  ['another payload type than was signed', envelope({ type: 'application/json' })],
  ['another payload type in the file', text(envelope({}), PAYLOAD_TYPE, 'application/json')],
  ['a signature for git', envelope({ namespace: 'git' })],
  ["a stranger's signature", envelope({ key: ed25519Key() })],
  ['no signature', text(envelope({}), /"signatures":\[.*\]/, '"signatures":[]')],
  ['a signature that is none', text(envelope({}), /"sig":".*"/, '"sig":"AAAA"')],
  ['no payload', text(envelope({}), /"payload":"[^"]*"/, '"payload":""')],
];

for (const [what, bytes] of FORGED) {
  test(`refuses, as we do, ${what}`, unlessTools(verifier), () => {
    assert.deepEqual(theyAccept([bytes]), [false]);
    assert.equal(weAccept(bytes), false);
  });
}

test('refuses every changed byte that we refuse, unless it means the same', unlessTools(verifier), () => {
  const honest = envelope({});
  const meaning = (bytes: Uint8Array): string => {
    const { payloadType, payload } = JSON.parse(Buffer.from(bytes).toString());
    return `${payloadType} ${Buffer.from(payload, 'base64').toString('base64')}`;
  };
  const changed = Array.from(honest, (_, at) => honest.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  const theirs = theyAccept(changed);
  assert.equal(changed.filter(weAccept).length, 0);
  for (const [at, accepted] of theirs.entries()) {
    if (accepted) assert.equal(meaning(changed[at] ?? honest), meaning(honest), `byte ${at}`);
  }
  assert.ok(theirs.filter(Boolean).length < 20, `${theirs.filter(Boolean).length} spellings`);
});
