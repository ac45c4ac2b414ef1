import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import { checklistTree } from '../../../src/extension/views/checklist-model.ts';
import { policyProblemNodes } from '../../../src/extension/views/problem-nodes.ts';
import { runsTree } from '../../../src/extension/views/runs-model.ts';
import { spokenText, type TreeNode, tooltipText } from '../../../src/extension/views/tree-node.ts';
import { checked, environment, outcome, policy } from './samples.ts';

const STATUSES = ['pass', 'fail', 'uncertain', 'not_evaluable', 'pending', 'waived', 'not_applicable'] as const;
const RUN_STATUSES = ['finished', 'running', 'scheduled', 'failed', 'killed'] as const;

const outcomes = STATUSES.map((status) => {
  const part = { name: `part that is ${status}`, status, value: 0.8, interval: null, rows: 9 };
  return outcome({ id: status, title: `It is ${status}`, status, parts: [part] });
});
const untimed = { user: undefined, startTime: undefined, endTime: undefined };
const problem = { code: 'policy-key', severity: 'error', message: 'A mistake.' } as const;
const range = { offset: 0, length: 1, line: 7, column: 1, endLine: 7, endColumn: 2 };
const reasons = [{ code: 'assessment-differs', message: 'The check “card” comes out otherwise now.' }];

const TREES: Readonly<Record<string, readonly TreeNode[]>> = {
  checklist: checklistTree({ outcomes, policy: policy() }),
  'filtered checklist': checklistTree({ outcomes, policy: policy(), statuses: ['fail'] }),
  mistakes: policyProblemNodes('signoff.yaml', [{ ...problem, range }, problem]),
  runs: runsTree(
    {
      runs: RUN_STATUSES.map((status) => ({
        id: status,
        name: `fox ${status}`,
        experiment: status,
        status,
        ...untimed,
      })),
      problems: [{ ...problem, severity: 'warning' }],
      assessed: checked(outcomes).assessed,
      limit: 4,
    },
    0,
  ),
  approvals: approvalsTree({
    environments: [environment({ reasons })],
    now: 0,
    checks: { environment: 'production', outcomes, policy: policy() },
  }),
};

describe('what is spoken of a line', () => {
  for (const [name, nodes] of Object.entries(TREES)) {
    test(`begins with all that is seen of it, in the ${name}`, () => {
      for (const node of nodes.flatMap(withDescendants)) {
        const seen = [node.label, node.description ?? ''].filter((text) => text !== '').join(', ');
        assert.ok(spokenText(node).startsWith(seen), spokenText(node));
      }
    });
  }

  test('ends with what only the icon shows', () => {
    const [run] = TREES['runs']?.filter(({ id }) => id === 'run/finished') ?? [];
    assert.equal(run && spokenText(run), 'fox finished, finished, finished');
    const [, mistake] = TREES['mistakes']?.flatMap(withDescendants) ?? [];
    assert.equal(mistake && spokenText(mistake), 'Line 7: A mistake., Error');
  });
});

describe('a hover', () => {
  test('says all that a narrow view cuts off, once', () => {
    const node = { id: 'x', label: 'risk', description: 'missing: one of ben, eve' };
    assert.equal(tooltipText(node), 'risk: missing: one of ben, eve');
    assert.equal(tooltipText({ ...node, tooltip: 'Run 1' }), 'risk: missing: one of ben, eve\nRun 1');
    assert.equal(tooltipText({ ...node, tooltip: 'missing: one of ben, eve' }), 'missing: one of ben, eve');
    assert.equal(tooltipText({ id: 'x', label: 'Line 7', tooltip: 'Line 7' }), 'Line 7');
    for (const shown of Object.values(TREES).flat().flatMap(withDescendants)) {
      assert.ok(tooltipText(shown).includes(shown.description ?? shown.label), shown.id);
    }
  });
});

function withDescendants(node: TreeNode): readonly TreeNode[] {
  return [node, ...(node.children ?? []).flatMap(withDescendants)];
}
