import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentOf } from '../../../src/extension/commands/node-arguments.ts';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import type { TreeNode } from '../../../src/extension/views/tree-node.ts';
import { environment, outcome, policy, seat } from './samples.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const approval = {
  id: 'c'.repeat(64),
  person: 'ana@acme.example',
  role: 'data-science',
  key: 'SHA256:abc',
  issued: '2026-11-23T10:00:00Z',
  expires: '2027-02-21T10:00:00Z',
};

function only(changes: Parameters<typeof environment>[0] = {}): TreeNode {
  const [node] = approvalsTree({ environments: [environment(changes)], now: NOW });
  assert.ok(node);
  return node;
}

describe('the approvals of an environment', () => {
  test('say how many seats are filled', () => {
    const seats = [seat({ role: 'data-science', have: 1, approvals: [approval] }), seat()];
    assert.equal(only({ seats }).description, '1 of 2 signed');
  });

  test('name who signed in which role', () => {
    const seats = [seat({ role: 'data-science', have: 1, approvals: [approval] })];
    const node = only({ seats, standing: 'approved' }).children?.[1];
    assert.equal(node?.label, 'data-science');
    assert.equal(node?.description, 'signed by ana@acme.example');
    assert.match(node?.tooltip ?? '', /in 89 d/);
  });

  test('name whose word is missing, and offer to sign there', () => {
    const node = only().children?.[1];
    assert.equal(node?.description, 'missing: one of ben@acme.example, eve@acme.example');
    assert.equal(node?.contextValue, 'seat.open');
    assert.equal(environmentOf(node), 'production');
  });

  test('say when nobody could ever sign', () => {
    assert.equal(only({ seats: [seat({ holders: [] })] }).children?.[1]?.description, 'nobody holds this role');
  });

  test('show what is in force by model, run and date', () => {
    const inForce = {
      modelId: 'e'.repeat(64),
      run: 'run-0',
      runName: 'champion',
      until: '2027-01-01T00:00:00Z',
      validity: 'valid' as const,
      approvals: [],
    };
    const [node] = approvalsTree({ environments: [{ ...environment(), inForce }], now: NOW });
    assert.equal(node?.children?.[0]?.label, 'In force: champion');
    assert.equal(node?.children?.[0]?.description, 'until 2027-01-01 · model eeeeeeeeeeee');
  });

  test('give reasons beyond missing signatures', () => {
    const reasons = [{ code: 'check-fails', message: 'auc fails.' }];
    assert.equal(only({ reasons }).children?.at(-1)?.label, 'auc fails.');
  });

  test('say that something has changed since, and what', () => {
    const reasons = [{ code: 'assessment-outdated', message: 'auc comes out otherwise now.' }];
    const approved = only({ reasons, standing: 'approved', seats: [] });
    assert.equal(approved.description, 'approved, but something changed since');
    assert.equal(approved.children?.at(-1)?.icon, 'warning');
    assert.equal(approved.children?.at(-1)?.label, 'A check comes out otherwise now');
    assert.equal(approved.children?.at(-1)?.description, 'auc comes out otherwise now.');
    assert.equal(only({ reasons }).description, '0 of 1 signed · stale');
    const another = [{ code: 'run-differs', message: 'The approval in force is for run x.' }];
    assert.equal(only({ reasons: another }).description, '0 of 1 signed');
  });
});

test('what made several approvals stale is said once, and of whom on request', () => {
  const reasons = ['ana', 'ben'].map((who) => ({ code: 'policy-changed', message: `The approval of ${who} is void.` }));
  const nodes = only({ reasons }).children?.filter(({ id }) => id.includes('/reason/')) ?? [];
  assert.deepEqual(
    nodes.map(({ label, description }) => [label, description]),
    [['The policy changed since', '2 approvals']],
  );
  assert.deepEqual(
    nodes[0]?.children?.map(({ label }) => label),
    ['The approval of ana is void.', 'The approval of ben is void.'],
  );
});

describe('what is in force', () => {
  const inForce = {
    modelId: 'e'.repeat(64),
    run: 'run-0',
    runName: 'champion',
    until: '2026-12-01T00:00:00Z',
    validity: 'valid' as const,
    approvals: [approval],
  };
  const nodeOf = (changes: Partial<typeof inForce>): TreeNode | undefined =>
    approvalsTree({ environments: [{ ...environment(), inForce: { ...inForce, ...changes } }], now: NOW })[0]
      ?.children?.[0];

  test('warns early enough that people can sign again', () => {
    assert.equal(nodeOf({})?.description, 'runs out in 7 d · model eeeeeeeeeeee');
    assert.equal(nodeOf({})?.tone, 'warning');
    assert.equal(nodeOf({ until: '2026-12-08T00:00:00Z' })?.description, 'until 2026-12-08 · model eeeeeeeeeeee');
  });

  test('opens onto who signed for it', () => {
    const [child] = nodeOf({})?.children ?? [];
    assert.equal(child?.label, 'ana@acme.example');
    assert.match(child?.tooltip ?? '', /Statement c{64}/);
  });
});

