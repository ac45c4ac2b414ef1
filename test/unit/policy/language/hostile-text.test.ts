import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { askEverything, askOf } from './every-question.ts';
import { LONG_TEXTS, mutatedPolicies } from './mutations.ts';

const CORPORA = fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
const yamlSuite = process.env['YAML_TEST_SUITE'] ?? `${CORPORA}/yaml`;

test('every text of the YAML test suite gets an answer to every question', {
  skip: existsSync(yamlSuite) ? false : `${yamlSuite} is not here`,
}, () => {
  const inputs = readdirSync(yamlSuite, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('in.yaml'),
  );
  assert.ok(inputs.length > 300);
  for (const [index, input] of inputs.entries()) {
    const text = readFileSync(`${yamlSuite}/${input}`, 'utf8');
    askEverything(text, [0, Math.floor((text.length * (index % 7)) / 7), text.length]);
  }
});

// A few of the many that test/bench/policy-language.ts asks; what came of all of them is in policy-language.md beside it.
test('mutated policies get an answer to every question, inside the text', () => {
  for (const { text, offset } of mutatedPolicies(60, 1)) askEverything(text, [offset]);
});

for (const [name, text] of Object.entries(LONG_TEXTS)) {
  test(`a long text of ${name} is answered in seconds`, { timeout: 30_000 }, () => {
    for (const question of [
      'diagnostics',
      'completion',
      'hover',
      'codeActions',
      'symbols',
      'folds',
      'formatting',
    ] as const) {
      askOf(question, text, Math.floor(text.length / 2));
    }
  });
}
