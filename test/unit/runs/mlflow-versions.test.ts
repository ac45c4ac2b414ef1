import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openMlflowSqlite } from '../../../src/runs/mlflow-sqlite.ts';
import type { Run } from '../../../src/runs/run.ts';
import { storeMadeBy, VERSIONS } from './mlflow-versions.ts';

async function readAll(databaseFile: string, experiment?: string): Promise<Run[]> {
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db', ...(experiment ? { experiment } : {}) });
  assert.ok(opened.ok, JSON.stringify(opened));
  const { value = [], problems } = await opened.value.list();
  assert.deepEqual(problems, []);
  const runs: Run[] = [];
  for (const summary of value) {
    const loaded = await opened.value.load(summary.id);
    assert.ok(loaded.ok, JSON.stringify(loaded));
    const { metrics, ...rest } = summary;
    assert.deepEqual({ ...rest, metrics: new Map([...metrics].sort()) }, { ...rest, metrics: loaded.value.metrics });
    assert.equal(loaded.value.name, summary.name);
    runs.push(loaded.value);
  }
  opened.value.close();
  return runs.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function word(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function comparable(run: Run) {
  return {
    ...{ id: run.id, name: run.name, experiment: run.experiment, status: run.status, user: run.user },
    ...{ startTime: run.startTime, endTime: run.endTime },
    metrics: Object.fromEntries([...run.metrics].map(([key, { value }]) => [key, word(value)])),
    history: Object.fromEntries(
      [...run.history].map(([key, points]) => [
        key,
        points.map(({ step, timestamp, value }) => [step, timestamp, word(value)]),
      ]),
    ),
    params: Object.fromEntries(run.params),
    tags: Object.fromEntries(run.tags),
    registered: run.registered.map(({ name, version, aliases, tags }) => [
      name,
      version,
      aliases,
      Object.fromEntries(tags),
    ]),
  };
}

for (const version of VERSIONS) {
  test(`a store of MLflow ${version} reads as its own client reads it`, async () => {
    const { databaseFile, expected } = storeMadeBy(version);
    const sorted = expected.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    assert.deepEqual((await readAll(databaseFile)).map(comparable), sorted);
  });
}

test('the files of a registered version are those of the model that it was made of', async () => {
  const { folder, databaseFile, expected } = storeMadeBy('3.17.2');
  const id = expected.find(({ registered }) => registered.length > 0)?.id ?? '';
  const insideRun = join(folder, 'mlruns', '1', id, 'artifacts', 'model');
  mkdirSync(insideRun, { recursive: true });
  const [model] = (await readAll(databaseFile)).find((run) => run.id === id)?.models ?? [];
  const ofModel = join(folder, 'mlruns', '1', 'models', model?.id ?? '', 'artifacts');
  mkdirSync(ofModel, { recursive: true });
  const run = (await readAll(databaseFile)).find((each) => each.id === id);
  assert.deepEqual(
    run?.registered.map(({ version, artifactFolder }) => [version, artifactFolder]),
    [
      ['1', insideRun],
      ['3', insideRun],
      ['4', ofModel],
    ],
  );
});

test('a version whose source is no part of the run has no files', async () => {
  const changes = `UPDATE model_versions SET source = '/elsewhere/model', storage_location = NULL WHERE version = 1;
    UPDATE model_versions SET source = '../' || run_id || '/artifacts', storage_location = NULL WHERE version = 3;`;
  const { folder, databaseFile, expected } = storeMadeBy('2.22.5', changes);
  for (const { id } of expected) {
    const outside = join(folder, '..', id);
    mkdirSync(join(outside, 'artifacts'), { recursive: true });
    after(() => rmSync(outside, { recursive: true, force: true }));
  }
  mkdirSync(join(folder, 'elsewhere', 'model'), { recursive: true });
  const registered = (await readAll(databaseFile)).flatMap((run) => run.registered);
  assert.deepEqual(
    registered.map(({ artifactFolder }) => artifactFolder),
    [undefined, undefined],
  );
});

const OTHER_WORKSPACE = `
  INSERT INTO experiments (experiment_id, name, lifecycle_stage, workspace) VALUES (7, 'first', 'active', 'team-b');
  INSERT INTO runs (run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id)
    VALUES ('b', 'b', 'ben', 'FINISHED', 1, 2, 'active', './mlruns/7/b/artifacts', 7);
  INSERT INTO registered_models (name, workspace) VALUES ('churn', 'team-b');
  INSERT INTO model_versions (name, version, current_stage, source, run_id, workspace)
    VALUES ('churn', 1, 'None', './mlruns/7/b/artifacts/model', 'b', 'team-b');
  INSERT INTO model_versions (name, version, current_stage, source, run_id, workspace)
    VALUES ('churn', 9, 'None', './mlruns/7/b/artifacts/model', 'b', 'default');
  INSERT INTO registered_model_aliases (alias, version, name, workspace) VALUES ('b-alias', 1, 'churn', 'team-b');
  INSERT INTO model_version_tags (key, value, name, version, workspace) VALUES ('of', 'b', 'churn', 1, 'team-b');
`;

test('versions, aliases and tags of another workspace are not the run’s, though their names are the same', async () => {
  const { databaseFile } = storeMadeBy('3.17.2', OTHER_WORKSPACE);
  const run = (await readAll(databaseFile)).find(({ id }) => id === 'b');
  assert.deepEqual(
    run?.registered.map(({ name, version, aliases, tags }) => [name, version, aliases, [...tags]]),
    [['churn', '1', ['b-alias'], [['of', 'b']]]],
  );
  const champion = (await readAll(databaseFile)).find(({ name }) => name === 'champion');
  assert.deepEqual(champion?.registered[0]?.aliases, ['champion', 'live']);
});

test('an experiment’s name that two workspaces use is no choice, and its runs show the id', async () => {
  const { databaseFile } = storeMadeBy('3.17.2', OTHER_WORKSPACE);
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db', experiment: 'first' });
  assert.ok(opened.ok);
  const { value, problems } = await opened.value.list();
  opened.value.close();
  assert.equal(value, undefined);
  assert.equal(
    problems[0]?.message,
    '“first” is the name of 2 experiments in the runs’ store; name one by its id: 1 (workspace “default”), 7 (workspace “team-b”).',
  );
  assert.deepEqual([...new Set((await readAll(databaseFile)).map(({ experiment }) => experiment))].sort(), ['1', '7']);
  assert.deepEqual(
    (await readAll(databaseFile, '7')).map(({ id }) => id),
    ['b'],
  );
});
