import type { DatabaseSync } from 'node:sqlite';
import type { MetricPoint, Run } from './run.ts';
import type { SqliteTables } from './sqlite-tables.ts';

/** Up to this size SQLite compares every row with every index of it: a fraction of a second. */
const FULLY_CHECKED_BYTES = 8 * 1024 * 1024;
/** Up to this size it looks whether its pages make a whole. */
const QUICKLY_CHECKED_BYTES = 64 * 1024 * 1024;

/** The tables that are read, and so must be whole. */
const TABLES = [
  'experiments',
  'runs',
  'metrics',
  'latest_metrics',
  'params',
  'tags',
  'datasets',
  'inputs',
  'input_tags',
  'logged_models',
  'model_versions',
  'model_version_tags',
  'registered_model_aliases',
];

/**
 * What is damaged in the tables that are read, in SQLite's words; undefined where nothing is found. SQLite keeps no
 * checksums, so only what stands in the file twice can contradict itself: the pages' order, and columns with an index.
 */
export function findDamage(database: DatabaseSync): string | undefined {
  const bytes = numberFrom(database, 'PRAGMA page_count') * numberFrom(database, 'PRAGMA page_size');
  if (bytes > QUICKLY_CHECKED_BYTES) return undefined;
  const check = bytes <= FULLY_CHECKED_BYTES ? 'integrity_check' : 'quick_check';
  // Conditions are SQL of the file's own, which nothing could stop.
  database.exec('PRAGMA ignore_check_constraints = ON');
  for (const table of TABLES) {
    if (computesInside(database, table)) continue;
    const found = Object.values(database.prepare(`PRAGMA ${check}('${table}')`).get() ?? {})[0];
    if (found !== undefined && found !== 'ok') return String(found);
  }
  return undefined;
}

/** Checking a table computes its generated columns and indexed expressions. MLflow's tables here have none. */
function computesInside(database: DatabaseSync, table: string): boolean {
  const statement = `SELECT count(*) FROM sqlite_schema WHERE tbl_name = '${table}' COLLATE NOCASE
    AND ((type = 'index' AND (sql LIKE '%(%(%' OR sql LIKE '%WHERE%'))
      OR (type <> 'index' AND (type <> 'table' OR sql LIKE '% AS (%' OR sql LIKE '%AS(%' OR sql LIKE '%GENERATED%')))`;
  const isThere = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '${table}'`;
  return numberFrom(database, isThere) === 0 || numberFrom(database, statement) > 0;
}

function numberFrom(database: DatabaseSync, statement: string): number {
  return Number(Object.values(database.prepare(statement).get() ?? {})[0] ?? 0);
}

/** Why a run's metrics contradict themselves; undefined where they don't. MLflow keeps each latest value twice. */
export function findContradiction(tables: SqliteTables, run: Run): string | undefined {
  if (!tables.has('latest_metrics')) return undefined;
  for (const [name, latest] of run.metrics) {
    const points = run.history.get(name) ?? [];
    if (!points.some((point) => isSamePoint(point, latest))) {
      return `the latest value of “${name.slice(0, 64)}” is not among its values`;
    }
  }
  return undefined;
}

function isSamePoint(a: MetricPoint, b: MetricPoint): boolean {
  return a.step === b.step && a.timestamp === b.timestamp && Object.is(a.value + 0, b.value + 0);
}
