import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CodeAction } from '../../../../src/policy/language/actions/code-action.ts';
import { codeActions } from '../../../../src/policy/language/code-actions.ts';
import { diagnose } from '../../../../src/policy/language/diagnostics.ts';
import { applyEdits } from '../../../../src/policy/language/format.ts';
import type { Known } from '../../../../src/policy/language/known.ts';
import { atCursor, documentOf, knowing, outcome, policyWith } from './marked.ts';

function actionsAt(
  marked: string,
  known: Known = knowing(),
): { readonly text: string; readonly actions: readonly CodeAction[] } {
  const { text, offset } = atCursor(marked);
  const document = documentOf(text);
  return { text, actions: codeActions(document, known, { offset, length: 0 }, diagnose(document, known)) };
}

function titles(marked: string, known?: Known): readonly string[] {
  return actionsAt(marked, known).actions.map(({ title }) => title);
}

/** The text after an action; slots keep their texts. */
function after(marked: string, title: string, known?: Known): string {
  const { text, actions } = actionsAt(marked, known);
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `no “${title}” among ${actions.map((each) => each.title).join(', ')}`);
  return applyEdits(text, action.edits).replaceAll(/\$\{\d+:([^}]*)\}|\$\d/gu, '$1');
}

describe('a mistake is put right', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a: { check: metric, met|ic: roc_auc, dataset: holdout, min: 0.8 }', 'Change to "metric"', 'metric: roc_auc'],
    ['a: { check: metric, metric: au|c, dataset: holdout, min: 0.8 }', 'Change to "roc_auc"', 'metric: roc_auc'],
    ['a: { check: metrik|, metric: roc_auc, dataset: holdout, min: 0.8 }', 'Change to "metric"', 'check: metric,'],
    ['a: { check: metric, metric: roc_auc, dataset: hold|ot, min: 0.8 }', 'Change to "holdout"', 'dataset: holdout'],
    ['a: { check: metric, logged: val_|los, max: 0.8 }', 'Change to "val_loss"', 'logged: val_loss'],
    [
      'a: { check: metric, metric: roc_auc, dataset: holdout, min: 0|.9, max: 0.8 }',
      'Swap "min" and "max"',
      'min: 0.8, max: 0.9',
    ],
    ['a: { check: metric, metric: log_loss, dataset: holdout, m|in: 0.8 }', 'Change "min" to "max"', 'max: 0.8'],
    [
      'a: { check: metric, metric: accuracy, dataset: holdout, be|ta: 2, min: 0.8 }',
      'Remove "beta"',
      'holdout, min: 0.8 }',
    ],
    ['a: { check: metric, metric: accuracy, dataset: holdout, min: "0.|8" }', 'Remove the quotes', 'min: 0.8 }'],
    ['a: { check: document, path: x, sections: [1|2] }', 'Put it in quotes', 'sections: ["12"]'],
    ['a: { check: document, path: x, numbers_match: y|es }', 'Change to true', 'numbers_match: true'],
    ['a: { check: document, path: x, max_age: 9|0 }', 'Change to 90d', 'max_age: 90d'],
    ['a: { check: document, path: x, sections: [A, A|] }', 'Remove A', 'sections: [A]'],
    ['a: { check: metric, logged: val_loss, max: 1, m|ax: 2 }', 'Remove this "max"', 'max: 1 }'],
  ];
  for (const [checks, title, result] of cases) {
    test(`${checks}: ${title}`, () => {
      const fixed = after(policyWith(checks), title);
      assert.ok(fixed.includes(result), fixed);
    });
  }

  test('a misspelt kind key is corrected, and is the one that is preferred', () => {
    const { actions } = actionsAt(policyWith('a: { chec|h: metric, metric: roc_auc, dataset: holdout, min: 0.8 }'));
    const preferred = actions.filter(({ preference }) => preference === 'preferred');
    assert.deepEqual(preferred.map(({ title }) => title).slice(0, 1), ['Change to "check"']);
  });

  test('edges of bins are sorted', () => {
    const marked = policyWith('a: { check: metric, logged: val_loss, max: 1 }', (text) =>
      text.replace('[25, 45]', '[45, |25]'),
    );
    assert.match(after(marked, 'Sort the edges'), /bins: \[25, 45\]/);
  });

  test('a line of its own goes as a whole', () => {
    const marked = policyWith(
      'a:\n  check: metric\n  metric: accuracy\n  be|ta: 2   # why\n  dataset: holdout\n  min: 0.8',
    );
    assert.match(after(marked, 'Remove "beta"'), /metric: accuracy\n {4}dataset: holdout\n/);
  });
});

