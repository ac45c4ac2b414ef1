import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fail, type Parsed, type Problem, type Result, succeed } from '../base/result.ts';
import { loadSqlite } from './load-sqlite.ts';
import { type Experiments, readExperiments, readRun, readSummaries } from './mlflow-sqlite-rows.ts';
import type { OpenRuns } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';
import { type SqliteTables, sqliteTables } from './sqlite-tables.ts';

/** How long reading waits for a writer that holds the database, in milliseconds. */
const BUSY_TIMEOUT = 3000;

/** What SQLite itself opens beside a database; it would wait without end for a pipe. */
const BESIDE = ['-wal', '-shm', '-journal'] as const;

export interface MlflowSqlite {
  /** Absolute path of the database. */
  readonly databaseFile: string;
  /** The same, relative to the policy's folder, for people and for assessments. */
  readonly location: string;
  /** Name, or else id, of the only experiment to read. */
  readonly experiment?: string;
}

/**
 * Opens an MLflow SQLite store, of any schema since 1.x, for reading only. Each reading is one transaction, so a
 * training that writes meanwhile is seen either before or after, never halfway.
 */
export async function openMlflowSqlite(store: MlflowSqlite): Promise<Result<OpenRuns>> {
  const beside = BESIDE.find((ending) => !isFileOrAbsent(store.databaseFile + ending));
  if (beside !== undefined) {
    return fail('run-source-unreadable', `“${store.location}${beside}”, beside the runs’ store, is not a file.`);
  }
  const { DatabaseSync } = await loadSqlite();
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(store.databaseFile, { readOnly: true, allowExtension: false });
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA query_only = ON; PRAGMA trusted_schema = OFF`);
    const tables = sqliteTables(database);
    if (!tables.has('runs') || !tables.has('experiments')) {
      database.close();
      return fail('run-source-unreadable', `“${store.location}” is a database, but not one that MLflow made.`);
    }
    return succeed(reader(store, database, tables));
  } catch (error) {
    database?.close();
    return { ok: false, problem: problemOf(error, store.location) };
  }
}

function reader(store: MlflowSqlite, database: DatabaseSync, tables: SqliteTables): OpenRuns {
  const { databaseFile, location } = store;

  function inOneTransaction<Value>(read: (experiments: Experiments) => Result<Value>): Result<Value> {
    try {
      database.exec('BEGIN');
      try {
        const experiments = readExperiments(tables, store.experiment);
        return experiments.ok ? read(experiments.value) : experiments;
      } finally {
        database.exec('COMMIT');
      }
    } catch (error) {
      return { ok: false, problem: problemOf(error, location) };
    }
  }

  return {
    source: { kind: 'mlflow-sqlite', location, watched: [databaseFile, `${databaseFile}-wal`] },
    async list({ signal } = {}): Promise<Parsed<RunSummary[]>> {
      signal?.throwIfAborted();
      const runs = inOneTransaction((experiments) => succeed(readSummaries(tables, experiments)));
      return runs.ok ? { value: runs.value, problems: [] } : { value: undefined, problems: [runs.problem] };
    },
    async load(id): Promise<Result<Run>> {
      return inOneTransaction((experiments) => {
        const run = readRun(tables, experiments, id, dirname(databaseFile));
        return run
          ? succeed(run)
          : fail('run-missing', `There is no run “${id}” in “${location}”${experimentInWords(store)}.`);
      });
    },
    close: () => database.close(),
  };
}

function isFileOrAbsent(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined || found.isFile();
}

function experimentInWords({ experiment }: MlflowSqlite): string {
  return experiment === undefined ? '' : `, experiment “${experiment}”`;
}

/** SQLite's result code says what is wrong; its extended codes carry the main one in their lowest byte. */
function problemOf(error: unknown, location: string): Problem {
  const code = Number((error as { errcode?: unknown }).errcode ?? 0) & 0xff;
  const said = error instanceof Error ? error.message : String(error);
  return {
    code: 'run-source-unreadable',
    severity: 'error',
    message: `The runs’ store “${location}” ${sentenceFor(code, said)}`,
  };
}

function sentenceFor(code: number, said: string): string {
  switch (code) {
    case 5:
    case 6:
      return 'is locked by another program; try again when it has finished writing.';
    case 11:
      return 'is damaged or cut short: SQLite calls it malformed.';
    case 26:
      return 'is not an SQLite database.';
    case 14:
      return 'can’t be opened; check that you may read it.';
    case 8:
      return 'was left in the middle of a write, and can’t be repaired while it is read-only; open it with MLflow once.';
    default:
      return `can’t be read: ${said}.`;
  }
}
