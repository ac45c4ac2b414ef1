import { comparePoints, decodeStoredValue } from './metric-values.ts';
import {
  compareText,
  double,
  field,
  list,
  oneOf,
  optionalInteger,
  optionalText,
  pairs,
  type Sent,
  text,
} from './mlflow-json.ts';
import type { LoggedModel, MetricPoint, RunInput, RunStatus, RunSummary } from './run.ts';

/** A run as a server describes it. */
export interface ServerRun {
  readonly summary: Omit<RunSummary, 'experiment'>;
  readonly experimentId: string;
  readonly lifecycle: 'active' | 'deleted';
  readonly artifactAddress: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly inputs: readonly RunInput[];
  /** Ids of models that the run names among its outputs. */
  readonly outputs: readonly string[];
}

export interface ServerModel {
  readonly model: Omit<LoggedModel, 'artifactFolder'>;
  readonly sourceRun: string | undefined;
  readonly created: number;
  readonly artifactAddress: string;
}

const STATUSES: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};
const LIFECYCLES = { active: 'active', deleted: 'deleted' } as const;
const MODEL_STATUSES: Readonly<Record<string, LoggedModel['status']>> = {
  LOGGED_MODEL_STATUS_UNSPECIFIED: 'unspecified',
  LOGGED_MODEL_PENDING: 'pending',
  LOGGED_MODEL_READY: 'ready',
  LOGGED_MODEL_UPLOAD_FAILED: 'failed',
};

export function readExperiment(sent: Sent) {
  const lifecycle = field(sent, 'lifecycle_stage');
  return {
    id: text(field(sent, 'experiment_id')),
    name: text(field(sent, 'name')),
    lifecycle: lifecycle.json == null ? 'active' : oneOf(lifecycle, LIFECYCLES),
  };
}

/** The id alone, so that a run that can’t be understood can be named. */
export function readRunId(sent: Sent): string {
  const info = field(sent, 'info');
  return optionalText(field(info, 'run_id')) ?? text(field(info, 'run_uuid'));
}

export function readServerRun(sent: Sent): ServerRun {
  const info = field(sent, 'info');
  const data = field(sent, 'data');
  const id = readRunId(sent);
  const tags = pairs(field(data, 'tags'));
  const lifecycle = field(info, 'lifecycle_stage');
  return {
    summary: {
      id,
      name: optionalText(field(info, 'run_name')) || tags.get('mlflow.runName') || id,
      status: oneOf(field(info, 'status'), STATUSES),
      user: optionalText(field(info, 'user_id')) || tags.get('mlflow.user') || undefined,
      startTime: timeOf(field(info, 'start_time')),
      endTime: timeOf(field(info, 'end_time')),
      metrics: readLatest(field(data, 'metrics')),
    },
    experimentId: text(field(info, 'experiment_id')),
    lifecycle: lifecycle.json == null ? 'active' : oneOf(lifecycle, LIFECYCLES),
    artifactAddress: optionalText(field(info, 'artifact_uri')) ?? '',
    params: pairs(field(data, 'params')),
    tags,
    inputs: list(field(field(sent, 'inputs'), 'dataset_inputs'))
      .map(readInput)
      .sort(compareInputs),
    outputs: list(field(field(sent, 'outputs'), 'model_outputs')).map((output) => text(field(output, 'model_id'))),
  };
}

export function readPoint(sent: Sent): MetricPoint {
  const value = field(sent, 'value');
  return {
    step: optionalInteger(field(sent, 'step')) ?? 0,
    timestamp: optionalInteger(field(sent, 'timestamp')) ?? 0,
    // A server over a database gives the largest double where infinity was logged.
    value: decodeStoredValue(value.json === null ? null : double(value), 0),
  };
}

export function readServerModel(sent: Sent): ServerModel {
  const info = field(sent, 'info');
  const status = field(info, 'status');
  return {
    model: {
      id: text(field(info, 'model_id')),
      name: optionalText(field(info, 'name')) ?? '',
      status: status.json == null ? 'unspecified' : oneOf(status, MODEL_STATUSES),
    },
    sourceRun: optionalText(field(info, 'source_run_id')),
    created: optionalInteger(field(info, 'creation_timestamp_ms')) ?? 0,
    artifactAddress: optionalText(field(info, 'artifact_uri')) ?? '',
  };
}

function readLatest(sent: Sent): Map<string, MetricPoint> {
  const latest = new Map<string, MetricPoint>();
  for (const metric of list(sent)) {
    const key = text(field(metric, 'key'));
    const point = readPoint(metric);
    const known = latest.get(key);
    if (!known || comparePoints(known, point) <= 0) latest.set(key, point);
  }
  return new Map([...latest].sort(([a], [b]) => compareText(a, b)));
}

function readInput(sent: Sent): RunInput {
  const dataset = field(sent, 'dataset');
  return {
    name: text(field(dataset, 'name')),
    digest: optionalText(field(dataset, 'digest')) ?? '',
    context: pairs(field(sent, 'tags')).get('mlflow.data.context'),
  };
}

function compareInputs(a: RunInput, b: RunInput): number {
  return compareText(a.name, b.name) || compareText(a.digest, b.digest);
}

/** A run that still goes on has no end; some servers write that as 0. */
function timeOf(sent: Sent): number | undefined {
  return optionalInteger(sent) || undefined;
}
