import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { EXAMPLE } from './example.ts';

const BLANKS = ['""', '" "', '"\\t \\n"', '"\\u00a0"', '"\\u200b"', '"\\u2800"', '"\\u3164"', '"\\ufeff"', '"\\u00ad"'];

test('a reason, a title or a text that shows nothing is refused', () => {
  for (const key of ['not_applicable', 'title', 'why']) {
    for (const blank of BLANKS) {
      const text = EXAMPLE.replace('{ check: metric,', `{ check: metric, ${key}: ${blank},`);
      assert.notEqual(text, EXAMPLE);
      const { value, problems } = parsePolicy(text, 'signoff.yaml');
      assert.equal(value, undefined, `${key}: ${blank}`);
      assert.deepEqual(
        problems.map(({ message }) => message),
        [`"${key}" is ${blank === '""' ? 'empty' : 'blank'}; write something or remove it.`],
      );
    }
  }
});
