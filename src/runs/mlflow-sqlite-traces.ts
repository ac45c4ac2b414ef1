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
  /**
   * All that the rows of runs say, deleted runs included: a line for each, many lines a text, by the rows' numbers. A
   * text for each run would cost more than half of the reading. Undefined where a row can't be told so.
   */
  readonly runs: ReadonlyMap<number, string> | undefined;
  readonly names: ReadonlyMap<string, string>;
  /** Undefined where no metrics are wanted: then what becomes of them is no change. */
  readonly newestPoint: { readonly row: number; readonly said: string } | undefined;
  /** Number and sum of the latest values; undefined when they were not asked for. */
  latest: string | undefined;
  readonly shape: string;
}

const RUN_COLUMNS = ['name', 'user_id', 'status', 'start_time', 'end_time', 'lifecycle_stage', 'experiment_id'];
/** Fewer would cost more texts, more would have more of them compared line by line for one change. */
const RUNS_A_TEXT = 64;
const POINT_COLUMNS = ['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'];

/**
 * Reads them. The rows of `runs` tell of everything but values; and of values tells `metrics`, to which MLflow only
 * appends: each row after the newest one that was known names a run with a new value.
 *
 * Rows vanish only with their runs (`mlflow gc`), and SQLite numbers them anew only when it compacts the file. So while
 * no run is gone, and the newest known row still stands under its number, that holds.
 */
export function readTraces(tables: SqliteTables, experiments: Experiments, metrics: 'latest' | 'none'): Traces {
  const names = new Map<string, string>();
  const columns = RUN_COLUMNS.filter((column) => tables.has('runs', column));
  const isNameless = hasNamelessRuns(tables);
  if (isNameless) {
    const tagged = tables.rows('tags', { run_uuid: 'text', value: 'text' }, `WHERE "key" = 'mlflow.runName'`);
    for (const row of tagged) names.set(textOf(row.run_uuid), textOf(row.value));
  }
  const stored: StoredTraces = {
    experiments: JSON.stringify([...experiments]),
    runs: linesOfRuns(tables, columns),
    names,
    newestPoint: metrics === 'latest' ? newestPoint(tables) : undefined,
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
  const changed = changedLines(before.runs, now.runs);
  if (changed === undefined) return undefined;
  for (const [id, name] of now.names) if (before.names.get(id) !== name) changed.add(id);
  for (const id of before.names.keys()) if (!now.names.has(id)) changed.add(id);
  if (before.newestPoint === undefined || now.newestPoint === undefined) return changed;
  if (!tables.has('latest_metrics')) return undefined;
  const { row, said } = before.newestPoint;
  if (now.newestPoint.row < row || pointAt(tables, row) !== said) return undefined;
  if (now.newestPoint.row === row) {
    // Without a new row the latest values are as they were, or somebody other than MLflow wrote them.
    now.latest = sumOfLatest(tables);
    return now.latest === before.latest ? changed : undefined;
  }
  const appended = tables.computed('metrics', ['DISTINCT CAST("run_uuid" AS TEXT)'], `WHERE rowid > ${row}`);
  for (const [id] of appended) changed.add(textOf(id));
  return changed;
}

/** The lines are JSON, so that each is one line, whatever stands in it. */
function linesOfRuns(tables: SqliteTables, columns: readonly string[]): Map<number, string> | undefined {
  const line = `json_array(CAST("run_uuid" AS TEXT), ${columns.map((column) => `"${column}"`).join(', ')})`;
  try {
    const texts = tables.computed('runs', [`rowid / ${RUNS_A_TEXT}`, `group_concat(${line}, char(10))`], 'GROUP BY 1');
    return new Map(texts.map(([number, text]) => [Number(number), textOf(text)]));
  } catch {
    // JSON has no bytes, which MLflow never writes here; whatever else is wrong the next query says.
    return undefined;
  }
}

/** Ids of the runs whose lines are new or others; undefined where a run is gone, or nothing can be told. */
function changedLines(before: StoredTraces['runs'], now: StoredTraces['runs']): Set<string> | undefined {
  if (before === undefined || now === undefined) return undefined;
  const [old, changed] = [new Map<string, string>(), new Map<string, string>()];
  for (const number of new Set([...before.keys(), ...now.keys()])) {
    if (before.get(number) === now.get(number)) continue;
    addLines(before.get(number), old);
    addLines(now.get(number), changed);
  }
  for (const [id, line] of old) {
    const now = changed.get(id);
    if (now === undefined) return undefined;
    if (now === line) changed.delete(id);
  }
  return new Set(changed.keys());
}

function addLines(text: string | undefined, lines: Map<string, string>): void {
  for (const line of text?.split('\n') ?? []) lines.set(String(JSON.parse(line)[0]), line);
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
