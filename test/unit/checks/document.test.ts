import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameNumber } from '../../../src/evidence/model-card.ts';
import type { DocumentCheck } from '../../../src/policy/schema.ts';
import { type EvidenceCase, outcomeWith, partsOf } from './support/evidence-case.ts';

async function judged(
  asked: Omit<DocumentCheck, 'check' | 'path'>,
  content: string | undefined,
  made: EvidenceCase = {},
  path = 'CARD.md',
) {
  const files = { ...made.files, ...(content === undefined ? {} : { [path]: content }) };
  return outcomeWith({ check: 'document', path, ...asked }, { ...made, files });
}

const CARD = `---
license: mit
last_updated: 2026-05-20
empty: ""
model-index:
- name: model
  results:
  - task: { type: tabular-classification }
    dataset: { type: d, name: D, split: holdout }
    metrics:
    - { type: accuracy, name: Accuracy, value: 0.798 }
    - { type: f1, value: 0.5414398064125832 }
---
# Card
## Intended use
To order clients.
## Limitations
[More Information Needed]
`;
const METRICS = { holdout_accuracy: 0.7978666666666666, holdout_f1: 0.5414398064125832, accuracy: 0.1 };

test('sections, front matter, age and numbers all hold', async () => {
  const asked = { sections: ['Intended use'], front_matter: ['license'], max_age: '30d', numbers_match: true };
  const outcome = await judged(asked, CARD, { metrics: METRICS });
  assert.equal(outcome.status, 'pass', outcome.message);
  assert.equal(
    outcome.message,
    'The document “CARD.md” exists, every required section is written, its front matter is complete, it is at most 30d old at the run’s end and the numbers in its metadata are the run’s.',
  );
  assert.deepEqual(Object.keys(partsOf(outcome)), [
    'exists',
    'section: Intended use',
    'front_matter',
    'max_age',
    'numbers_match',
  ]);
  assert.equal(outcome.value, null);
  assert.equal(outcome.bound, null);
});

test('a document that is absent or empty fails, and what it should hold can’t be told', async () => {
  for (const content of [undefined, '', ' \n']) {
    const outcome = await judged(
      { sections: ['Use'], front_matter: ['a'], max_age: '1d', numbers_match: true },
      content,
    );
    assert.equal(outcome.status, 'fail');
    assert.match(outcome.message, /does not exist|is empty/);
    assert.equal(partsOf(outcome)['numbers_match'], 'not_evaluable');
  }
});

test('template text is no section, and a key without a value is none', async () => {
  const outcome = await judged(
    { sections: ['Limitations', 'Uses'], front_matter: ['license', 'empty', 'nothing'] },
    CARD,
  );
  assert.equal(outcome.status, 'fail');
  assert.match(outcome.message, /leaves “Limitations” empty or at its template text/);
  assert.match(outcome.message, /has no section “Uses”/);
  assert.match(outcome.message, /no value for “empty” and “nothing”/);
});

/** The run ends on 2026-06-01 at midnight. */
const AGES: readonly (readonly [string, string, string, RegExp | undefined])[] = [
  ['date: 2026-05-02', '30d', 'pass', undefined],
  ['date: 2026-05-01', '30d', 'fail', /31 days old/],
  ['date: 2026-06-20', '1h', 'pass', undefined],
  ['date: 2026-05-31T23:30:00Z', '1h', 'pass', undefined],
  ['date: 2026-06-01T01:30:00+02:00', '1h', 'pass', undefined],
  ['date: 2026-05-31T22:00:00', '1h', 'fail', /0 days old/],
  ['date: 2020-01-01\nlast_updated: 2026-05-30', '7d', 'pass', undefined],
  ['date: 2099-01-01', '30d', 'not_evaluable', /more than a year after/],
  ['date: 2026-02-31', '999d', 'not_evaluable', /can’t be understood/],
  ['date: May 2026', '999d', 'not_evaluable', /can’t be understood/],
  ['title: x', '999d', 'fail', /states no date/],
  ['date: [', '999d', 'not_evaluable', /front matter that is not YAML/],
];

for (const [front, most, status, message] of AGES) {
  test(`age: “${front.replace('\n', ', ')}” within ${most} is ${status}`, async () => {
    const outcome = await judged({ max_age: most }, `---\n${front}\n---\n# A\ntext\n`);
    assert.equal(outcome.status, status, outcome.message);
    if (message) assert.match(outcome.message, message);
  });
}

test('a run without an end gives a document no age', async () => {
  const outcome = await judged({ max_age: '30d' }, CARD, { run: { endTime: undefined } });
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /the run has no end/);
});

test('a number that differs fails, naming both; one that nobody logged can’t be told', async () => {
  const other = await judged({ numbers_match: true }, CARD, { metrics: { ...METRICS, holdout_f1: 0.55 } });
  assert.equal(other.status, 'fail');
  assert.match(other.message, /states “f1 of D” as 0.5414398064125832, where the run logged “holdout_f1” as 0.55/);
  const unknown = await judged({ numbers_match: true }, CARD, {
    metrics: { holdout_accuracy: METRICS.holdout_accuracy },
  });
  assert.equal(unknown.status, 'not_evaluable');
  assert.match(unknown.message, /“f1 of D”, which the run did not log \(as “holdout_f1”, “holdout\/f1” or “f1”\)/);
  const notFinite = await judged({ numbers_match: true }, CARD, { metrics: { ...METRICS, holdout_f1: Number.NaN } });
  assert.equal(notFinite.status, 'not_evaluable');
});

