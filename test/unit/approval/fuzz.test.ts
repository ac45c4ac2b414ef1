import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { parseAllowedSigners } from '../../../src/approval/allowed-signers.ts';
import { decodeBase64 } from '../../../src/approval/base64.ts';
import { parseEnvelope } from '../../../src/approval/dsse.ts';
import { parseRelease } from '../../../src/approval/release-reader.ts';
import { readSshPublicKey } from '../../../src/approval/ssh-public-key.ts';
import { verifySshsig } from '../../../src/approval/sshsig.ts';
import { parseStatement } from '../../../src/approval/statement-reader.ts';
import { statementBytes } from '../../../src/approval/statement-writer.ts';
import { parseStrictJson } from '../../../src/approval/strict-json.ts';
import { armour } from './support/person.ts';
import { ana, makeWorld, mallory } from './support/sign-off-case.ts';

/** More by `MODEL_SIGNOFF_FUZZ_RUNS`. */
const numRuns = Number(process.env['MODEL_SIGNOFF_FUZZ_RUNS'] ?? 2000);
const LIMITS = { maxBytes: 1024 * 1024 };

/** Where a text was changed, and by what: mostly what readers of JSON, base64 and SSH look at. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 5 }),
    insert: fc.oneof(
      fc.constantFrom(
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '\\u0000',
        '\\ud800',
        '\ufeff',
        '\u00a0',
        '1e999',
        '-',
        '.',
      ),
      fc.constantFrom('__proto__', 'null', 'true', '=', '==', '+', '/', '\n', '\r', '\t', ' ', '\0', '*', '#', '"a"'),
      fc.string({ maxLength: 3, unit: 'binary' }),
    ),
  }),
  { maxLength: 4 },
);

type Edits = typeof edits extends fc.Arbitrary<infer Value> ? Value : never;

function edited(text: string, changes: Edits): string {
  return changes.reduce((before, { at, remove, insert }) => {
    const place = Math.floor(at * before.length);
    return before.slice(0, place) + insert + before.slice(place + remove);
  }, text);
}

const statement = statementBytes(makeWorld().sign({ by: ana }).statement).toString();

test('what strict JSON accepts, JSON.parse reads alike', () => {
  const texts = fc.oneof(
    fc.tuple(fc.json(), edits).map(([json, changes]) => edited(json, changes)),
    fc.tuple(fc.constant(statement), edits).map(([json, changes]) => edited(json, changes)),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      // Half a character becomes another one in bytes.
      const bytes = Buffer.from(text);
      const read = parseStrictJson(bytes, LIMITS);
      if (read.ok) assert.equal(JSON.stringify(read.value), JSON.stringify(JSON.parse(bytes.toString())));
    }),
    { numRuns },
  );
});

test('bytes of any kind are strict JSON or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const read = parseStrictJson(bytes, LIMITS);
      if (read.ok) JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    }),
    { numRuns },
  );
});

test('base64 has one spelling', () => {
  const texts = fc.oneof(
    fc.base64String().chain((text) => edits.map((changes) => edited(text, changes))),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = decodeBase64(text);
      if (bytes === undefined) return;
      assert.match(text, /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
      assert.equal(btoa(bytes.toString('latin1')), text);
    }),
    { numRuns },
  );
});

test('a statement is read as it is written, whatever was changed, or refused', () => {
  fc.assert(
    fc.property(edits, (changes) => {
      const bytes = Buffer.from(edited(statement, changes));
      const read = parseStatement(bytes);
      if (read.ok) assert.deepEqual(JSON.parse(statementBytes(read.value).toString()), JSON.parse(bytes.toString()));
    }),
    { numRuns },
  );
});

test('envelopes and releases of any text are read or refused', () => {
  const envelope = Buffer.from(makeWorld().sign({ by: ana }).content as Uint8Array).toString();
  fc.assert(
    fc.property(edits, (changes) => {
      parseEnvelope(Buffer.from(edited(envelope, changes)));
      parseRelease(Buffer.from(edited(statement, changes)));
    }),
    { numRuns },
  );
});

const MESSAGE = Buffer.from('message');

test('an armour of any text is a signature or refused', () => {
  const good = ana.sign(MESSAGE);
  fc.assert(
    fc.property(edits, (changes) => {
      const text = edited(good, changes);
      const read = verifySshsig(text, 'model-signoff', MESSAGE);
      if (read.ok) assert.equal(text, good);
    }),
    { numRuns },
  );
});

test('blobs of any bytes are signatures or keys or refused', () => {
  const good = Buffer.from(ana.sign(MESSAGE).split('\n').slice(1, -2).join(''), 'base64');
  const splices = fc.array(fc.tuple(fc.nat({ max: good.length }), fc.uint8Array({ maxLength: 8 })), { maxLength: 3 });
  fc.assert(
    fc.property(splices, fc.uint8Array({ maxLength: 80 }), (changes, bytes) => {
      const blob = Buffer.from(good);
      for (const [at, piece] of changes) blob.set(piece.subarray(0, Math.max(0, blob.length - at)), at);
      const read = verifySshsig(armour(blob), 'model-signoff', MESSAGE);
      if (read.ok) assert.deepEqual(blob, good);
      readSshPublicKey(bytes);
      readSshPublicKey(blob.subarray(0, 60));
    }),
    { numRuns },
  );
});

const folder = mkdtempSync(join(tmpdir(), 'signoff-fuzz-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Each time takes a process, so there are fewer of them. */
test('whoever allowed_signers of any text makes a signer, stock ssh-keygen takes for one', () => {
  const listed = `# people\n${ana.line}\n${mallory.line}\n`;
  writeFileSync(join(folder, 'signature'), ana.sign(MESSAGE));
  let accepted = 0;
  fc.assert(
    fc.property(edits, (changes) => {
      const text = edited(listed, changes);
      const { byFingerprint, problems } = parseAllowedSigners(text, 'signers');
      const signer = byFingerprint.get(ana.fingerprint);
      if (problems.some(({ severity }) => severity === 'error') || !signer?.mayApprove) return;
      accepted += 1;
      writeFileSync(join(folder, 'signers'), text);
      const args = ['-Y', 'verify', '-f', 'signers', '-I', signer.person, '-n', 'model-signoff', '-s', 'signature'];
      const { status, stderr } = spawnSync('ssh-keygen', args, { cwd: folder, input: MESSAGE, encoding: 'utf8' });
      assert.equal(status, 0, `${JSON.stringify(text)}: ${stderr}`);
    }),
    { numRuns: Math.ceil(numRuns / 20) },
  );
  assert.ok(accepted > 0);
});
