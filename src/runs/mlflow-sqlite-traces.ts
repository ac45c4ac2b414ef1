import type { Experiments } from './mlflow-sqlite-experiments.ts';
import { textOf } from './sqlite-cells.ts';
import type { SqliteTables } from './sqlite-tables.ts';

/** What every change of a store leaves behind, cheap enough to be read each time. */
export interface Traces {
  /** The name that a run has in its tags, where names stood before MLflow 1.30. */
  nameInTags(run: string): string | undefined;
  /** Ids of the runs that changed since; undefined when that can't be told, and all must be read. */
  changedSince(before: Traces): Set<string> | undefined;
  /** Also remembers the sum of all latest values, by which a change is noticed that left no other trace. */
  sumLatest(): void;
  readonly stored: StoredTraces;
}

interface StoredTraces {
  readonly experiments: string;
  /** Run → all that its row says, deleted runs included. */
  readonly runs: ReadonlyMap<string, string>;
  readonly newestPoint: { readonly row: number; readonly said: string };
  /** Number and sum of the latest values; undefined when they were not asked for. */
  latest: string | undefined;
  readonly shape: string;
}

const RUN_COLUMNS = ['name', 'user_id', 'status', 'start_time', 'end_time', 'lifecycle_stage', 'experiment_id'];
const POINT_COLUMNS = ['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'];

/**
 * Reads them. The rows of `runs` tell of everything but values; and of values tells `metrics`, to which MLflow only
 * appends: each row after the newest one that was known names a run with a new value.
 *
 * Rows vanish only with their runs (`mlflow gc`), and SQLite numbers them anew only when it compacts the file. So while
 * no run is gone, and the newest known row still stands under its number, that holds.
 */
export function readTraces(tables: SqliteTables, experiments: Experiments): Traces {
  const names = new Map<string, string>();
  const runs = new Map<string, string>();
  const columns = RUN_COLUMNS.filter((column) => tables.has('runs', column));
  const said = columns.map((column) => `quote("${column}")`).join(" || ',' || ");
  for (const [id, row] of tables.computed('runs', ['CAST("run_uuid" AS TEXT)', said]))
    runs.set(textOf(id), textOf(row));
  const isNameless = hasNamelessRuns(tables);
  if (isNameless) {
    const tagged = tables.rows('tags', { run_uuid: 'text', value: 'text' }, `WHERE "key" = 'mlflow.runName'`);
    for (const row of tagged) {
      const id = textOf(row.run_uuid);
      names.set(id, textOf(row.value));
      const known = runs.get(id);
      if (known !== undefined) runs.set(id, `${known} ${textOf(row.value)}`);
    }
  }
  const stored: StoredTraces = {
    experiments: JSON.stringify([...experiments]),
    runs,
    newestPoint: newestPoint(tables),
    latest: undefined,
    shape: JSON.stringify([columns, isNameless, tables.has('latest_metrics')]),
  };
  return {
    nameInTags: (run) => names.get(run),
    changedSince: (before) => changedRuns(tables, before.stored, stored),
    sumLatest: () => {
      stored.latest = sumOfLatest(tables);
    },
    stored,
  };
}

function changedRuns(tables: SqliteTables, before: StoredTraces, now: StoredTraces): Set<string> | undefined {
  if (before.experiments !== now.experiments || before.shape !== now.shape) return undefined;
  if (!tables.has('latest_metrics')) return undefined;
  const { row, said } = before.newestPoint;
  if (now.newestPoint.row < row || pointAt(tables, row) !== said) return undefined;
  for (const id of before.runs.keys()) if (!now.runs.has(id)) return undefined;
  const changed = new Set<string>();
  for (const [id, text] of now.runs) if (before.runs.get(id) !== text) changed.add(id);
  if (now.newestPoint.row === row) {
    // Without a new row the latest values are as they were, or somebody other than MLflow wrote them.
    now.latest = sumOfLatest(tables);
    return now.latest === before.latest ? changed : undefined;
  }
  const appended = tables.computed('metrics', ['DISTINCT CAST("run_uuid" AS TEXT)'], `WHERE rowid > ${row}`);
  for (const [id] of appended) changed.add(textOf(id));
  return changed;
}

function newestPoint(tables: SqliteTables): { row: number; said: string } {
  const row = Number(tables.computed('metrics', ['max(rowid)'])[0]?.[0] ?? 0);
  return { row, said: pointAt(tables, row) };
}

function pointAt(tables: SqliteTables, row: number): string {
  const columns = POINT_COLUMNS.filter((column) => tables.has('metrics', column));
  const quoted = columns.map((column) => `quote("${column}")`).join(" || ',' || ");
  return textOf(tables.computed('metrics', [quoted], `WHERE rowid = ${row}`)[0]?.[0]);
}

function sumOfLatest(tables: SqliteTables): string {
  return JSON.stringify(tables.computed('latest_metrics', ['count(*)', 'total("value")']));
}

function hasNamelessRuns(tables: SqliteTables): boolean {
  if (!tables.has('runs', 'name')) return true;
  return tables.computed('runs', ['1'], `WHERE "name" IS NULL OR "name" = '' LIMIT 1`).length > 0;
}
