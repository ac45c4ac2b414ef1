import { decodeStoredValue } from './metric-values.ts';
import type { Experiments } from './mlflow-sqlite-experiments.ts';
import type { MetricPoint, RunStatus, RunSummary } from './run.ts';
import { numberOr0, optionalNumber, textOf } from './sqlite-cells.ts';
import type { Cell, RowOf } from './sqlite-tables.ts';

export const RUN = {
  run_uuid: 'text',
  name: 'text',
  user_id: 'text',
  status: 'text',
  start_time: 'number',
  end_time: 'number',
  artifact_uri: 'text',
  experiment_id: 'text',
  lifecycle_stage: 'text',
} as const;

export type RunRow = RowOf<keyof typeof RUN>;

const STATUSES: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

/**
 * What a list shows of a run. Throws where a cell holds what MLflow never writes: then the file is damaged, or of a
 * version that this one doesn't know.
 *
 * @param nameInTags the tag `mlflow.runName`, where names stood before MLflow 1.30
 */
export function summaryOf(
  row: RunRow,
  experiments: Experiments,
  metrics: ReadonlyMap<string, MetricPoint>,
  nameInTags: string | undefined,
): RunSummary {
  const id = textOf(row.run_uuid);
  const user = textOf(row.user_id);
  const status = STATUSES[textOf(row.status).toUpperCase()];
  if (status === undefined) throw new Error(`its status “${textOf(row.status).slice(0, 40)}” is not one of MLflow’s`);
  return {
    id,
    name: textOf(row.name) || nameInTags || id,
    experiment: experiments.get(textOf(row.experiment_id))?.label ?? '',
    status,
    user: user === '' ? undefined : user,
    startTime: optionalNumber(row.start_time, 'start_time'),
    endTime: optionalNumber(row.end_time, 'end_time'),
    metrics,
  };
}

/** One stored value of a metric, as it was logged. Throws where a cell is no number. */
export function pointOf(value: Cell, timestamp: Cell, step: Cell, isNan: Cell): MetricPoint {
  return {
    step: numberOr0(step, 'step'),
    timestamp: numberOr0(timestamp, 'timestamp'),
    value: decodeStoredValue(optionalNumber(value, 'value') ?? null, numberOr0(isNan, 'is_nan')),
  };
}
