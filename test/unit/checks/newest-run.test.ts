import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { loadAndAssess } from '../../../src/checks/load-and-assess.ts';
import { makeFileStore } from '../runs/file-store.ts';

const POLICY = `version: 1
project: p
model: m
task: binary
run: { mlflow: mlruns }
checks: { auc: { check: metric, logged: auc, min: 0.5 } }
signoff: { roles: { a: [a@b.example] }, environments: { production: { require: { a: 1 } } } }
`;

function storeWithPolicy() {
  const store = makeFileStore();
  const policyFile = join(dirname(store.folder), 'signoff.yaml');
  writeFileSync(policyFile, POLICY);
  return { store, policyFile };
}

test('where a run can’t be read, the newest of the others is chosen, and that is said', async () => {
  const { store, policyFile } = storeWithPolicy();
  store.addRun({ id: 'older', metrics: { auc: '1 0.9 0\n' } });
  store.addRun({ id: 'newer', meta: { status: 'NONSENSE' }, metrics: { auc: '1 0.1 0\n' } });
  const loaded = await loadAndAssess({ policyFile });
  assert.ok(loaded.ok, JSON.stringify(loaded));
  assert.equal(loaded.value.run.id, 'older');
  const said = loaded.value.problems.find(({ message }) => message.includes('mlruns/1/newer/meta.yaml'));
  assert.equal(said?.severity, 'warning');
  const named = await loadAndAssess({ policyFile, runId: 'older' });
  assert.ok(
    named.ok && !named.value.problems.some(({ message }) => message.includes('newer')),
    'who names a run chose it',
  );
});

test('where no run is left, the sentence says that one can’t be read, and why', async () => {
  const { store, policyFile } = storeWithPolicy();
  store.addRun({ id: 'only', meta: { status: 'NONSENSE' } });
  const loaded = await loadAndAssess({ policyFile });
  assert.match(
    loaded.ok ? '' : loaded.problem.message,
    /^There is no finished run in “mlruns”; one can’t be read \(“mlruns\/1\/only\/meta\.yaml” has the unknown status “NONSENSE”\)\.$/,
  );
});