describe('what is missing', () => {
  const checks = policy(['auc', 'dpia', 'profit']);
  const outcomes = [
    outcome(),
    outcome({ id: 'dpia', check: 'attestation', status: 'pending', value: null, bound: null }),
    outcome({ id: 'profit', status: 'fail' }),
  ];
  const openOf = (changes: Parameters<typeof outcome>[0]): TreeNode | undefined =>
    approvalsTree({
      environments: [environment()],
      now: NOW,
      checks: { environment: 'production', outcomes: [outcome(changes)], policy: checks },
    })[0]?.children?.find(({ id }) => id.endsWith('/open-points'));

  test('is told check by check, and from whom', () => {
    const shown = { environments: [environment()], now: NOW };
    const [node] = approvalsTree({ ...shown, checks: { environment: 'production', outcomes, policy: checks } });
    const open = node?.children?.find(({ id }) => id.endsWith('/open-points'));
    assert.equal(open?.label, '2 open checks');
    assert.deepEqual(
      open?.children?.map(({ label, description }) => `${label}: ${description}`),
      [
        'dpia: to be attested by risk (ben@acme.example, eve@acme.example)',
        'profit: to be mended, or waived by risk (ben@acme.example, eve@acme.example)',
      ],
    );
  });

  test('may be anybody’s to accept', () => {
    assert.equal(openOf({ status: 'uncertain' })?.children?.[0]?.description, 'to be accepted by any approver');
  });

  test('is told only for the environment whose approvals are laid over', () => {
    const shown = { environments: [environment()], now: NOW };
    const [node] = approvalsTree({ ...shown, checks: { environment: 'staging', outcomes, policy: checks } });
    assert.equal(
      node?.children?.some(({ id }) => id.endsWith('/open-points')),
      false,
    );
  });

  test('is nothing where every required check holds', () => {
    assert.equal(openOf({}), undefined);
    assert.equal(openOf({ status: 'fail', severity: 'advisory' }), undefined);
  });
});

describe('the history of an environment', () => {
  const word = { ...approval, comment: 'Fine.', landed: null };
  const turn = {
    by: 'approval',
    model_id: 'e'.repeat(64),
    run: 'run-0',
    replaces: null,
    state: 'superseded',
    since: '2026-10-01T00:00:00Z',
    until: '2026-11-01T00:00:00Z',
    signed: [word],
    rests_on: [],
    evidence: { assessment: null } as never,
  } as const;
  const turns = [
    turn,
    { ...turn, run: 'run-1', state: 'in force', since: '2026-11-01T00:00:00Z', until: null } as const,
  ];
  const objection = {
    ...word,
    decision: 'reject',
    model_id: 'e'.repeat(64),
    run: 'run-2',
    withdraws: [],
    state: 'blocks',
    issued: '2026-10-15T00:00:00Z',
  } as const;
  const history = { environment: 'production', turns, objections: [objection] };
  const nodeOf = (changes: Partial<typeof history>): TreeNode | undefined =>
    approvalsTree({
      environments: [{ ...environment(), history: { ...history, ...changes } }],
      now: NOW,
      nameOf: (run) => `name of ${run}`,
    })[0]?.children?.at(-1);

  test('begins with what came last, objections in between', () => {
    assert.equal(nodeOf({})?.description, '3 decisions');
    assert.deepEqual(
      nodeOf({})?.children?.map(({ label, description }) => `${label}: ${description}`),
      [
        'name of run-1: in force · 2026-11-01',
        'name of run-2: rejected by ana@acme.example · 2026-10-15',
        'name of run-0: superseded · 2026-10-01',
      ],
    );
  });

  test('tells on hover who said so', () => {
    assert.match(nodeOf({})?.children?.[2]?.tooltip ?? '', /ana@acme\.example as data-science, .*: Fine\.$/);
  });

  test('is no node where nothing was ever decided', () => {
    assert.notEqual(nodeOf({ turns: [], objections: [] })?.contextValue, 'history');
  });
});
