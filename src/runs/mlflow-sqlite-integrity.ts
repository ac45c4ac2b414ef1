import type { DatabaseSync } from 'node:sqlite';
import type { MetricPoint, Run } from './run.ts';
import type { SqliteTables } from './sqlite-tables.ts';

/** Up to this size SQLite compares every row with every index of it: a fraction of a second. */
const FULLY_CHECKED_BYTES = 8 * 1024 * 1024;
/** Up to this size it looks whether its pages make a whole. */
const QUICKLY_CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * What is damaged in the file, in SQLite's words; undefined where nothing is found. SQLite keeps no checksums, so only
 * what stands in the file twice can contradict itself: the pages' order, and columns that have an index.
 */
export function findDamage(database: DatabaseSync): string | undefined {
  const bytes = numberFrom(database, 'PRAGMA page_count') * numberFrom(database, 'PRAGMA page_size');
  // Checking evaluates what a hostile file may say here, and nothing can stop SQLite while it does.
  database.exec('PRAGMA ignore_check_constraints = ON');
  if (bytes > QUICKLY_CHECKED_BYTES || computesWhatItIndexes(database)) return undefined;
  const check = bytes <= FULLY_CHECKED_BYTES ? 'integrity_check' : 'quick_check';
  const found = String(Object.values(database.prepare(`PRAGMA ${check}(1)`).get() ?? {})[0] ?? 'ok');
  return found === 'ok' ? undefined : found;
}

/** MLflow has neither indexes of expressions, nor of chosen rows, nor computed columns. */
function computesWhatItIndexes(database: DatabaseSync): boolean {
  const statement = `SELECT count(*) FROM sqlite_schema WHERE (type = 'index' AND (sql LIKE '%(%(%' OR sql LIKE '%WHERE%'))
    OR (type = 'table' AND (sql LIKE '% AS (%' OR sql LIKE '%AS(%' OR sql LIKE '%GENERATED%'))`;
  return numberFrom(database, statement) > 0;
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
