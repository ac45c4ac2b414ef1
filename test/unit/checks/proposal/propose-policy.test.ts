import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { proposePolicy } from '../../../../src/checks/proposal/propose-policy.ts';
import { hasErrors, parsePolicy } from '../../../../src/policy/parse.ts';
import type { Policy } from '../../../../src/policy/schema.ts';

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
  assert.ok(policy?.checks['parity-sex'] !== undefined && policy.checks['recall-by-age-band'] !== undefined);
  assert.deepEqual(Object.keys(policy?.datasets['holdout']?.groups ?? {}), ['sex', 'age_band']);
});

/** A folder of one run with the rows, and a policy proposed from it. */
async function proposed(context: TestContext, rows: string): Promise<Policy> {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-proposal-'));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'runs/first'), { recursive: true });
  writeFileSync(join(folder, 'runs/first/metrics.json'), '{"loss": 1}');
  writeFileSync(join(folder, 'runs/first/predictions.csv'), rows);
  writeFileSync(join(folder, 'runs/first/model.onnx'), 'weights');
  const proposal = await proposePolicy({ folder, person: 'ana@acme.example', environment: {}, trust: 'trusted' });
  assert.ok(proposal.ok, JSON.stringify(proposal));
  const { value, problems } = parsePolicy(proposal.value.text, 'signoff.yaml');
  assert.ok(value !== undefined && !hasErrors(problems), JSON.stringify(problems) + proposal.value.text);
  return value;
}

function table(header: string, row: (index: number) => readonly (number | string)[]): string {
  return [header, ...Array.from({ length: 400 }, (_, index) => row(index).join(','))].join('\n');
}

test('classes, numbers and rankings each get the checks of their task, bounded by today’s worse end', async (context) => {
  const kinds = ['cat', 'dog', 'eel'];
  const classes = await proposed(
    context,
    table('label,prediction', (index) => [
      kinds[index % 3] ?? '',
      kinds[(index % 10 === 0 ? index + 1 : index) % 3] ?? '',
    ]),
  );
  assert.equal(classes.task, 'multiclass');
  assert.equal(classes.run.artifact, 'run:model.onnx');
  const accuracy = classes.checks['accuracy'];
  assert.ok(accuracy?.check === 'metric' && accuracy.min !== undefined && accuracy.min > 0.85 && accuracy.min < 0.9);

  const numbers = await proposed(
    context,
    table('price,predicted_price,region', (index) => [index, index + (index % 7) - 3, index % 2 ? 'n' : 's']),
  );
  assert.equal(numbers.task, 'regression');
  const error = numbers.checks['mean-absolute-error'];
  assert.ok(error?.check === 'metric' && error.max !== undefined && error.max > 1.72 && error.max < 2);
  assert.ok(numbers.checks['mean-absolute-error-by-region'] !== undefined);

  const ranking = await proposed(
    context,
    table('query,relevance,score', (index) => [`q${index % 40}`, index % 3 === 0 ? 1 : 0, (index * 7919) % 101]),
  );
  assert.equal(ranking.task, 'ranking');
  assert.ok(ranking.checks['mrr'] !== undefined && ranking.checks['ndcg-at-k'] !== undefined);
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
