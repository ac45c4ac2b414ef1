import { fail, type Result, succeed } from '../base/result.ts';
import { locateArtifactFolder } from './artifact-location.ts';
import { comparePoints, decodeStoredValue } from './metric-values.ts';
import { compareNewestFirst } from './newest-finished-run.ts';
import type { LoggedModel, MetricPoint, Run, RunInput, RunStatus, RunSummary } from './run.ts';
import type { Cell, Row, SqliteTables } from './sqlite-tables.ts';

/** Experiment id → name, of the experiments that are to be read. */
export type Experiments = ReadonlyMap<string, string>;

const RUN_COLUMNS = [
  'run_uuid',
  'name',
  'user_id',
  'status',
  'start_time',
  'end_time',
  'artifact_uri',
  'experiment_id',
];
const POINT_COLUMNS = ['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'];
const STATUSES: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};
const MODEL_STATUSES = ['unspecified', 'pending', 'ready', 'failed'] as const;

/** Experiments that are not deleted; only the one of that name, or else of that id, when one is asked for. */
export function readExperiments(tables: SqliteTables, wanted: string | undefined): Result<Experiments> {
  const rows = tables.rows('experiments', ['experiment_id', 'name'], `WHERE ${notDeleted(tables, 'experiments')}`);
  const all = new Map(rows.map((row) => [idOf(row['experiment_id']), textOf(row['name'])]));
  if (wanted === undefined) return succeed(all);
  const named = [...all].filter(([, name]) => name === wanted);
  if (named.length > 0) return succeed(new Map(named));
  const name = all.get(wanted);
  if (name !== undefined) return succeed(new Map([[wanted, name]]));
  return fail('experiment-missing', `There is no experiment “${wanted}” in the runs’ store.`);
}

/** Every run that is not deleted, newest first. One query a table, whatever the number of runs. */
export function readSummaries(tables: SqliteTables, experiments: Experiments): RunSummary[] {
  const metrics = new Map<string, Map<string, MetricPoint>>();
  for (const row of latestRows(tables)) {
    const run = textOf(row['run_uuid']);
    let ofRun = metrics.get(run);
    if (!ofRun) {
      ofRun = new Map();
      metrics.set(run, ofRun);
    }
    keepLatest(ofRun, row);
  }
  return tables
    .rows('runs', RUN_COLUMNS, `WHERE ${notDeleted(tables, 'runs')}`)
    .filter((row) => experiments.has(idOf(row['experiment_id'])))
    .map((row) => summaryOf(row, experiments, metrics.get(textOf(row['run_uuid'])) ?? new Map(), undefined))
    .sort(compareNewestFirst);
}

/** Everything that one run left; undefined when there is no such run, or it is deleted. */
export function readRun(
  tables: SqliteTables,
  experiments: Experiments,
  id: string,
  storeFolder: string,
): Run | undefined {
  const row = tables.rows('runs', RUN_COLUMNS, `WHERE "run_uuid" = ? AND ${notDeleted(tables, 'runs')}`, [id])[0];
  if (!row || !experiments.has(idOf(row['experiment_id']))) return undefined;
  const latest = new Map<string, MetricPoint>();
  for (const point of latestRows(tables, id)) keepLatest(latest, point);
  const tags = pairs(tables, 'tags', id);
  return {
    ...summaryOf(row, experiments, sorted(latest), tags.get('mlflow.runName')),
    params: pairs(tables, 'params', id),
    tags,
    history: readHistory(tables, id),
    inputs: readInputs(tables, id),
    models: readModels(tables, id, storeFolder),
    registered: [],
    artifactFolder: locateArtifactFolder(textOf(row['artifact_uri']), id, storeFolder),
  };
}

/** Nothing could be deleted before MLflow 0.8; its tables have no column for it. */
function notDeleted(tables: SqliteTables, table: string): string {
  return tables.has(table, 'lifecycle_stage')
    ? `("lifecycle_stage" IS NULL OR "lifecycle_stage" <> 'deleted')`
    : 'TRUE';
}

/** Very old stores have no table of latest values; there every point is read, and the latest kept. */
function latestRows(tables: SqliteTables, run?: string): Row[] {
  const table = tables.has('latest_metrics') ? 'latest_metrics' : 'metrics';
  return run === undefined
    ? tables.rows(table, POINT_COLUMNS)
    : tables.rows(table, POINT_COLUMNS, 'WHERE "run_uuid" = ?', [run]);
}

function keepLatest(metrics: Map<string, MetricPoint>, row: Row): void {
  const key = textOf(row['key']);
  const point = pointOf(row);
  const known = metrics.get(key);
  if (!known || comparePoints(known, point) <= 0) metrics.set(key, point);
}

