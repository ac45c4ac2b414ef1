import type { Problem } from '../base/result.ts';
import { comparePoints } from './metric-values.ts';
import { type Experiments, notDeleted } from './mlflow-sqlite-experiments.ts';
import { pointOf, RUN, type RunRow, summaryOf } from './mlflow-sqlite-summary.ts';
import { readTraces, type Traces } from './mlflow-sqlite-traces.ts';
import { compareNewestFirst } from './newest-finished-run.ts';
import type { MetricPoint, RunSummary } from './run.ts';
import { textOf } from './sqlite-cells.ts';
import type { Cell, SqliteTables } from './sqlite-tables.ts';

/** A list of runs, and what tells the next reading which of them have changed since. */
export interface Listing {
  readonly summaries: readonly RunSummary[];
  readonly problems: readonly Problem[];
  readonly traces: Traces;
  /** Whether the latest values were wanted. */
  readonly metrics: 'latest' | 'none';
}

const POINT = {
  run_uuid: 'text',
  key: 'text',
  value: 'number',
  timestamp: 'number',
  step: 'number',
  is_nan: 'number',
} as const;

/** With more changed runs than this, reading all of them costs less. */
const MOST_RUNS_REREAD = 1000;

/** Metrics by run, or, where one of a run's values can't be understood, why. */
type MetricsByRun = Map<string, Map<string, MetricPoint> | string>;

/** Each name of a metric once: SQLite gives it anew with every row. */
type Names = Map<string, string>;

/** Every run that is not deleted, newest first. One query a table, whatever the number of runs. */
export function readListing(tables: SqliteTables, experiments: Experiments, metrics: Listing['metrics']): Listing {
  const traces = readTraces(tables, experiments, metrics);
  if (metrics === 'latest') traces.sumLatest();
  const read = readSummaries({ tables, experiments, traces, metrics }, undefined);
  return { ...read, summaries: read.summaries.sort(compareNewestFirst), traces, metrics };
}

/** The same list as `readListing` gives, made from an earlier one by reading only the runs that changed. */
export function updateListing(tables: SqliteTables, experiments: Experiments, before: Listing): Listing {
  const { metrics } = before;
  const traces = readTraces(tables, experiments, metrics);
  const changed = traces.changedSince(before.traces);
  // A run that was left out is few, and its problem has no id: read all, as if nothing were known.
  if (changed === undefined || changed.size > MOST_RUNS_REREAD || before.problems.length > 0) {
    return readListing(tables, experiments, metrics);
  }
  const read = readSummaries({ tables, experiments, traces, metrics }, changed);
  const summaries = before.summaries.filter(({ id }) => !changed.has(id));
  summaries.push(...read.summaries);
  return { summaries: summaries.sort(compareNewestFirst), problems: read.problems, traces, metrics };
}

interface ToRead {
  readonly tables: SqliteTables;
  readonly experiments: Experiments;
  readonly traces: Traces;
  readonly metrics: Listing['metrics'];
}

function readSummaries(
  { tables, experiments, traces, metrics: wanted }: ToRead,
  only: ReadonlySet<string> | undefined,
): { summaries: RunSummary[]; problems: Problem[] } {
  const chosen = only === undefined ? 'TRUE' : '"run_uuid" IN (SELECT value FROM json_each(?))';
  const values = only === undefined ? [] : [JSON.stringify([...only])];
  const rows = tables.rows('runs', RUN, `WHERE ${notDeleted(tables, 'runs')} AND ${chosen}`, values);
  const metrics: MetricsByRun = new Map();
  const names: Names = new Map();
  const table = tableOfLatest(tables);
  if (wanted === 'latest' && only === undefined) {
    for (const batch of tables.batches(table, POINT)) for (const row of batch) keepLatest(metrics, names, row);
  } else if (wanted === 'latest') {
    for (const row of tables.rows(table, POINT, `WHERE ${chosen}`, values)) {
      keepLatest(metrics, names, [row.run_uuid, row.key, row.value, row.timestamp, row.step, row.is_nan]);
    }
  }
  const problems: Problem[] = [];
  const summaries: RunSummary[] = [];
  for (const row of rows) {
    if (!experiments.has(textOf(row.experiment_id))) continue;
    const summary = summaryOrReason(row, experiments, metrics, traces);
    if (typeof summary === 'string') problems.push(leftOut(textOf(row.run_uuid), summary));
    else summaries.push(summary);
  }
  return { summaries, problems };
}

/** Very old stores have no table of latest values; there every point is read, and the latest kept. */
export function tableOfLatest(tables: SqliteTables): 'latest_metrics' | 'metrics' {
  return tables.has('latest_metrics') ? 'latest_metrics' : 'metrics';
}

function keepLatest(metrics: MetricsByRun, names: Names, row: readonly Cell[]): void {
  const [run, key, value = null, timestamp = null, step = null, isNan = null] = row;
  const id = textOf(run);
  let ofRun = metrics.get(id);
  if (typeof ofRun === 'string') return;
  if (ofRun === undefined) {
    ofRun = new Map();
    metrics.set(id, ofRun);
  }
  try {
    const point = pointOf(value, timestamp, step, isNan);
    const text = textOf(key);
    let name = names.get(text);
    if (name === undefined) {
      name = text;
      names.set(text, name);
    }
    const known = ofRun.get(name);
    if (!known || comparePoints(known, point) <= 0) ofRun.set(name, point);
  } catch (error) {
    metrics.set(id, sayWhy(error));
  }
}

function summaryOrReason(
  row: RunRow,
  experiments: Experiments,
  metrics: MetricsByRun,
  traces: Traces,
): RunSummary | string {
  const id = textOf(row.run_uuid);
  const ofRun = metrics.get(id) ?? new Map<string, MetricPoint>();
  if (typeof ofRun === 'string') return ofRun;
  try {
    return summaryOf(row, experiments, ofRun, traces.nameInTags(id));
  } catch (error) {
    return sayWhy(error);
  }
}

function sayWhy(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function leftOut(id: string, why: string): Problem {
  return {
    code: 'run-unreadable',
    severity: 'warning',
    message: `The run “${id.slice(0, 64)}” is left out: ${why}.`,
  };
}