const NO_NUMBERS: readonly (readonly [string, string, RegExp])[] = [
  ['# Card\ntext', 'CARD.md', /no front matter/],
  ['---\na: 1\n---\ntext', 'CARD.md', /no `model-index`/],
  ['---\nmodel-index: []\n---\ntext', 'CARD.md', /states no number/],
  [
    '---\nmodel-index:\n- name: model\n  results:\n  - metrics:\n    - {type: accuracy, value: high}\n---\ntext',
    'CARD.md',
    /“high”, which is not a number/,
  ],
  [
    '---\nmodel-index:\n- name: model\n  results:\n  - metrics:\n    - {type: accuracy, value: .nan}\n---\ntext',
    'CARD.md',
    /not a number/,
  ],
  ['---\na: &a [1]\nmodel-index: *a\n---\ntext', 'CARD.md', /alias/],
  ['---\na: 1\na: 2\n---\ntext', 'CARD.md', /“a” twice/],
  ['{"model_details": {}}', 'card.json', /no `quantitative_analysis`/],
  ['{"quantitative_analysis": {"performance_metrics": []}}', 'card.json', /states no number/],
  ['{', 'card.json', /is not JSON/],
  ['a: 1', 'results.yaml', /not a list of evaluation results/],
];

for (const [content, path, message] of NO_NUMBERS) {
  test(`numbers can’t be told: ${path} ${JSON.stringify(content).slice(0, 70)}`, async () => {
    const outcome = await judged({ numbers_match: true }, content, { metrics: METRICS }, path);
    assert.equal(outcome.status, 'not_evaluable', outcome.message);
    assert.match(outcome.message, message);
  });
}

test('Google’s card writes numbers as texts, and slices behind the metric', async () => {
  const card = JSON.stringify({
    schema_version: '0.0.2',
    model_details: { name: 'm', overview: 'An overview.', version: { date: '2026-05-30' } },
    considerations: { limitations: [{ description: 'Old data.' }], use_cases: [] },
    quantitative_analysis: {
      performance_metrics: [
        { type: 'accuracy', value: '0.798', slice: 'overall' },
        { type: 'accuracy', value: '0.75', slice: 'male' },
      ],
    },
  });
  const metrics = { accuracy: 0.7978666, accuracy_male: 0.75 };
  const asked = {
    numbers_match: true,
    sections: ['Limitations', 'Overview'],
    front_matter: ['model_details'],
    max_age: '7d',
  };
  const outcome = await judged(asked, card, { metrics }, 'card.json');
  assert.equal(outcome.status, 'pass', outcome.message);
  assert.equal((await judged({ sections: ['Use cases'] }, card, {}, 'card.json')).status, 'fail');
  assert.equal(
    (await judged({ numbers_match: true }, card, { metrics: { ...metrics, accuracy_male: 0.7 } }, 'card.json')).status,
    'fail',
  );
});

test('newer Hugging Face results beside the card must match, too', async () => {
  const results = '- dataset: { id: org/data, task_id: holdout_f1 }\n  value: 0.541\n';
  const files = { '.eval_results/a.yaml': results };
  const good = await judged({ numbers_match: true }, '# Card\ntext', { files, metrics: METRICS });
  assert.equal(good.status, 'pass', good.message);
  assert.deepEqual(
    good.evidence.map(({ path }) => path),
    ['CARD.md', '.eval_results/a.yaml'],
  );
  const bad = await judged({ numbers_match: true }, CARD, {
    files: { '.eval_results/a.yml': results.replace('0.541', '0.641') },
    metrics: METRICS,
  });
  assert.equal(bad.status, 'fail');
  const broken = await judged({ numbers_match: true }, CARD, {
    files: { '.eval_results/a.yml': '[' },
    metrics: METRICS,
  });
  assert.equal(broken.status, 'not_evaluable');
  const alone = await judged({ numbers_match: true }, results, { metrics: METRICS }, 'results.yaml');
  assert.equal(alone.status, 'pass', alone.message);
});

test('a number is the same in full, or rounded to three digits or more', () => {
  const same: readonly (readonly [string, number])[] = [
    ['0.798', 0.79786],
    ['0.7979', 0.79786],
    ['12.35', 12.3456],
    ['1.235e1', 12.3456],
    ['0.5', 0.5],
    ['1', 1],
    ['120', 120],
  ];
  const other: readonly (readonly [string, number])[] = [
    ['0.80', 0.79786],
    ['0.8', 0.79786],
    ['1', 0.9643],
    ['0.799', 0.79786],
    ['97.5', 0.975],
    ['1000', 999.6],
    ['0.798', -0.798],
    ['0.001', 0.0014],
  ];
  for (const [text, logged] of same) assert.ok(isSameNumber(text, Number(text), logged), text);
  for (const [text, logged] of other) assert.ok(!isSameNumber(text, Number(text), logged), text);
  assert.ok(!isSameNumber('nan', Number.NaN, Number.NaN));
});

test('what is no text, or too large, is not evaluable', async () => {
  const binary = await outcomeWith(
    { check: 'document', path: 'a.md' },
    { files: { 'a.md': new Uint8Array([0xff, 0xfe]) } },
  );
  assert.match(binary.message, /not UTF-8/);
  const large = await outcomeWith(
    { check: 'document', path: 'a.md' },
    { files: { 'a.md': new Uint8Array(1_000_001) } },
  );
  assert.match(large.message, /larger than 1 MB/);
  const folder = await outcomeWith({ check: 'document', path: 'a.md' }, { files: { 'a.md/b': '' } });
  assert.match(folder.message, /not a file/);
  for (const { status } of [binary, large, folder]) assert.equal(status, 'not_evaluable');
});