describe('a missing key is added', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      'a|:\n  check: metric\n  metric: roc_auc\n  min: 0.8',
      'Add "dataset"',
      /min: 0\.8\n {4}dataset: holdout\nsignoff/,
    ],
    ['a|: { check: metric, metric: roc_auc, min: 0.8 }', 'Add "dataset"', /min: 0\.8, dataset: holdout \}/],
    [
      'a|:\n  check: fairness\n  metric: recall_difference\n  dataset: holdout\n  max: 0.1',
      'Add "group"',
      /\n {4}group: sex\n/,
    ],
    ['a|: { check: metric, metric: roc_auc, dataset: holdout }', 'Add "min"', /holdout, min: {2}\}/],
    ['a|: { check: metric, metric: log_loss, dataset: holdout }', 'Add "max"', /holdout, max: {2}\}/],
    ['a|: { check: metric, logged: val_loss }', 'Add "max"', /max: 0\.43 \}/],
    ['a|: { check: metric, max: 1 }', 'Add "logged"', /logged: holdout_accuracy \}/],
    [
      'a: { check: metric, metric: roc_auc, dataset: holdout, max|_drop: 0 }',
      'Add "against"',
      /against: production \}/,
    ],
    ['a: { check: metric, metric: fb|eta, dataset: holdout, min: 0.5 }', 'Add "beta"', /beta: 1 \}/],
    ['a|: { check: attestation }', 'Add "text"', /text: text \}/],
  ];
  for (const [checks, title, result] of cases) {
    test(`${checks.replaceAll('\n', ' ')}: ${title}`, () => assert.match(after(policyWith(checks), title), result));
  }

  test('at the top', () => {
    const marked = policyWith('a: { check: metric, logged: val_loss, max: 1 }', (text) =>
      text.replace('version', 'ver|sion').replace('task: binary\n', ''),
    );
    assert.match(after(marked, 'Add "task"'), /task: binary\n*$/);
  });

  test('where the comparison needs a group to compare with', () => {
    const check =
      'a: { check: fairness, metric: statistical_parity_difference, dataset: holdout, group: age|_band, max_abs: 0.1 }';
    assert.match(after(policyWith(check), 'Add "privileged"'), /bins: \[25, 45\], privileged: "\(-inf,25\)" \}/);
  });

  test('where runs come from', () => {
    const marked = policyWith('a: { check: metric, logged: val_loss, max: 1 }', (text) =>
      text.replace('{ mlflow: mlflow.db }', '{ art|ifact: x }'),
    );
    assert.match(
      after(marked.replace('art|ifact', 'artifact').replace('run:', 'ru|n:'), 'Add "mlflow"'),
      /artifact: x, mlflow: mlflow\.db \}/,
    );
  });
});

describe('a check that does not hold', () => {
  const CHECKS =
    'auc:\n  check: metric\n  metric: roc_auc\n  dataset: holdout\n  min: 0.9\n  confidence: 0.95\ndone: { check: attestation, text: Done, role: risk }';
  const known = (status: 'fail' | 'uncertain' | 'pass'): Known =>
    knowing({
      policyText: policyWith(CHECKS),
      outcomes: [
        outcome('auc', { status, value: 0.8473, interval: [0.83124, 0.8611], bound: { min: 0.9 } }),
        outcome('done', { status: 'pending' }),
      ],
    });
  const at = (from: string, to: string): string => policyWith(CHECKS.replace(from, to));

  test('is waived, or its bound is set to what the model reaches, said to be looser', () => {
    const marked = at('0.9', '0|.9');
    assert.deepEqual(titles(marked, known('fail')), [
      'Waive "auc" and sign off…',
      'Set "min" to 0.831, the current lower limit (loosens the check)',
    ]);
    assert.match(
      after(marked, 'Set "min" to 0.831, the current lower limit (loosens the check)', known('fail')),
      /min: 0\.831\n/,
    );
    const [waive] = actionsAt(marked, known('fail')).actions;
    assert.deepEqual(waive?.start, { flow: 'waive', check: 'auc' });
    assert.equal(waive.fixes?.code, 'check-fails');
  });

  test('and is uncertain may be accepted', () => {
    assert.deepEqual(titles(at('0.9', '0|.9'), known('uncertain')).slice(0, 2), [
      'Accept "auc" and sign off…',
      'Waive "auc" and sign off…',
    ]);
  });

  test('is attested where a person’s word is missing', () => {
    assert.deepEqual(titles(at('done:', 'do|ne:'), known('pass')).slice(0, 1), ['Attest "done" and sign off…']);
  });

  test('can’t be waived where nobody may', () => {
    const nobody = policyWith(CHECKS.replace('0.9', '0|.9')).replace(/ {2}waivers: .*\n/, '');
    const policyText = policyWith(CHECKS).replace(/ {2}waivers: .*\n/, '');
    const facts = knowing({ policyText, outcomes: known('fail').facts.assessed?.outcomes ?? [] });
    assert.equal(
      titles(nobody, facts).some((title) => title.startsWith('Waive')),
      false,
    );
  });

  test('has its bound tightened to where the model stands, from the check’s name as well', () => {
    const lower = policyWith(CHECKS.replace('min: 0.9', 'min: 0.8').replace('auc:', 'a|uc:'));
    const title = 'Set "min" to 0.831, the current lower limit (tightens the check)';
    assert.ok(titles(lower, known('pass')).includes(title));
  });

  test('is offered no bound where a part has no number', () => {
    const parts = [
      { name: 'a', status: 'pass', value: 0.95, interval: null, rows: 1 },
      { name: 'b', status: 'not_evaluable', value: null, interval: null, rows: 0 },
    ] as const;
    const facts = knowing({
      policyText: policyWith(CHECKS),
      outcomes: [outcome('auc', { value: 0.95, parts, status: 'not_evaluable', bound: { min: 0.9 } })],
    });
    assert.equal(
      titles(at('0.9', '0|.9'), facts).some((title) => title.startsWith('Set')),
      false,
    );
  });
});

describe('a metric that no check looks at', () => {
  test('gets one, behind the check that the cursor is on', () => {
    const marked = policyWith(
      'a|: { check: metric, logged: val_loss, max: 1 }\nb: { check: metric, logged: val_loss, max: 2 }',
    );
    assert.match(
      after(marked, 'Add a check for the logged metric "holdout_accuracy" (0.81 now)'),
      / {2}a: \{.*\}\n {2}holdout_accuracy:\n {4}check: metric\n {4}logged: holdout_accuracy\n {4}min: 0\.81\n {2}b: /,
    );
  });

  test('at the head of the checks as well, and nowhere else', () => {
    const text = policyWith('a: { check: metric, logged: val_loss, max: 1 }');
    assert.equal(titles(text.replace('checks:', 'che|cks:')).length, 1);
    assert.deepEqual(titles(text.replace('task:', 'ta|sk:')), []);
  });
});
