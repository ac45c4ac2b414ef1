import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checklistTree } from '../../../src/extension/views/checklist-model.ts';
import type { TreeNode } from '../../../src/extension/views/tree-node.ts';
import { outcome, policy, type SampleCheck } from './samples.ts';

function treeOf(checks: readonly SampleCheck[]): readonly TreeNode[] {
  return checklistTree(
    checks.map((id) => outcome({ id, title: id })),
    policy(checks),
  );
}

function groupsOf(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.filter((node) => node.id.startsWith('group/')).map((node) => node.label);
}

describe('the checklist', () => {
  test('stands in the order of the pre-deployment checklist, whatever the order of the policy', () => {
    const nodes = treeOf(['trained', 'profit', 'card', 'recall-by-sex', 'auc', 'honest']);
    assert.deepEqual(groupsOf(nodes), ['Ground truth', 'Performance', 'Fairness', 'Compliance', 'Business', 'People']);
  });

  test('puts slices of people under fairness and slices of time under robustness', () => {
    assert.deepEqual(groupsOf(treeOf(['recall-by-sex', 'recall-by-quarter'])), ['Fairness', 'Robustness']);
  });

  test('takes the hint of what a metric is named after', () => {
    assert.deepEqual(groupsOf(treeOf(['noisy', 'latency', 'auc'])), ['Performance', 'Robustness', 'Operations']);
  });

  test('puts an attestation that answers a rule under compliance, any other under people', () => {
    assert.deepEqual(groupsOf(treeOf(['dpia', 'trained'])), ['Compliance', 'People']);
  });

  test('says once what the policy does not ask', () => {
    const last = treeOf(['auc', 'recall-by-sex']).at(-1);
    assert.equal(last?.label, 'Not in this policy');
    assert.match(last.description ?? '', /^Ground truth, Explainability, /);
    assert.doesNotMatch(last.description ?? '', /Performance|People/);
  });

  test('puts the worst check first and counts what holds', () => {
    const checks = policy(['auc', 'recall-by-sex', 'profit']);
    const statuses = ['pass', 'fail', 'uncertain'] as const;
    const nodes = checklistTree(
      statuses.map((status, index) => outcome({ id: `unknown-${index}`, title: status, status })),
      checks,
    );
    const [group] = nodes;
    assert.deepEqual(
      group?.children?.map((node) => node.contextValue),
      ['check.fail', 'check.uncertain', 'check.pass'],
    );
    assert.equal(group?.description, '1 of 3 hold');
    assert.equal(group?.tone, 'bad');
  });

  test('lets no advisory check colour its group', () => {
    const nodes = checklistTree([outcome(), outcome({ id: 'other', status: 'fail', severity: 'advisory' })], policy());
    assert.equal(nodes[0]?.tone, 'good');
  });
});

describe('a check', () => {
  const nodeOf = (changes: Parameters<typeof outcome>[0]): TreeNode | undefined =>
    checklistTree([outcome(changes)], policy())[0]?.children?.[0];

  test('shows its value beside its bound', () => {
    assert.equal(nodeOf({})?.description, '0.8472  ≥ 0.8');
  });

  test('says in words that it misses its bound', () => {
    assert.equal(nodeOf({ status: 'fail', value: 0.79 })?.description, '0.79  needs ≥ 0.8  fail');
  });

  test('says every status that is not a pass in words', () => {
    assert.equal(nodeOf({ status: 'pending', value: null, bound: null })?.description, 'pending');
    assert.equal(nodeOf({ status: 'not_evaluable', value: null })?.description, 'not evaluable');
  });

  test('is spoken with its status, which sighted people see as an icon', () => {
    assert.equal(nodeOf({})?.spoken, 'auc, pass, 0.8472  ≥ 0.8');
  });

  test('tells formula, rows and evidence on hover, as plain text', () => {
    const tooltip = nodeOf({ evidence: [{ path: 'a.parquet', sha256: 'f'.repeat(64) }] })?.tooltip;
    assert.equal(tooltip, 'auc: pass\nIt holds.\n\nRows: 1,000\nFormula: roc_auc/midrank\nEvidence: a.parquet');
  });

  test('keeps its id and carries it to the command that reveals it', () => {
    const node = nodeOf({});
    assert.equal(node?.id, 'check/auc');
    assert.deepEqual(node?.command?.arguments, ['auc']);
  });

  test('shows its title where there is room for it', () => {
    const node = nodeOf({ title: 'It ranks well' });
    assert.equal(node?.label, 'auc');
    assert.equal(node?.description, '0.8472  ≥ 0.8  ·  It ranks well');
    assert.equal(node?.spoken, 'It ranks well, pass, 0.8472  ≥ 0.8');
  });

  test('shows control and bidirectional characters instead of obeying them', () => {
    const node = nodeOf({ title: 'a\u202eb\u0007' });
    assert.equal(node?.description, '0.8472  ≥ 0.8  ·  a\\u{202e}b\\u{7}');
    assert.match(node?.tooltip ?? '', /^a\\u\{202e\}b/);
  });

  test('opens onto its parts', () => {
    const part = { name: 'female', status: 'fail', value: 0.5, interval: null, rows: 10 } as const;
    const parts = nodeOf({ status: 'fail', parts: [part] })?.children;
    assert.equal(parts?.[0]?.id, 'check/auc/female');
    assert.equal(parts?.[0]?.description, '0.5  needs ≥ 0.8  fail');
  });
});
