import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after } from 'node:test';

/** The tables of MLflow 3's store, as far as they are read. */
const NEWEST = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256), artifact_location VARCHAR(256),
    lifecycle_stage VARCHAR(32), workspace VARCHAR(63) DEFAULT 'default');
  CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), user_id VARCHAR(256), status VARCHAR(9),
    start_time BIGINT, end_time BIGINT, lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
  CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32), step BIGINT, is_nan BOOLEAN);
  CREATE TABLE latest_metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, step BIGINT, is_nan BOOLEAN, run_uuid VARCHAR(32));
  CREATE TABLE params (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32));
  CREATE TABLE tags (key VARCHAR(250), value VARCHAR(8000), run_uuid VARCHAR(32));
  CREATE TABLE datasets (dataset_uuid VARCHAR(36), experiment_id INTEGER, name VARCHAR(500), digest VARCHAR(36));
  CREATE TABLE inputs (input_uuid VARCHAR(36), source_type VARCHAR(36), source_id VARCHAR(36), destination_type VARCHAR(36), destination_id VARCHAR(36));
  CREATE TABLE input_tags (input_uuid VARCHAR(36), name VARCHAR(255), value VARCHAR(500));
  CREATE TABLE logged_models (model_id VARCHAR(36), experiment_id INTEGER, name VARCHAR(500), artifact_location VARCHAR(1000),
    creation_timestamp_ms BIGINT, status INTEGER, lifecycle_stage VARCHAR(32), source_run_id VARCHAR(32));
`;

/** As MLflow 1.0 made it: no latest values, no NaN flag, no steps, no data sets, no logged models. */
const OLDEST = `
  CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name VARCHAR(256), artifact_location VARCHAR(256), lifecycle_stage VARCHAR(32));
  CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name VARCHAR(250), user_id VARCHAR(256), status VARCHAR(20),
    start_time BIGINT, end_time BIGINT, lifecycle_stage VARCHAR(20), artifact_uri VARCHAR(200), experiment_id INTEGER);
  CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32));
  CREATE TABLE params (key VARCHAR(250), value VARCHAR(250), run_uuid VARCHAR(32));
  CREATE TABLE tags (key VARCHAR(250), value VARCHAR(250), run_uuid VARCHAR(32));
`;

export interface StoredRun {
  readonly id: string;
  readonly name?: string;
  readonly status?: string;
  readonly stage?: 'active' | 'deleted';
  readonly experiment?: number;
  readonly start?: number;
  readonly end?: number | null;
  readonly artifactUri?: string;
  /** Name → values by step; the last is the latest. */
  readonly metrics?: Readonly<Record<string, readonly number[]>>;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Names of logged models; their ids are `m-<name>-<run>`. */
  readonly models?: readonly string[];
}

export interface Store {
  readonly folder: string;
  readonly databaseFile: string;
  readonly database: DatabaseSync;
  addExperiment(id: number, name: string, stage?: 'active' | 'deleted'): void;
  addRun(run: StoredRun): void;
  /** Writes a file below the store's folder. */
  write(path: string, content: string | Uint8Array): void;
}

/** A folder with an `mlflow.db` of its own; gone when the tests of the file are over. */
export function makeStore(schema: 'newest' | 'oldest' = 'newest'): Store {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-store-'));
  const databaseFile = join(folder, 'mlflow.db');
  const database = new DatabaseSync(databaseFile);
  after(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  database.exec(schema === 'newest' ? NEWEST : OLDEST);
  const store: Store = {
    folder,
    databaseFile,
    database,
    addExperiment(id, name, stage = 'active') {
      database
        .prepare('INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (?, ?, ?)')
        .run(id, name, stage);
    },
    addRun: (run) => insertRun(database, run),
    write(path, content) {
      const absolute = join(folder, path);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, content);
    },
  };
  store.addExperiment(1, 'first');
  return store;
}

function insertRun(database: DatabaseSync, run: StoredRun): void {
  const { id, experiment = 1, start = 1000, end = 2000 } = run;
  database
    .prepare(
      'INSERT INTO runs (run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id) VALUES (?,?,?,?,?,?,?,?,?)',
    )
    .run(
      id,
      run.name ?? id,
      'ana',
      run.status ?? 'FINISHED',
      start,
      end,
      run.stage ?? 'active',
      run.artifactUri ?? `/elsewhere/mlruns/${experiment}/${id}/artifacts`,
      experiment,
    );
  for (const [key, values] of Object.entries(run.metrics ?? {})) {
    for (const [step, value] of values.entries()) insertPoint(database, 'metrics', id, key, value, step);
    insertPoint(database, 'latest_metrics', id, key, values.at(-1) ?? Number.NaN, values.length - 1);
  }
  for (const table of ['params', 'tags'] as const) {
    for (const [key, value] of Object.entries(run[table] ?? {})) {
      database.prepare(`INSERT INTO ${table} (key, value, run_uuid) VALUES (?, ?, ?)`).run(key, value, id);
    }
  }
  for (const name of run.models ?? []) {
    const model = `m-${name}-${id}`;
    database
      .prepare('INSERT INTO logged_models VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(model, experiment, name, `/elsewhere/mlruns/${experiment}/models/${model}/artifacts`, 1500, 2, 'active', id);
  }
}

/** As MLflow encodes them: NaN as a flag, infinity as the largest double. */
function insertPoint(
  database: DatabaseSync,
  table: string,
  run: string,
  key: string,
  value: number,
  step: number,
): void {
  const stored = Number.isNaN(value) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
  database
    .prepare(`INSERT INTO ${table} (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, ?)`)
    .run(key, stored, 1000 + step, run, step, Number.isNaN(value) ? 1 : 0);
}
