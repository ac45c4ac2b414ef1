import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CompletionItem } from '../../../../src/policy/language/completion/completion-item.ts';
import { type CompletionNeighbour, completeAt } from '../../../../src/policy/language/completion.ts';
import { examinePolicy } from '../../../../src/policy/parse.ts';
import { atCursor, knowing, policyWith } from './marked.ts';

function itemsAt(marked: string, neighbour: CompletionNeighbour = 'none'): readonly CompletionItem[] {
  const { text, offset } = atCursor(marked);
  return completeAt(text, knowing(), offset, neighbour)?.items ?? [];
}

/** What is offered where the bar stands in these checks. */
function labels(checks: string): readonly string[] {
  return itemsAt(policyWith(checks)).map(({ label }) => label);
}

/** The text once the item of this label was taken; slots keep their texts. */
function accepted(marked: string, label: string): string {
  const { text, offset } = atCursor(marked);
  const found = completeAt(text, knowing(), offset);
  const item = found?.items.find((each) => each.label === label);
  assert.ok(found && item, `no ${label} among ${found?.items.map((each) => each.label).join(', ')}`);
  const written = item.insert
    .replaceAll(/\$\{\d+\|([^,|]*)[^|]*\|\}/gu, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}|\$\d/gu, '$1');
  const { range } = found;
  return text.slice(0, range.offset) + written + text.slice(range.offset + range.length);
}

describe('values', () => {
  test('of the kind of a check', () => {
    assert.deepEqual(labels('auc: { check: | }').slice(0, 4), ['metric', 'agreement', 'gap', 'stability']);
  });

  test('of a metric, with its direction and its formula, for the task at hand', () => {
    const found = itemsAt(policyWith('auc:\n  check: metric\n  metric: |'));
    const recall = found.find(({ label }) => label === 'recall');
    assert.equal(recall?.detail, 'greater is better');
    assert.match(recall?.documentation ?? '', /Share of the positives .*TP \/ \(TP \+ FN\)/s);
    assert.equal(
      found.some(({ label }) => label === 'r2'),
      false,
    );
  });

  test('of a fairness measure, which are others', () => {
    const found = labels('f: { check: fairness, metric: |, dataset: holdout }');
    assert.ok(found.includes('statistical_parity_difference') && found.includes('recall_difference'));
    assert.equal(found.includes('accuracy'), false);
  });

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['the logged metrics of the run', 'l: { check: metric, logged: |, max: 1 }', ['holdout_accuracy', 'val_loss']],
    ['the data sets', 'a: { check: metric, metric: roc_auc, dataset: | }', ['holdout', 'training']],
    [
      'the data sets, in a list',
      'g: { check: gap, metric: roc_auc, datasets: [training, |] }',
      ['holdout', 'training'],
    ],
    [
      'the groups of the data set',
      'a: { check: metric, metric: recall, dataset: holdout, by: | }',
      ['sex', 'age_band'],
    ],
    [
      'the groups, in a list',
      'a: { check: metric, metric: recall, dataset: holdout, by: [sex, |] }',
      ['sex', 'age_band'],
    ],
    [
      'the columns that both tables have',
      'd:\n  check: drift\n  reference: training\n  current: holdout\n  columns:\n    - |',
      ['defaulted', 'p_default', 'age'],
    ],
    [
      'environments and runs to compare with',
      'a: { check: metric, metric: roc_auc, dataset: holdout, against: |, max_drop: 0 }',
      ['staging', 'production', 'run:7e53ca0d', 'run:8e41bd03'],
    ],
    ['the roles', 'd: { check: attestation, text: done, role: | }', ['data-science', 'risk']],
    ['fixed words', 'd:\n  check: document\n  severity: |', ['required', 'advisory']],
    ['truth values', 'd:\n  check: document\n  numbers_match: |', ['true', 'false']],
    [
      'items of a fixed list',
      'r: { check: reproducibility, require: [git_commit, |] }',
      [
        ...['git_commit', 'reachable_commit', 'clean_tree', 'pinned_environment', 'signature'],
        ...['input_example', 'dataset_digests', 'parameters', 'seed'],
      ],
    ],
    ['what was logged, as a bound on it', 'l: { check: metric, logged: val_loss, max: | }', ['0.43']],
    ['nothing in a comment', 'l: { check: metric } # logged: |', []],
    ['nothing in a text', 'd: { check: attestation, text: he|llo }', []],
  ];
  for (const [name, checks, expected] of cases) {
    test(`of ${name}`, () => assert.deepEqual(labels(checks), expected));
  }

  test('of a privileged group: its values', () => {
    const at = (to: string): string => policyWith('a: 1', (text) => text.replace('privileged: male', to));
    assert.deepEqual(
      itemsAt(at('privileged: |')).map(({ label }) => label),
      ['female', 'male'],
    );
  });

  test('of a label: the columns, with what they hold', () => {
    const marked = policyWith('a: 1', (text) => text.replace('label: defaulted\n', 'label: |\n'));
    assert.deepEqual(
      itemsAt(marked)
        .slice(0, 2)
        .map(({ label, detail }) => [label, detail]),
      [
        ['defaulted', 'number: 0, 1'],
        ['p_default', 'number'],
      ],
    );
  });

  test('of a role: the people with keys who are not in it yet', () => {
    const marked = policyWith('a: 1', (text) => text.replace('[ana@acme.example]', '[ana@acme.example, |]'));
    assert.deepEqual(
      itemsAt(marked).map(({ label, detail }) => `${label} ${detail}`),
      ['ben@acme.example has a key', 'eve@acme.example has a key'],
    );
  });

  test('replace the whole word around the cursor, quotes included', () => {
    assert.match(
      accepted(policyWith('a: { check: metric, metric: ro|c_auc, min: 1 }'), 'recall'),
      /metric: recall, min/,
    );
    assert.match(accepted(policyWith('a: { check: metric, metric: "ro|c", min: 1 }'), 'recall'), /metric: recall, min/);
  });

  test('are quoted where YAML would read them as something else', () => {
    const at = 'd: { check: drift, method: ks, reference: holdout, current: holdout, columns: [|] }';
    assert.match(accepted(policyWith(at), 'client id'), /columns: \[client id\]/);
    const run = 'a: { check: metric, metric: roc_auc, dataset: holdout, against: | }';
    assert.match(accepted(policyWith(run), 'run:7e53ca0d'), /against: run:7e53ca0d \}/);
  });
});

