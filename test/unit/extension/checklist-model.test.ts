import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checklistTree } from '../../../src/extension/views/checklist-model.ts';
import { spokenText, type TreeNode } from '../../../src/extension/views/tree-node.ts';
import { outcome, policy, type SampleCheck } from './samples.ts';

function treeOf(checks: readonly SampleCheck[]): readonly TreeNode[] {
  return checklistTree({ outcomes: checks.map((id) => outcome({ id, title: id })), policy: policy(checks) });
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
    const outcomes = statuses.map((status, index) => outcome({ id: `unknown-${index}`, title: status, status }));
    const nodes = checklistTree({ outcomes, policy: checks });
    const [group] = nodes;
    assert.deepEqual(
      group?.children?.map((node) => node.contextValue),
      ['check.fail.required', 'check.uncertain.required', 'check.pass.required'],
    );
    assert.equal(group?.description, '1 of 3 hold');
    assert.equal(group?.tone, 'bad');
  });

  test('lets no advisory check colour its group', () => {
    const outcomes = [outcome(), outcome({ id: 'other', status: 'fail', severity: 'advisory' })];
    assert.equal(checklistTree({ outcomes, policy: policy() })[0]?.tone, 'good');
  });

  test('shows what a filter lets through, counts all the same, and says what is hidden', () => {
    const outcomes = [outcome(), outcome({ id: 'f1', status: 'fail' }), outcome({ id: 'gone', status: 'uncertain' })];
    const nodes = checklistTree({ outcomes, policy: policy(), statuses: ['fail'] });
    assert.deepEqual(
      nodes[0]?.children?.map(({ label }) => label),
      ['f1'],
    );
    assert.equal(nodes[0]?.description, '1 of 3 hold');
    assert.equal(nodes[0]?.tone, 'bad');
    assert.equal(nodes.at(-1)?.label, '2 checks are hidden');
    assert.deepEqual(nodes.at(-1)?.command?.arguments, ['all']);
  });

  test('leaves out a group that a filter empties, though nothing of it is said to be missing from the policy', () => {
    const outcomes = [outcome({ id: 'card' }), outcome({ id: 'auc', status: 'fail' })];
    const nodes = checklistTree({ outcomes, policy: policy(['card', 'auc']), statuses: ['fail'] });
    assert.deepEqual(groupsOf(nodes), ['Performance']);
    assert.equal(nodes.length, 2);
  });
});

