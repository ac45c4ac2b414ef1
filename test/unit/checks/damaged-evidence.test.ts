import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadAndAssess } from '../../../src/checks/load-and-assess.ts';
import type { Check } from '../../../src/policy/schema.ts';
import { outcomesOf } from './support/assess-rows.ts';

const ACCURACY: Check = { check: 'metric', metric: 'accuracy', dataset: 'eval', min: 0.9 };
/** Every row is right, and so many that DuckDB hands out most before it meets what follows. */
const GOOD = `y,p\n${'1,0.9\n0,0.1\n'.repeat(200_000)}`;
/** So many wrong rows that all of them together would fail. */
const WRONG = '0,0.99\n'.repeat(100_000);

async function statusOf(text: string): Promise<string> {
  const outcomes = await outcomesOf({
    datasets: { eval: { path: 'eval.csv', label: 'y', score: 'p', positive: '1', threshold: 0.5 } },
    checks: { accuracy: ACCURACY },
    files: { 'eval.csv': text },
  });
  return outcomes['accuracy']?.status ?? 'none';
}

test('a check never passes on the rows that came before the damage', async () => {
  assert.equal(await statusOf(GOOD), 'pass');
  assert.equal(await statusOf(GOOD + WRONG), 'fail');
  for (const damage of ['0\n', '0,abc\n', '0,0.1,3\n', '0,"0.99\n', '0,0.1\0\n', '0,1_0e-1\n']) {
    assert.equal(await statusOf(GOOD + damage + WRONG), 'not_evaluable', JSON.stringify(damage));
  }
});

test('a pipe in the place of the policy is refused without waiting for it', {
  skip: process.platform === 'win32',
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-policy-'));
  try {
    const policyFile = join(folder, 'signoff.yaml');
    execFileSync('mkfifo', [policyFile]);
    const loaded = await loadAndAssess({ policyFile });
    assert.equal(loaded.ok ? '' : loaded.problem.message, 'The policy “signoff.yaml” is not a file.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
