import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PreparedReply } from '../../../src/extension/engine/tickets.ts';
import { reviewDocument } from '../../../src/extension/panels/review-document.ts';
import { summaryOf } from '../../../src/extension/sign-off/signed-content.ts';

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
      checks: 'Checks: 3 of 3 required checks hold',
      consequence: 'This completes the approval for production.',
    });
    assert.deepEqual(lines.slice(0, 4), [
      'This completes the approval for production.',
      '',
      'Run: challenger (f00)',
      'Checks: 3 of 3 required checks hold',
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

describe('the panel behind it', () => {
  const textOf = (changes: Partial<PreparedReply>): string => JSON.stringify(reviewDocument(prepared(changes)));

  test('holds every field in full, the statement and its digest', () => {
    const text = textOf({ openPoints: ['risk is missing.'] });
    for (const part of ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64), digest, 'risk is missing.'])
      assert.ok(text.includes(part), part);
    const [passage] = reviewDocument(prepared()).passages ?? [];
    assert.deepEqual(passage?.paragraphs.at(-1), { code: '{\n  "a": 1\n}' });
  });

  test('offers nothing to sign with', () => {
    assert.deepEqual(reviewDocument(prepared()).actions, []);
  });

  test('shows what would hide or reorder text, in a field and in the statement', () => {
    const payload = JSON.stringify({ comment: 'no\u202eyes', lines: 'a\nb' });
    const text = textOf({ payload, fields: [{ label: 'Comment', value: 'fine\nDecision: Reject' }] });
    assert.ok(!text.includes('\u202e'));
    assert.match(text, /no\\\\u\{202e\}yes/);
    assert.match(text, /fine\\\\u\{a\}Decision: Reject/);
  });
});
