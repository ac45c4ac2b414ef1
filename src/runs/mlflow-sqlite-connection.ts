import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { fail, type Problem, type Result, succeed } from '../base/result.ts';
import { loadSqlite } from './load-sqlite.ts';
import { type SqliteTables, sqliteTables } from './sqlite-tables.ts';

/** How long reading waits for a writer that holds the database, in milliseconds. */
const BUSY_TIMEOUT = 1500;

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

export interface Connection {
  readonly database: DatabaseSync;
  readonly tables: SqliteTables;
  readonly schemaVersion: number;
  readonly file: FileState;
  /** SQLite's own count, for this connection, of what others wrote; undefined before the first reading. */
  readonly dataVersion: number | undefined;
}

interface FileState {
  readonly identity: string;
  readonly content: string;
}

/** Opens the database for reading only. Nothing is waited for that is no file. */
export async function connect(store: MlflowSqlite): Promise<Result<Connection>> {
  const { databaseFile, location } = store;
  if (statOf(databaseFile)?.isFile() !== true) {
    return fail('run-source-unreadable', `The runs’ store “${location}” is not there, or not a file.`);
  }
  const beside = BESIDE.find((ending) => !isFileOrAbsent(databaseFile + ending));
  if (beside !== undefined) {
    return fail('run-source-unreadable', `“${location}${beside}”, beside the runs’ store, is not a file.`);
  }
  const { DatabaseSync } = await loadSqlite();
  let database: DatabaseSync | undefined;
  try {
    const file = fileStateOf(databaseFile);
    database = new DatabaseSync(databaseFile, { readOnly: true, allowExtension: false });
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA query_only = ON; PRAGMA trusted_schema = OFF`);
    const tables = sqliteTables(database);
    if (!tables.has('runs') || !tables.has('experiments')) {
      database.close();
      return fail('run-source-unreadable', `“${location}” is a database, but not one that MLflow made.`);
    }
    const schemaVersion = pragma(database, 'schema_version');
    return succeed({ database, tables, schemaVersion, file, dataVersion: undefined });
  } catch (error) {
    database?.close();
    return { ok: false, problem: problemOf(error, location) };
  }
}

/**
 * Begins a transaction and says what is open now: another connection where the file was replaced. SQLite itself tells
 * when another program wrote by its rules; a file that changed without that was overwritten, and what SQLite remembers
 * of it may be wrong.
 */
export async function beginReading(store: MlflowSqlite, open: Connection): Promise<Result<Connection>> {
  const now = begin(open, store.databaseFile);
  const isReplaced = now.file.identity !== open.file.identity;
  const isOverwritten = now.dataVersion === open.dataVersion && now.file.content !== open.file.content;
  if (!isReplaced && !isOverwritten) return succeed(now);
  endReading(open);
  const connected = await connect(store);
  if (!connected.ok) return connected;
  const anew = begin(connected.value, store.databaseFile);
  open.database.close();
  return succeed(anew);
}

/** Ends the transaction, if one has begun. Nothing was written, so there is nothing to lose where a damaged file refuses. */
export function endReading({ database }: Connection): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was none, or SQLite has already ended it.
  }
}

function begin(open: Connection, databaseFile: string): Connection {
  const { database } = open;
  database.exec('BEGIN');
  const dataVersion = pragma(database, 'data_version');
  const schemaVersion = pragma(database, 'schema_version');
  const file = fileStateOf(databaseFile);
  // MLflow may have upgraded its tables meanwhile.
  const tables = schemaVersion === open.schemaVersion ? open.tables : sqliteTables(database);
  return { database, tables, schemaVersion, file, dataVersion };
}

function pragma(database: DatabaseSync, name: 'data_version' | 'schema_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function fileStateOf(databaseFile: string): FileState {
  const stats = ['', '-wal'].map((ending) => statOf(databaseFile + ending));
  const [main] = stats;
  return {
    identity: main === undefined ? '' : `${main.dev}:${main.ino}`,
    content: stats.map((stat) => (stat === undefined ? '' : `${stat.size}:${stat.mtimeNs}`)).join(' '),
  };
}

/** What a path leads to; undefined when it leads nowhere, or in circles. */
function statOf(path: string) {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isFileOrAbsent(path: string): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || found.isFile();
  } catch {
    return false;
  }
}

/** SQLite's result code says what is wrong; its extended codes carry the main one in their lowest byte. */
export function problemOf(error: unknown, location: string): Problem {
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
