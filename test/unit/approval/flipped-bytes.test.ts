import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ana, ben, codesOf, makeWorld } from './support/sign-off-case.ts';

const { sign, assess, verdict } = makeWorld();
const goodAna = sign({ by: ana });
const goodBen = sign({ by: ben });
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

test('one byte flipped anywhere in an approval file: refused, and the file is named', () => {
  const { content } = goodBen;
  assert.ok(typeof content === 'object');
  for (let at = 0; at < content.length; at++) {
    const answer = verdict({ files: [goodAna, { ...goodBen, content: flip(content, at) }] });
    assert.equal(answer.approved, false, `byte ${at}`);
    assert.ok(
      answer.ignored.some(({ file }) => file === goodBen.path),
      `byte ${at} is named`,
    );
  }
});

test('one byte flipped anywhere in the assessment: refused', () => {
  const bytes = assess();
  for (let at = 0; at < bytes.length; at += 7) {
    const answer = verdict({ files: [goodAna, goodBen], doctored: (same) => flip(same, at) });
    assert.deepEqual(codesOf(answer), ['assessment-changed'], `byte ${at}`);
  }
});

test('the order of files decides nothing', () => {
  assert.deepEqual(verdict({ files: [goodAna, goodBen] }), verdict({ files: [goodBen, goodAna] }));
});
