import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RunSourcePolicy } from '../../../src/policy/schema.ts';
import { openRunSource } from '../../../src/runs/open-run-source.ts';
import { makeStore } from './store.ts';

const store = makeStore();
store.write('files/0/meta.yaml', 'name: Default');
mkdirSync(join(store.folder, 'mlruns'));

async function problemWith(source: RunSourcePolicy): Promise<string> {
  const opened = await openRunSource(source, store.folder);
  assert.ok(!opened.ok);
  return opened.problem.message;
}

test('a store is named by its file, its folder or its MLflow address', async () => {
  for (const mlflow of ['mlflow.db', '.', './mlflow.db', 'sqlite:///mlflow.db', store.databaseFile]) {
    const opened = await openRunSource({ mlflow }, store.folder);
    assert.ok(opened.ok, mlflow);
    assert.equal(opened.value.source.location, 'mlflow.db');
    assert.equal(opened.value.source.kind, 'mlflow-sqlite');
    assert.ok(opened.value.source.watched.includes(store.databaseFile));
    opened.value.close();
  }
});

test('a web address is a tracking server, which is not asked before it is read', async () => {
  const opened = await openRunSource({ mlflow: 'https://mlflow.example/base/' }, store.folder);
  assert.ok(opened.ok);
  const { kind, location } = opened.value.source;
  assert.deepEqual([kind, location], ['mlflow-server', 'https://mlflow.example/base']);
});

test('what is missing is named, and the store beside it proposed', async () => {
  assert.match(await problemWith({ mlflow: 'absent.db' }), /“absent\.db” does not exist/);
  assert.match(await problemWith({ mlflow: 'mlruns' }), /holds only artifacts; the runs are in “mlflow\.db”/);
});
