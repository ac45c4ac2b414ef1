import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyDifferences } from '../../../src/policy/policy-differences.ts';
import type { Policy } from '../../../src/policy/schema.ts';

function policy(checks: Readonly<Record<string, object>>, roles: object = {}): Policy {
  return {
    ...{ version: 1, project: 'p', model: 'm', task: 'binary', run: { mlflow: 'mlruns' }, datasets: {} },
    ...{ checks, signoff: { roles, environments: {} } },
  } as unknown as Policy;
}

test('two policies differ where a value does, and a part that only one has is one difference', () => {
  const now = policy({ auc: { min: 0.7, title: 'AUC' }, new: { check: 'document' } }, { risk: ['ben', 'eve'] });
  const then = policy({ auc: { min: 0.8, title: 'AUC' }, old: { check: 'drift' } }, { risk: ['ben'] });
  assert.deepEqual(policyDifferences(now, then), [
    { path: 'checks.auc.min', first: '0.7', second: '0.8' },
    { path: 'checks.new', first: '{"check":"document"}', second: undefined },
    { path: 'checks.old', first: undefined, second: '{"check":"drift"}' },
    { path: 'signoff.roles.risk', first: '["ben","eve"]', second: '["ben"]' },
  ]);
});

test('a policy does not differ from itself, nor by the order of its keys', () => {
  assert.deepEqual(policyDifferences(policy({ a: { min: 1, max: 2 } }), policy({ a: { max: 2, min: 1 } })), []);
});

test('a check may be called like something that every object has', () => {
  assert.deepEqual(policyDifferences(policy({ constructor: { min: 1 } }), policy({})), [
    { path: 'checks.constructor', first: '{"min":1}', second: undefined },
  ]);
});
