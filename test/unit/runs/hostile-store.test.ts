import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { openMlflowSqlite } from '../../../src/runs/mlflow-sqlite.ts';

const TABLES = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256), lifecycle_stage VARCHAR(32));
  CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), user_id VARCHAR(256), status VARCHAR(9),
    start_time BIGINT, end_time BIGINT, lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
  INSERT INTO experiments VALUES (1, 'first', 'active');
  INSERT INTO runs VALUES ('r1', 'one', 'ana', 'FINISHED', 1, 2, 'active', 'mlruns/1/r1/artifacts', 1);
`;
const COLUMNS = 'key VARCHAR(250), value FLOAT, timestamp BIGINT, step BIGINT, is_nan BOOLEAN, run_uuid VARCHAR(32)';
const METRICS = `CREATE TABLE latest_metrics (${COLUMNS}); CREATE TABLE metrics (${COLUMNS});`;

/** A store made of these statements; gone when the tests of the file are over. */
function storeOf(statements: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-hostile-store-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'mlflow.db');
  const database = new DatabaseSync(path);
  database.exec(statements);
  database.close();
  return path;
}

async function problemsOf(databaseFile: string): Promise<readonly string[]> {
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db' });
  if (!opened.ok) return [opened.problem.message];
  const listed = await opened.value.list();
  const loaded = await opened.value.load('r1');
  opened.value.close();
  return [...listed.problems.map(({ message }) => message), ...(loaded.ok ? [] : [loaded.problem.message])];
}

test('a store of tables is read', async () => {
  assert.deepEqual(await problemsOf(storeOf(TABLES + METRICS)), []);
});

test('a view that stands for a table is refused: its rows are computed, perhaps without end', async () => {
  const row = "SELECT 'auc' AS key, 0.99 AS value, 1 AS timestamp, 0 AS step, 0 AS is_nan, 'r1' AS run_uuid";
  const endless = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT 'auc' || n AS key, 1 AS value, n AS timestamp, 0 AS step, 0 AS is_nan, 'r1' AS run_uuid FROM c`;
  const metrics = `CREATE TABLE metrics (${COLUMNS});`;
  for (const view of [
    `CREATE VIEW latest_metrics AS ${row};`,
    `CREATE VIEW LATEST_Metrics AS ${row};`,
    `CREATE VIEW latest_metrics AS ${endless};`,
  ]) {
    const problems = await problemsOf(storeOf(TABLES + metrics + view));
    assert.equal(problems.length, 2);
    for (const problem of problems) assert.match(problem, /“latest_metrics” is not a table in it, but a view/);
  }
  assert.match(
    (await problemsOf(storeOf('CREATE VIEW runs AS SELECT 1; CREATE VIEW experiments AS SELECT 1')))[0] ?? '',
    /a view/,
  );
});

test('a virtual table is refused', async () => {
  const virtual = `CREATE TABLE metrics (${COLUMNS}); CREATE VIRTUAL TABLE latest_metrics USING fts5(key, value);`;
  const problems = await problemsOf(storeOf(TABLES + virtual));
  assert.equal(problems.length, 2);
  for (const problem of problems) assert.match(problem, /but a virtual/);
});

test('a pipe where SQLite keeps its journal does not make it wait', {
  skip: process.platform === 'win32',
}, async () => {
  for (const ending of ['-wal', '-journal', '-shm']) {
    const path = storeOf(TABLES + METRICS);
    execFileSync('mkfifo', [path + ending]);
    const problems = await problemsOf(path);
    assert.deepEqual(problems, [`“mlflow.db${ending}”, beside the runs’ store, is not a file.`]);
  }
});
