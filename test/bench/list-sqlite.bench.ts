import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openMlflowSqlite } from '../../src/runs/mlflow-sqlite.ts';
import { type Bench, type BenchRow, median } from './row.ts';

const RUNS = 10_000;
const METRICS = 20;
const ROUNDS = 5;

/** What the other process, which lists and does nothing else, prints. */
interface Listed {
  readonly runs: number;
  readonly milliseconds: readonly number[];
  readonly kilobytes: number;
}

/** Listing a store that MLflow's own code made, against MLflow's own search of it, and again after one run's change. */
export const bench: Bench = async () => {
  const python = process.env['MODEL_SIGNOFF_PYTHON'];
  if (!python) {
    console.error('MODEL_SIGNOFF_PYTHON is unset, so that listing an SQLite store has no peer to be compared with');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-bench-'));
  try {
    const databaseFile = join(folder, 'mlflow.db');
    const peer = JSON.parse(run(python, [beside('list_sqlite_peer.py'), databaseFile, String(RUNS), String(METRICS)]));
    const listed: Listed = JSON.parse(run(process.execPath, [beside('list-sqlite.ts'), databaseFile, String(ROUNDS)]));
    const once: Listed = JSON.parse(run(process.execPath, [beside('list-sqlite.ts'), databaseFile, '1']));
    if (listed.runs !== RUNS || peer.runs !== RUNS) throw new Error('Not all runs were listed');
    const rows: BenchRow[] = [
      {
        name: `${RUNS} runs × ${METRICS} metrics of an SQLite store, listed`,
        ours: median(listed.milliseconds),
        unit: 'ms',
        peer: { name: 'mlflow.search_runs', value: peer.milliseconds },
        budget: { timesFaster: 20 },
      },
      { name: '… once: the process’s memory', ours: once.kilobytes, unit: 'kB', budget: { atMost: 300 * 1024 } },
      {
        name: '… again, with one run changed',
        ours: median(await changes(databaseFile)),
        unit: 'ms',
        budget: { atMost: 50 },
      },
    ];
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The times of listing again, each after one new value of one run. */
async function changes(databaseFile: string): Promise<number[]> {
  const opened = await openMlflowSqlite({ databaseFile, location: 'mlflow.db' });
  if (!opened.ok) throw new Error(opened.problem.message);
  const runs = opened.value;
  const id = (await runs.list()).value?.[0]?.id ?? '';
  const writer = new DatabaseSync(databaseFile);
  const times: number[] = [];
  for (let step = 1; step <= 2 * ROUNDS; step += 1) {
    writer.exec(`BEGIN;
      INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('metric_1', 0.5, 1, ${step}, 0, '${id}');
      UPDATE latest_metrics SET value = 0.5, timestamp = 1, step = ${step} WHERE key = 'metric_1' AND run_uuid = '${id}';
      COMMIT`);
    const start = performance.now();
    const listed = await runs.list();
    times.push(performance.now() - start);
    if (listed.value?.[0]?.metrics.get('metric_1')?.step !== step) throw new Error('The change was not seen');
  }
  writer.close();
  runs.close();
  return times;
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function run(program: string, programArguments: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, programArguments, {
    encoding: 'utf8',
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n').at(-1) ?? '';
}
