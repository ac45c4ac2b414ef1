import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bidiPieces, withIsolates } from '../../../src/base/bidi.ts';

/** Pieces that are isolated, in brackets. */
function bracketed(text: string): string {
  return bidiPieces(text)
    .map((piece) => (piece.kind === 'isolated' ? `[${piece.text}]` : piece.text))
    .join('');
}

const SENTENCES: readonly (readonly [string, string])[] = [
  ['no such letters, 0.5 ≥ 0.8', 'no such letters, 0.5 ≥ 0.8'],
  ['קבוצה 0.5 ≥ 0.8: holds', '[קבוצה] 0.5 ≥ 0.8: holds'],
  ['accepted by دانا الخطيب until 2026-09-01', 'accepted by [دانا الخطيب] until 2026-09-01'],
  ['שלום: 0.5, אחר: 0.6', '[שלום]: 0.5, [אחר]: 0.6'],
  // A name by itself keeps its own digits on its own side.
  ['קבוצה 2', '[קבוצה 2]'],
  ['גיל_2', '[גיל_2]'],
  ['“מודל” (risk)', '“[מודל]” (risk)'],
];
for (const [text, expected] of SENTENCES) {
  test(`isolated: ${JSON.stringify(expected)}`, () => {
    assert.equal(bracketed(text), expected);
  });
}

test('nothing is lost, and what has no such letters stays as it is', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '0', ' ', ':', '_', 'א', 'ب', '𞤀', '\u2069', '"') });
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(
        bidiPieces(text)
          .map((piece) => piece.text)
          .join(''),
        text,
      );
      if (!/[אب𞤀]/u.test(text)) assert.equal(withIsolates(text), text);
    }),
  );
});
