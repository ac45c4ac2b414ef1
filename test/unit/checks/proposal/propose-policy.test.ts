import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { proposePolicy } from '../../../../src/checks/proposal/propose-policy.ts';
import { hasErrors, parsePolicy } from '../../../../src/policy/parse.ts';

const SAMPLE = fileURLToPath(new URL('../../../../examples/credit-risk', import.meta.url));

test('the sample’s store gives a valid policy with floors just below today’s values', async () => {
  const proposal = await proposePolicy({
    folder: SAMPLE,
    person: 'ana@acme.example',
    environment: {},
    trust: 'trusted',
  });
  assert.ok(proposal.ok);
  const { value: policy, problems } = parsePolicy(proposal.value.text, 'signoff.yaml');
  assert.equal(hasErrors(problems), false, JSON.stringify(problems));
  const auc = policy?.checks['roc-auc'];
  assert.ok(auc?.check === 'metric' && auc.min !== undefined && auc.min > 0.75 && auc.min < 0.785);
  assert.deepEqual(Object.keys(policy?.datasets['holdout']?.groups ?? {}), ['sex', 'age_band']);
});

test('a folder without runs gives one sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-proposal-'));
  try {
    const proposal = await proposePolicy({ folder, person: 'ana@acme.example', environment: {}, trust: 'trusted' });
    assert.ok(!proposal.ok);
    assert.equal(proposal.problem.code, 'no-runs');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
