import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentOf } from '../../../src/extension/commands/node-arguments.ts';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import type { TreeNode } from '../../../src/extension/views/tree-node.ts';
import { environment, seat } from './samples.ts';

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
  const [node] = approvalsTree([environment(changes)], NOW);
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
    const [node] = approvalsTree([{ ...environment(), inForce }], NOW);
    assert.equal(node?.children?.[0]?.label, 'In force: model eeeeeeeeeeee');
    assert.equal(node?.children?.[0]?.description, 'run champion · until 2027-01-01');
  });

  test('give reasons beyond missing signatures', () => {
    const reasons = [{ code: 'check-fails', message: 'auc fails.' }];
    assert.equal(only({ reasons }).children?.at(-1)?.label, 'auc fails.');
  });
});
