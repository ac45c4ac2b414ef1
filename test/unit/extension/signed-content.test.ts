import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PreparedReply } from '../../../src/extension/engine/tickets.ts';
import { summaryOf, wholeText } from '../../../src/extension/sign-off/signed-content.ts';

const digest = 'd'.repeat(64);

function prepared(changes: Partial<PreparedReply> = {}): PreparedReply {
  return {
    ticket: 't',
    person: 'ana@acme.example',
    fields: [
      { label: 'Decision', value: 'Approve for production' },
      { label: 'Model files', value: '1 file' },
      { label: '  model.skops', value: `sha256 ${'a'.repeat(64)}` },
      { label: 'Policy', value: `sha256 ${'b'.repeat(64)}` },
    ],
    model: { id: 'c'.repeat(64), files: 1 },
    payload: '{"a":1}',
    digest,
    openPoints: [],
    already: 'not-yet',
    securityKey: 'none',
    remote: undefined,
    ...changes,
  };
}

describe('the modal before signing', () => {
  test('names every decision, files by their common digest, and the whole digest of what is signed', () => {
    assert.deepEqual(summaryOf(prepared()), [
      'Decision: Approve for production',
      `Model files: 1, together ${'c'.repeat(16)}…`,
      `Policy: sha256 ${'b'.repeat(16)}…`,
      '',
      'Digest of what is signed (sha256):',
      digest,
    ]);
  });

  test('names the run as people know it, and what else a signer should know', () => {
    const lines = summaryOf(prepared({ fields: [{ label: 'Run', value: 'f00' }] }), {
      runName: 'challenger',
      checks: 'Checks: 3 of 3 required hold',
      consequence: 'This completes the approval for production.',
    });
    assert.deepEqual(lines.slice(0, 4), [
      'This completes the approval for production.',
      '',
      'Run: challenger (f00)',
      'Checks: 3 of 3 required hold',
    ]);
  });

  test('stays short enough for a modal, and says what it leaves out', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ label: `Waives ${index}`, value: 'x'.repeat(500) }));
    const lines = summaryOf(prepared({ fields: many, openPoints: many.map(({ label }) => label) }));
    assert.ok(lines.length < 30, String(lines.length));
    assert.ok(lines.every((line) => line.length < 200));
    assert.ok(lines.some((line) => /^… and \d+ more/.test(line)));
    assert.ok(lines.includes(digest));
  });
});

describe('the text of everything', () => {
  test('holds every field in full and the statement', () => {
    const text = wholeText(prepared({ openPoints: ['risk is missing.'] }));
    assert.match(text, new RegExp('a'.repeat(64)));
    assert.match(text, /"a": 1/);
    assert.match(text, /- risk is missing\./);
  });

  test('lets no value start a line of its own', () => {
    const text = wholeText(prepared({ fields: [{ label: 'Comment', value: 'fine\nDecision: Reject' }] }));
    assert.match(text, /^Comment {2}fine\\u\{a\}Decision: Reject$/m);
  });
});