function readHistory(tables: SqliteTables, id: string): Map<string, MetricPoint[]> {
  const history = new Map<string, MetricPoint[]>();
  for (const row of tables.rows('metrics', POINT_COLUMNS, 'WHERE "run_uuid" = ?', [id])) {
    const key = textOf(row['key']);
    const points = history.get(key);
    if (points) points.push(pointOf(row));
    else history.set(key, [pointOf(row)]);
  }
  for (const points of history.values()) points.sort(comparePoints);
  return sorted(history);
}

function readInputs(tables: SqliteTables, id: string): RunInput[] {
  const links = tables.rows(
    'inputs',
    ['input_uuid', 'source_type', 'source_id', 'destination_id'],
    'WHERE "destination_id" = ?',
    [id],
  );
  return links
    .filter((link) => link['source_type'] === 'DATASET')
    .flatMap((link) => {
      const dataset = tables.rows('datasets', ['name', 'digest'], 'WHERE "dataset_uuid" = ?', [
        textOf(link['source_id']),
      ])[0];
      if (!dataset) return [];
      const tags = tables.rows('input_tags', ['name', 'value'], 'WHERE "input_uuid" = ?', [textOf(link['input_uuid'])]);
      const context = tags.find((tag) => tag['name'] === 'mlflow.data.context')?.['value'];
      return [
        {
          name: textOf(dataset['name']),
          digest: textOf(dataset['digest']),
          context: context == null ? undefined : String(context),
        },
      ];
    })
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.digest, b.digest));
}

/** A model belongs to the run that logged it, or that names it among its outputs. */
function readModels(tables: SqliteTables, id: string, storeFolder: string): LoggedModel[] {
  const columns = ['model_id', 'name', 'artifact_location', 'status', 'source_run_id', 'creation_timestamp_ms'];
  const outputs = tables
    .rows('inputs', ['source_id', 'destination_type', 'destination_id'], 'WHERE "source_id" = ?', [id])
    .filter((link) => link['destination_type'] === 'MODEL_OUTPUT')
    .map((link) => textOf(link['destination_id']));
  const places = outputs.map(() => '?').join(', ');
  const belongs = outputs.length > 0 ? `("source_run_id" = ? OR "model_id" IN (${places}))` : '"source_run_id" = ?';
  return tables
    .rows('logged_models', columns, `WHERE ${notDeleted(tables, 'logged_models')} AND ${belongs}`, [id, ...outputs])
    .sort(
      (a, b) =>
        numberOf(a['creation_timestamp_ms']) - numberOf(b['creation_timestamp_ms']) ||
        compareText(textOf(a['model_id']), textOf(b['model_id'])),
    )
    .map((row) => ({
      id: textOf(row['model_id']),
      name: textOf(row['name']),
      status: MODEL_STATUSES[numberOf(row['status'])] ?? 'unspecified',
      artifactFolder: locateArtifactFolder(textOf(row['artifact_location']), textOf(row['model_id']), storeFolder),
    }));
}

function summaryOf(
  row: Row,
  experiments: Experiments,
  metrics: ReadonlyMap<string, MetricPoint>,
  nameInTags: string | undefined,
): RunSummary {
  const id = textOf(row['run_uuid']);
  const user = textOf(row['user_id']);
  return {
    id,
    name: textOf(row['name']) || nameInTags || id,
    experiment: experiments.get(idOf(row['experiment_id'])) ?? '',
    status: STATUSES[textOf(row['status']).toUpperCase()] ?? 'running',
    user: user === '' ? undefined : user,
    startTime: timeOf(row['start_time']),
    endTime: timeOf(row['end_time']),
    metrics,
  };
}

function pairs(tables: SqliteTables, table: 'params' | 'tags', id: string): Map<string, string> {
  const rows = tables.rows(table, ['key', 'value'], 'WHERE "run_uuid" = ?', [id]);
  return sorted(new Map(rows.map((row) => [textOf(row['key']), textOf(row['value'])])));
}

function pointOf(row: Row): MetricPoint {
  return {
    step: numberOf(row['step']),
    timestamp: numberOf(row['timestamp']),
    value: decodeStoredValue(row['value'] == null ? null : Number(row['value']), numberOf(row['is_nan'])),
  };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...map].sort(([a], [b]) => compareText(a, b)));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function textOf(cell: Cell | undefined): string {
  return cell == null ? '' : String(cell);
}

function numberOf(cell: Cell | undefined): number {
  return cell == null ? 0 : Number(cell);
}

/** Experiment ids are whole numbers in most versions and text in some. */
function idOf(cell: Cell | undefined): string {
  return textOf(cell);
}

function timeOf(cell: Cell | undefined): number | undefined {
  return cell == null ? undefined : Number(cell);
}