describe('a check', () => {
  const nodeOf = (changes: Parameters<typeof outcome>[0]): TreeNode | undefined =>
    checklistTree({ outcomes: [outcome(changes)], policy: policy() })[0]?.children?.[0];
  const spoken = (changes: Parameters<typeof outcome>[0]): string => {
    const node = nodeOf(changes);
    return node === undefined ? '' : spokenText(node);
  };

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
    assert.equal(spoken({}), 'auc, 0.8472  ≥ 0.8, pass');
    assert.equal(spoken({ status: 'fail', value: 0.79 }), 'auc, 0.79  needs ≥ 0.8  fail');
    const part = { name: 'female', status: 'pass', value: 0.9, interval: null, rows: 1 } as const;
    const [node] = nodeOf({ parts: [part] })?.children ?? [];
    assert.equal(node && spokenText(node), 'female, 0.9  ≥ 0.8, pass');
  });

  test('that people settled is not shown as a plain pass, and says who did, until when', () => {
    const settled = { how: 'accepted', by: ['ana@acme.example'], until: '2026-09-01' } as const;
    const node = nodeOf({ settled });
    assert.equal(node?.description, '0.8472  ≥ 0.8  accepted by ana@acme.example until 2026-09-01');
    assert.equal(node && spokenText(node), `auc, ${node?.description}`);
    assert.equal(node?.tone, 'warning');
    assert.match(node?.markdown ?? '', /^\*\*auc\*\* — ~ accepted by ana\S+ until 2026\\-09\\-01$/m);
    const waived = { how: 'waived', by: ['ben@acme.example'], until: '2026-06-20' } as const;
    assert.equal(
      nodeOf({ status: 'waived', settled: waived })?.description,
      '0.8472  ≥ 0.8  waived by ben@acme.example until 2026-06-20',
    );
    const attested = { ...waived, how: 'attested', by: ['b\u202ea'] } as const;
    const facts = { check: 'attestation', value: null, bound: null, settled: attested } as const;
    assert.equal(nodeOf(facts)?.description, 'attested by b\\u{202e}a until 2026-06-20');
    assert.equal(nodeOf(facts)?.checkbox, 'checked');
  });

  test('that was accepted stands above those that passed by themselves', () => {
    const settled = { how: 'accepted', by: ['ana@acme.example'], until: '2026-09-01' } as const;
    const outcomes = [outcome({ id: 'one' }), outcome({ id: 'two', settled })];
    const [group] = checklistTree({ outcomes, policy: policy() });
    assert.deepEqual(
      group?.children?.map(({ label }) => label),
      ['two', 'one'],
    );
    assert.equal(group?.description, '2 of 2');
  });

  test('tells value, interval, rows, formula and evidence on hover', () => {
    const evidence = [{ path: 'a.parquet', sha256: 'f'.repeat(64) }];
    const tooltip = nodeOf({ evidence, interval: [0.83, 0.86] })?.markdown;
    assert.equal(
      tooltip,
      [
        '**auc** — ✓ pass',
        'It holds\\.',
        [
          '- Value: 0\\.8472 ≥ 0\\.8',
          '- Interval: \\[0\\.83\\, 0\\.86\\]',
          '- Rows: 1\\,000',
          '- Formula: `roc_auc/midrank`',
          '- Evidence: `a.parquet`',
        ].join('\n'),
      ].join('\n\n'),
    );
  });

  test('makes no link, image or HTML of what others wrote', () => {
    const title = '![x](https://evil) [run](command:evil) <img src=x>';
    const path = 'a` [b](command:evil)';
    const tooltip = nodeOf({ title, message: title, formula: path })?.markdown ?? '';
    const outsideOfCode = tooltip.replace(/``.*``/, '');
    assert.doesNotMatch(outsideOfCode, /(?<!\\)[[<!]/);
    assert.match(tooltip, /``a` \[b\]\(command:evil\)``/);
  });

  test('has a box to tick only where a person’s word is asked for', () => {
    assert.equal(nodeOf({})?.checkbox, undefined);
    assert.equal(nodeOf({ check: 'attestation', status: 'pending' })?.checkbox, 'unchecked');
    assert.equal(nodeOf({ check: 'attestation', status: 'pass' })?.checkbox, 'checked');
    assert.equal(nodeOf({ check: 'attestation', status: 'not_applicable' })?.checkbox, undefined);
  });

  test('has an icon beside the box only where the box does not say it', () => {
    assert.equal(nodeOf({ check: 'attestation', status: 'pending' })?.icon, undefined);
    assert.equal(nodeOf({ check: 'attestation', status: 'waived' })?.icon, 'pass');
  });

  test('tells menus its status, whether it blocks, and whether it was computed from files', () => {
    const evidence = [{ path: 'a.parquet', sha256: 'f'.repeat(64) }];
    assert.equal(nodeOf({ status: 'fail', evidence })?.contextValue, 'check.fail.required.evidence');
    assert.equal(nodeOf({ severity: 'advisory' })?.contextValue, 'check.pass.advisory');
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
  });

  test('shows control and bidirectional characters instead of obeying them', () => {
    const node = nodeOf({ title: 'a\u202eb\u0007' });
    assert.equal(node?.description, '0.8472  ≥ 0.8  ·  a\\u{202e}b\\u{7}');
    assert.match(node?.markdown ?? '', /^\*\*a\\\\u\\\{202e\\\}b/);
  });

  test('opens onto its parts', () => {
    const part = { name: 'female', status: 'fail', value: 0.5, interval: null, rows: 10 } as const;
    const parts = nodeOf({ status: 'fail', parts: [part] })?.children;
    assert.equal(parts?.[0]?.id, 'check/auc/female');
    assert.equal(parts?.[0]?.description, '0.5  needs ≥ 0.8  fail');
  });
});
