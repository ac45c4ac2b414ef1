import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newestFinishedRun } from '../../../src/runs/newest-finished-run.ts';
import { openRunSource } from '../../../src/runs/open-run-source.ts';
import type { OpenRuns } from '../../../src/runs/open-runs.ts';
import type { Run } from '../../../src/runs/run.ts';
import { makeStore, type Store } from './store.ts';

async function open(store: Store, experiment?: string): Promise<OpenRuns> {
  const opened = await openRunSource({ mlflow: 'mlflow.db', ...(experiment ? { experiment } : {}) }, store.folder);
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

async function loadRun(store: Store, id: string): Promise<Run> {
  const runs = await open(store);
  const loaded = await runs.load(id);
  runs.close();
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

test('a run is read with everything that it left', async () => {
  const store = makeStore();
  store.addRun({
    id: 'a1',
    name: 'champion',
    metrics: { accuracy: [0.5, 0.75], 'val/loss': [0.3] },
    params: { C: '1.0' },
    tags: { 'mlflow.user': 'ana' },
    models: ['model'],
  });
  store.database.exec(`
    INSERT INTO datasets VALUES ('d1', 1, 'training', 'abc');
    INSERT INTO inputs VALUES ('i1', 'DATASET', 'd1', 'RUN', 'a1');
    INSERT INTO input_tags VALUES ('i1', 'mlflow.data.context', 'train')`);
  store.write('mlruns/1/a1/artifacts/x.txt', 'x');
  store.write('mlruns/1/models/m-model-a1/artifacts/MLmodel', 'x');

  const run = await loadRun(store, 'a1');
  assert.equal(run.name, 'champion');
  assert.equal(run.experiment, 'first');
  assert.equal(run.status, 'finished');
  assert.equal(run.user, 'ana');
  assert.deepEqual([run.startTime, run.endTime], [1000, 2000]);
  assert.deepEqual(run.metrics.get('accuracy'), { step: 1, timestamp: 1001, value: 0.75 });
  assert.deepEqual(
    run.history.get('accuracy')?.map(({ value }) => value),
    [0.5, 0.75],
  );
  assert.deepEqual([...run.params], [['C', '1.0']]);
  assert.deepEqual([...run.tags], [['mlflow.user', 'ana']]);
  assert.deepEqual(run.inputs, [{ name: 'training', digest: 'abc', context: 'train' }]);
  assert.equal(run.artifactFolder, join(store.folder, 'mlruns/1/a1/artifacts'));
  assert.deepEqual(run.models, [
    {
      id: 'm-model-a1',
      name: 'model',
      status: 'ready',
      artifactFolder: join(store.folder, 'mlruns/1/models/m-model-a1/artifacts'),
    },
  ]);
});

test('NaN and infinity are what was logged, not how the database keeps them', async () => {
  const store = makeStore();
  store.addRun({
    id: 'a',
    metrics: { nan: [Number.NaN], high: [Number.POSITIVE_INFINITY], low: [Number.NEGATIVE_INFINITY] },
  });
  const { metrics, history } = await loadRun(store, 'a');
  assert.equal(metrics.get('nan')?.value, Number.NaN);
  assert.equal(metrics.get('high')?.value, Number.POSITIVE_INFINITY);
  assert.equal(history.get('low')?.[0]?.value, Number.NEGATIVE_INFINITY);
});

test('points are in the order of step, then time, then value, and huge steps do not stop the reading', async () => {
  const store = makeStore();
  store.addRun({ id: 'a' });
  const insert = store.database.prepare("INSERT INTO metrics VALUES ('m', ?, ?, 'a', ?, 0)");
  for (const [value, timestamp, step] of [
    [3, 5, 1],
    [1, 9, 0],
    [2, 5, 1],
    [9, 1, 1],
  ] as const)
    insert.run(value, timestamp, step);
  insert.run(7, 1n, 2n ** 62n);
  const points = (await loadRun(store, 'a')).history.get('m') ?? [];
  assert.deepEqual(
    points.map(({ value }) => value),
    [1, 9, 2, 3, 7],
  );
});

test('deleted runs and deleted experiments are left out, newest first, metrics with each', async () => {
  const store = makeStore();
  store.addExperiment(2, 'second');
  store.addExperiment(3, 'gone', 'deleted');
  store.addRun({ id: 'old', start: 1, metrics: { a: [1] } });
  store.addRun({ id: 'new', start: 2, experiment: 2, metrics: { a: [2] } });
  store.addRun({ id: 'deleted', start: 3, stage: 'deleted' });
  store.addRun({ id: 'orphan', start: 4, experiment: 3 });
  const runs = await open(store);
  const { value, problems } = await runs.list();
  assert.deepEqual(problems, []);
  assert.deepEqual(
    value?.map(({ id, metrics }) => [id, metrics.get('a')?.value]),
    [
      ['new', 2],
      ['old', 1],
    ],
  );
  for (const id of ['deleted', 'orphan', 'never']) assert.equal((await runs.load(id)).ok, false);
  runs.close();
});

test('an experiment is chosen by name, or else by id', async () => {
  const store = makeStore();
  store.addExperiment(2, 'second');
  store.addRun({ id: 'a' });
  store.addRun({ id: 'b', experiment: 2 });
  for (const experiment of ['second', '2']) {
    const runs = await open(store, experiment);
    assert.deepEqual(
      (await runs.list()).value?.map(({ id }) => id),
      ['b'],
    );
    const other = await runs.load('a');
    assert.ok(!other.ok && /no run “a”/.test(other.problem.message));
    runs.close();
  }
  const runs = await open(store, 'third');
  assert.match((await runs.list()).problems[0]?.message ?? '', /no experiment “third”/);
  runs.close();
});

test('a store of MLflow 1.0 is read by the columns that it has', async () => {
  const store = makeStore('oldest');
  store.database.exec(`
    INSERT INTO runs VALUES ('a', 'first', 'ana', 'FINISHED', 1, 2, 'active', './mlruns/1/a/artifacts', 1);
    INSERT INTO metrics VALUES ('loss', 0.5, 10, 'a'), ('loss', 0.25, 20, 'a')`);
  store.write('mlruns/1/a/artifacts/x', 'x');
  const run = await loadRun(store, 'a');
  assert.deepEqual(run.metrics.get('loss'), { step: 0, timestamp: 20, value: 0.25 });
  assert.deepEqual([run.models, run.inputs], [[], []]);
  assert.equal(run.artifactFolder, join(store.folder, 'mlruns/1/a/artifacts'));
});

test('the newest finished run ended last; what is running, failed or killed does not count', async () => {
  const store = makeStore();
  store.addRun({ id: 'a', start: 1, end: 9 });
  store.addRun({ id: 'b', start: 5, end: 9 });
  store.addRun({ id: 'c', start: 5, end: 9 });
  store.addRun({ id: 'd', start: 6, end: 8 });
  store.addRun({ id: 'running', start: 10, end: null, status: 'RUNNING' });
  store.addRun({ id: 'failed', start: 10, end: 11, status: 'FAILED' });
  store.addRun({ id: 'unheard-of', start: 10, end: 11, status: 'NAPPING' });
  const runs = await open(store);
  assert.equal(newestFinishedRun((await runs.list()).value ?? [])?.id, 'c');
  assert.equal(newestFinishedRun([]), undefined);
  runs.close();
});

test('reading goes on while a training writes, and sees only what is committed', async () => {
  const store = makeStore();
  store.addRun({ id: 'a' });
  const runs = await open(store);
  store.database.exec('BEGIN');
  store.addRun({ id: 'b' });
  assert.equal((await runs.list()).value?.length, 1);
  store.database.exec('COMMIT');
  assert.equal((await runs.list()).value?.length, 2);
  runs.close();
});

test('a store in write-ahead mode is read with what stands in the log', async () => {
  const store = makeStore();
  store.database.exec('PRAGMA journal_mode = WAL');
  store.addRun({ id: 'a' });
  const runs = await open(store);
  assert.equal((await runs.list()).value?.length, 1);
  runs.close();
});

test('reading changes no byte of the store', async () => {
  const store = makeStore();
  store.addRun({ id: 'a', metrics: { m: [1] } });
  const before = readFileSync(store.databaseFile);
  await loadRun(store, 'a');
  assert.ok(readFileSync(store.databaseFile).equals(before));
});

test('a locked database is one clear sentence', { timeout: 20_000 }, async () => {
  const store = makeStore();
  const runs = await open(store);
  store.database.exec('BEGIN EXCLUSIVE');
  const { problems } = await runs.list();
  store.database.exec('COMMIT');
  assert.match(problems[0]?.message ?? '', /“mlflow\.db” is locked by another program/);
  runs.close();
});

test('what is no database, cut short, or somebody else’s is one clear sentence', async () => {
  const store = makeStore();
  store.database.exec('BEGIN');
  store.addRun({ id: 'a', metrics: { m: Array.from({ length: 2000 }, (_, step) => step) } });
  store.database.exec('COMMIT');
  const whole = readFileSync(store.databaseFile);
  const cases: [string, Uint8Array, RegExp][] = [
    [
      'text.db',
      Buffer.from('this is not a database, but it is long enough to look at. '.repeat(40)),
      /is not an SQLite database/,
    ],
    ['cut.db', whole.subarray(0, whole.length / 2), /damaged|malformed|can’t be read/],
    ['empty.db', Buffer.alloc(0), /not one that MLflow made/],
  ];
  for (const [name, bytes, expected] of cases) {
    writeFileSync(join(store.folder, name), bytes);
    const opened = await openRunSource({ mlflow: name }, store.folder);
    const listed = opened.ok ? await opened.value.list() : undefined;
    const message = opened.ok ? (listed?.problems[0]?.message ?? '') : opened.problem.message;
    if (opened.ok) opened.value.close();
    assert.match(message, expected, name);
    assert.match(message, new RegExp(`“${name}”`));
  }
});