describe('keys', () => {
  test('of a check without a kind: the kind first', () => {
    assert.deepEqual(labels('auc:\n  |'), ['check']);
    assert.deepEqual(labels('auc: { | }'), ['check']);
  });

  test('of a check: what is missing, and what its metric listens to', () => {
    const found = labels('auc:\n  check: metric\n  metric: roc_auc\n  |');
    assert.ok(found.includes('dataset') && found.includes('min') && found.includes('severity'));
    assert.equal(found.includes('metric'), false);
    assert.equal(found.includes('payoff'), false);
    assert.ok(found.includes('multi_class'));
  });

  test('in the middle of a word, in block and in flow', () => {
    assert.ok(labels('auc:\n  check: metric\n  met|').includes('metric'));
    assert.ok(labels('auc: { check: metric, met| }').includes('metric'));
  });

  test('of a data set: what means something for the task', () => {
    const marked = policyWith('a: 1', (text) =>
      text.replace('    label: defaulted\n', '    |\n    label: defaulted\n'),
    );
    const found = itemsAt(marked).map(({ label }) => label);
    assert.ok(found.includes('positive'));
    assert.equal(found.includes('query'), false);
  });

  test('at the top and in the sections', () => {
    assert.ok(itemsAt('|').some(({ label }) => label === 'version'));
    assert.deepEqual(
      itemsAt('version: 1\nru|')
        .map(({ label }) => label)
        .includes('run'),
      true,
    );
    assert.ok(itemsAt('run:\n  |').some(({ label }) => label === 'mlflow'));
    assert.ok(itemsAt('signoff:\n  |').some(({ label }) => label === 'environments'));
  });

  test('of a quorum: the roles', () => {
    const marked = policyWith('a: 1', (text) => text.replace('{ data-science: 1 }', '{ | }'));
    assert.deepEqual(
      itemsAt(marked).map(({ label }) => label),
      ['data-science', 'risk'],
    );
  });

  test('of groups: columns, those with few values first', () => {
    const marked = policyWith('a: 1', (text) => text.replace('      sex: { privileged: male }', '      |'));
    assert.deepEqual(
      itemsAt(marked)
        .map(({ label }) => label)
        .slice(0, 2),
      ['defaulted', 'sex'],
    );
    assert.match(accepted(marked, 'sex'), /^ {6}sex: \{ privileged: female \}$/mu);
  });

  test('of a pipeline: the environments', () => {
    assert.deepEqual(
      itemsAt(`${policyWith('a: 1')}pipeline:\n  |`).map(({ label }) => label),
      ['staging', 'production'],
    );
  });

  test('open a block, a list or a line', () => {
    assert.match(accepted('run:\n  mlflow: x\nsig|', 'signoff'), /^signoff:\n {2}$/mu);
    assert.match(accepted(policyWith('d:\n  check: drift\n  col|'), 'columns'), /^ {4}columns: \[\]$/mu);
  });
});

describe('whole checks', () => {
  test('for each logged metric that none looks at, bounded by what it is now', () => {
    const marked = policyWith('loss: { check: metric, logged: val_loss, max: 1 }\n|');
    assert.deepEqual(
      itemsAt(marked)
        .slice(0, 2)
        .map(({ label }) => label),
      ['holdout_accuracy', 'metric check'],
    );
    assert.match(
      accepted(marked, 'holdout_accuracy'),
      /^ {2}holdout_accuracy:\n {4}check: metric\n {4}logged: holdout_accuracy\n {4}min: 0\.81$/mu,
    );
  });

  test('of every kind, each of which is a policy without mistakes of shape', () => {
    for (const { label } of itemsAt(policyWith('|')).filter(({ kind }) => kind === 'check')) {
      const text = accepted(policyWith('|'), label);
      const broken = documentProblems(text).filter((each) => each === 'shape' || each === 'yaml');
      assert.deepEqual(broken, [], `${label}\n${text}`);
    }
  });
});

describe('beside an editor that completes the schema', () => {
  test('only what no schema knows', () => {
    const beside = (checks: string): readonly string[] =>
      itemsAt(policyWith(checks), 'completes the schema').map(({ label }) => label);
    assert.deepEqual(beside('auc: { check: | }'), []);
    assert.deepEqual(beside('auc:\n  check: metric\n  |'), []);
    assert.deepEqual(beside('l: { check: metric, logged: | }'), ['holdout_accuracy', 'val_loss']);
  });
});

function documentProblems(text: string): string[] {
  return examinePolicy(text, 'signoff.yaml').problems.map(({ origin }) => origin);
}
