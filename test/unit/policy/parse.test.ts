import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasErrors, parsePolicy } from '../../../src/policy/parse.ts';
import { changed, EXAMPLE, problemsOf } from './example.ts';

function policyOf(text: string) {
  const { value } = parsePolicy(text, 'signoff.yaml');
  assert.ok(value);
  return value;
}

test('the design’s own policy has nothing wrong with it', () => {
  assert.deepEqual(problemsOf(EXAMPLE), []);
});

test('a policy keeps the order, the keys and the values of its text', () => {
  const policy = policyOf(EXAMPLE);
  assert.deepEqual(Object.keys(policy.checks).slice(0, 3), ['auc', 'recall-by-sex', 'no-regression']);
  assert.deepEqual(
    { ...policy.checks['auc'] },
    { check: 'metric', metric: 'roc_auc', dataset: 'holdout', min: 0.8, confidence: 0.95 },
  );
  assert.deepEqual(policy.signoff.roles['risk'], ['ben@acme.example', 'eve@acme.example']);
});

test('a policy written as JSON is read alike', () => {
  const policy = policyOf(EXAMPLE);
  const json = JSON.stringify(policy, null, 2);
  assert.deepEqual(problemsOf(json), []);
  assert.equal(JSON.stringify(policyOf(json)), JSON.stringify(policy));
});

test('Windows line ends and a byte order mark change neither the policy nor its places', () => {
  const windows = `\uFEFF${changed('min: 0.80', 'min: x').replaceAll('\n', '\r\n')}`;
  assert.deepEqual(problemsOf(windows), problemsOf(changed('min: 0.80', 'min: x')));
  assert.equal(JSON.stringify(policyOf(`\uFEFF${EXAMPLE}`)), JSON.stringify(policyOf(EXAMPLE)));
});

test('names that every object has are names like any other', () => {
  const policy = policyOf(changed('  auc: ', '  constructor: '));
  assert.ok(Object.hasOwn(policy.checks, 'constructor'));
  assert.equal(policy.checks['toString'], undefined);
  assert.equal(policyOf(EXAMPLE).checks['constructor'], undefined);
});

test('a policy without data sets has an empty map of them', () => {
  const logged = `version: 1
project: p
model: m
task: binary
run: { mlflow: mlruns }
checks: { loss: { check: metric, logged: val_loss, max: 0.3 } }
signoff: { roles: { ds: [ana] }, environments: { production: { require: { ds: 1 } } } }
`;
  assert.deepEqual(problemsOf(logged), []);
  assert.deepEqual(Object.keys(policyOf(logged).datasets), []);
});

test('a key has a place and its value another', () => {
  const { positions } = parsePolicy(EXAMPLE, 'signoff.yaml');
  const textAt = ({ offset, length }: { offset: number; length: number }): string =>
    EXAMPLE.slice(offset, offset + length);
  assert.equal(textAt(positions.locate(['checks', 'auc'])), 'auc');
  assert.equal(textAt(positions.locateValue(['checks', 'auc', 'min'])), '0.80');
  assert.equal(textAt(positions.locateValue(['checks', 'parity', 'metric'])), 'statistical_parity_difference');
  assert.equal(textAt(positions.locate(['signoff', 'roles', 'risk', 1])), 'eve@acme.example');
  assert.equal(textAt(positions.locate(['checks', 'auc', 'nothing', 'here'])), 'auc');
  assert.equal(textAt(positions.locateValue(['checks', 'auc', 'nothing'])), 'auc');
  assert.equal(positions.locate(['checks', 'auc']).line, 29);
});

test('mistakes come in the order of the text, shapes and rules alike', () => {
  const text = changed('min_rows: 200', 'min_row: 200').replace(
    'dataset: holdout, min: 0.80',
    'dataset: holdot, min: 0.80',
  );
  assert.deepEqual(
    problemsOf(text).map((problem) => problem.split(': ')[0]),
    ['29:62 error unknown-data-set', '30:90 error unknown-key'],
  );
});

test('a warning is no error', () => {
  const { problems, value } = parsePolicy(changed('min: 0.80', 'min: 0'), 'signoff.yaml');
  assert.equal(problems.length, 1);
  assert.equal(hasErrors(problems), false);
  assert.ok(value);
});

test('an error of a rule leaves the policy to the editor, and says that it may not decide', () => {
  const { problems, value } = parsePolicy(changed('dataset: holdout', 'dataset: holdot'), 'signoff.yaml');
  assert.equal(hasErrors(problems), true);
  assert.ok(value);
  assert.equal(problems[0]?.file, 'signoff.yaml');
  assert.equal(problems[0]?.suggestion, 'holdout');
});

const EMPTY = '1:1 error empty: The policy is empty; it starts with "version: 1".';
const WHOLE: readonly (readonly [string, readonly string[]])[] = [
  ['', [EMPTY]],
  ['# nothing yet\n', [EMPTY]],
  ['[]', ['1:1 error wrong-type: A policy must be a map, not a list.']],
  ['hello', ['1:1 error wrong-type: A policy must be a map, not text.']],
  ['a:\n\tb: 1', ['2:1 error yaml-syntax: Indent with spaces, not with a tab.']],
  [
    'a: b: c',
    ['1:4 error yaml-syntax: Two keys stand on this line; put the second on a line of its own, or quote the text.'],
  ],
  [
    'x'.repeat(1024 * 1024 + 1),
    ['1:1 error too-large: This policy is larger than 1 MiB; policies are read by people, so split it.'],
  ],
  ['['.repeat(20_000), ['1:65 error too-deep: Nesting is more than 64 deep here; a policy needs no more than ten.']],
];

for (const [text, expected] of WHOLE) {
  test(`a text that is no policy is said to be none: ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.deepEqual(problemsOf(text), expected);
  });
}

test('with several classes a score names every class, and their order is the one that is written', () => {
  const multiclass = changed('task: binary', 'task: multiclass').replace(
    / {4}score: .*\n/u,
    '    scores: { cat: p_cat, dog: p_dog }\n',
  );
  assert.ok(
    problemsOf(multiclass).some((problem) => problem.includes('roc_auc needs "multi_class" (ovr or ovo); add it.')),
  );
  const numbered = multiclass.replace('cat: p_cat, dog: p_dog', '10: p_a, 9: p_b');
  assert.ok(problemsOf(numbered).some((problem) => problem.includes('order-lost')));
});

test('an environment that is named by a number keeps its place, or is refused', () => {
  const text = changed('    production: {', '    2024: {')
    .replace('against: production', 'against: "2024"')
    .replace('  production: { on', '  2024: { on');
  assert.ok(problemsOf(text).some((problem) => problem.includes('order-lost')));
});
