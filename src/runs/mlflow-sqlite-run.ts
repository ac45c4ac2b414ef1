import { locateArtifactFolder } from './artifact-location.ts';
import { comparePoints, MOST_POINTS } from './metric-values.ts';
import { type Experiments, notDeleted } from './mlflow-sqlite-experiments.ts';
import { tableOfLatest } from './mlflow-sqlite-listing.ts';
import { readRegistered } from './mlflow-sqlite-registry.ts';
import { pointOf, RUN, summaryOf } from './mlflow-sqlite-summary.ts';
import type { LoggedModel, MetricPoint, Run, RunInput } from './run.ts';
import { compareText, numberOr0, sortedByKey, textOf } from './sqlite-cells.ts';
import type { SqliteTables } from './sqlite-tables.ts';

const POINT = { key: 'text', value: 'number', timestamp: 'number', step: 'number', is_nan: 'number' } as const;
const MODEL = {
  model_id: 'text',
  name: 'text',
  artifact_location: 'text',
  status: 'number',
  source_run_id: 'text',
  creation_timestamp_ms: 'number',
} as const;
const MODEL_STATUSES = ['unspecified', 'pending', 'ready', 'failed'] as const;

/** Everything that one run left; undefined when there is no such run, or it is deleted. */
export function readRun(
  tables: SqliteTables,
  experiments: Experiments,
  id: string,
  storeFolder: string,
): Run | undefined {
  const row = tables.rows('runs', RUN, `WHERE "run_uuid" = ? AND ${notDeleted(tables, 'runs')}`, [id])[0];
  const experiment = row && experiments.get(textOf(row.experiment_id));
  if (!row || !experiment) return undefined;
  const tags = pairs(tables, 'tags', id);
  const models = readModels(tables, id, storeFolder);
  const history = readPoints(tables, 'metrics', id);
  const latest = latestOf(tables.has('latest_metrics') ? readPoints(tables, tableOfLatest(tables), id) : history);
  return {
    ...summaryOf(row, experiments, latest, tags.get('mlflow.runName')),
    params: pairs(tables, 'params', id),
    tags,
    history,
    inputs: readInputs(tables, id),
    models,
    registered: readRegistered(tables, { run: id, models, workspace: experiment.workspace, storeFolder }),
    artifactFolder: locateArtifactFolder(textOf(row.artifact_uri), id, storeFolder),
  };
}

function latestOf(points: ReadonlyMap<string, readonly MetricPoint[]>): Map<string, MetricPoint> {
  const latest = new Map<string, MetricPoint>();
  for (const [key, ofKey] of points) {
    const last = ofKey.at(-1);
    if (last) latest.set(key, last);
  }
  return latest;
}

function readPoints(tables: SqliteTables, table: string, id: string): Map<string, MetricPoint[]> {
  const points = new Map<string, MetricPoint[]>();
  let count = 0;
  for (const batch of tables.batches(table, POINT, '"run_uuid" = ?', [id])) {
    count += batch.length;
    if (count > MOST_POINTS) throw new Error(`its run has more than the ${MOST_POINTS} values that are read of one`);
    for (const [name, value = null, timestamp = null, step = null, isNan = null] of batch) {
      const key = textOf(name);
      const point = pointOf(value, timestamp, step, isNan);
      const ofKey = points.get(key);
      if (ofKey) ofKey.push(point);
      else points.set(key, [point]);
    }
  }
  for (const ofKey of points.values()) ofKey.sort(comparePoints);
  return sortedByKey(points);
}

function readInputs(tables: SqliteTables, id: string): RunInput[] {
  const columns = { input_uuid: 'text', source_type: 'text', source_id: 'text', destination_id: 'text' } as const;
  return tables
    .rows('inputs', columns, 'WHERE "destination_id" = ?', [id])
    .filter((link) => link.source_type === 'DATASET')
    .flatMap((link) => {
      const dataset = tables.rows('datasets', { name: 'text', digest: 'text' }, 'WHERE "dataset_uuid" = ?', [
        textOf(link.source_id),
      ])[0];
      if (!dataset) return [];
      const tags = tables.rows('input_tags', { name: 'text', value: 'text' }, 'WHERE "input_uuid" = ?', [
        textOf(link.input_uuid),
      ]);
      const context = tags.find((tag) => tag.name === 'mlflow.data.context')?.value;
      return [
        {
          name: textOf(dataset.name),
          digest: textOf(dataset.digest),
          context: context == null ? undefined : textOf(context),
        },
      ];
    })
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.digest, b.digest));
}

/** A model belongs to the run that logged it, or that names it among its outputs. */
function readModels(tables: SqliteTables, id: string, storeFolder: string): LoggedModel[] {
  const columns = { source_id: 'text', destination_type: 'text', destination_id: 'text' } as const;
  const outputs = tables
    .rows('inputs', columns, 'WHERE "source_id" = ?', [id])
    .filter((link) => link.destination_type === 'MODEL_OUTPUT')
    .map((link) => textOf(link.destination_id));
  const places = outputs.map(() => '?').join(', ');
  const belongs = outputs.length > 0 ? `("source_run_id" = ? OR "model_id" IN (${places}))` : '"source_run_id" = ?';
  return tables
    .rows('logged_models', MODEL, `WHERE ${notDeleted(tables, 'logged_models')} AND ${belongs}`, [id, ...outputs])
    .map((row) => ({ row, made: numberOr0(row.creation_timestamp_ms, 'creation_timestamp_ms') }))
    .sort((a, b) => a.made - b.made || compareText(textOf(a.row.model_id), textOf(b.row.model_id)))
    .map(({ row }) => ({
      id: textOf(row.model_id),
      name: textOf(row.name),
      status: MODEL_STATUSES[numberOr0(row.status, 'status')] ?? 'unspecified',
      artifactFolder: locateArtifactFolder(textOf(row.artifact_location), textOf(row.model_id), storeFolder),
    }));
}

function pairs(tables: SqliteTables, table: 'params' | 'tags', id: string): Map<string, string> {
  const rows = tables.rows(table, { key: 'text', value: 'text' }, 'WHERE "run_uuid" = ?', [id]);
  return sortedByKey(new Map(rows.map((row) => [textOf(row.key), textOf(row.value)])));
}
