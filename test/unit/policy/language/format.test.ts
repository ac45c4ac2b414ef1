import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, formatPolicy } from '../../../../src/policy/language/format.ts';
import { EXAMPLE } from '../example.ts';

function formatted(text: string): string {
  return applyEdits(text, formatPolicy(text));
}

describe('formatting', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['indents by two', 'run:\n      mlflow: x\n      artifact: y\n', 'run:\n  mlflow: x\n  artifact: y\n'],
    [
      'moves comments along',
      'run:\n    # about it\n    mlflow: x # why\n    # end\n',
      'run:\n  # about it\n  mlflow: x # why\n  # end\n',
    ],
    ['keeps a comment’s distance', 'a: 1       # why\nb: 2       # that\n', 'a: 1       # why\nb: 2       # that\n'],
    ['indents lists', 'a:\n- 1\n-   b: 2\n    c: 3\n', 'a:\n  - 1\n  - b: 2\n    c: 3\n'],
    ['spaces flow collections', 'a: {b: 1,c: [ 2,3 ] , d:   4}\n', 'a: { b: 1, c: [2, 3], d: 4 }\n'],
    ['spaces keys', 'a:   1\nbcd: 2\ne :    3\n', 'a:   1\nbcd: 2\ne : 3\n'],
    ['leaves lined-up values', 'auc:    { x: 1 }\nrecall: { x: 2 }\n', 'auc:    { x: 1 }\nrecall: { x: 2 }\n'],
    [
      'keeps what a block scalar holds',
      'a:\n    b: |\n        one  \n          two\n',
      'a:\n  b: |\n      one  \n        two\n',
    ],
    ['takes blanks off the ends of lines, and ends with a newline', 'a: 1  \nb: 2', 'a: 1\nb: 2\n'],
    ['keeps carriage returns', 'a: 1 \r\nb:\r\n    c: 2\r\n', 'a: 1\r\nb:\r\n  c: 2\r\n'],
    ['leaves what is no YAML alone', 'a: [1\nb:   2\n', 'a: [1\nb:   2\n'],
  ];
  for (const [name, before, after] of cases) {
    test(name, () => assert.equal(formatted(before), after));
  }

  test('changes nothing about the sample and the design’s example', () => {
    const sample = new URL('../../../../examples/credit-risk/signoff.yaml', import.meta.url);
    assert.deepEqual(formatPolicy(readFileSync(sample, 'utf8')), []);
    assert.deepEqual(formatPolicy(EXAMPLE), []);
  });

  test('of a formatted text changes nothing more, loses no letter, and says the same', () => {
    const blanks = fc.constantFrom('', ' ', '   ', '\n', '  \n', ' # note\n');
    const lines = EXAMPLE.split('\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(lines.length - 1), blanks), { maxLength: 6 }), (changes) => {
        const text = lines.map((line, index) => line + (changes.find(([at]) => at === index)?.[1] ?? '')).join('\n');
        const once = formatted(text);
        assert.equal(once.replaceAll(/\s/gu, ''), text.replaceAll(/\s/gu, ''));
        assert.equal(formatted(once), once);
      }),
      { numRuns: 60 },
    );
  });
});
