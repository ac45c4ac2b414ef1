import { type Result, succeed } from '../../base/result.ts';
import type { RunStatus, RunSummary } from '../run.ts';
import { type Meta, metaText, readMetaFile } from './meta-yaml.ts';
import { below, isFolder, readNamedFile, type StorePath, shortened, textOf, unreadable } from './store-files.ts';

const STATUSES: ReadonlyMap<string, RunStatus> = new Map([
  ['1', 'running'],
  ['2', 'scheduled'],
  ['3', 'finished'],
  ['4', 'failed'],
  ['5', 'killed'],
  ['RUNNING', 'running'],
  ['SCHEDULED', 'scheduled'],
  ['FINISHED', 'finished'],
  ['FAILED', 'failed'],
  ['KILLED', 'killed'],
]);
const TIME = /^-?\d{1,16}$/;
const MOST_NAME_BYTES = 64 * 1024;

/** An experiment of the store. `folder` is the name of its folder, which is its id. */
export interface Experiment {
  readonly folder: string;
  readonly name: string;
}

/** A run's own description, without what stands in files of its own. */
export interface RunMeta extends Omit<RunSummary, 'metrics' | 'name'> {
  /** Undefined before MLflow 1.30: then `nameInTags` may have one. */
  readonly name: string | undefined;
  readonly artifactUri: string | undefined;
}

/** Reads an experiment's `meta.yaml`; undefined where there is none, or it is deleted. */
export function readExperiment(store: StorePath, folder: string): Result<Experiment | undefined> {
  const path = below(store, folder, 'meta.yaml');
  const read = readMetaFile(path);
  if (!read.ok || read.value === undefined) return read.ok ? succeed(undefined) : read;
  const meta = read.value;
  const stage = stageOf(meta, path);
  if (!stage.ok) return stage;
  if (stage.value === 'deleted') return succeed(undefined);
  const id = metaText(meta, 'experiment_id');
  if (id !== folder) return unreadable(path, `names the experiment “${shortened(id ?? '')}”, not that of its folder`);
  return succeed({ folder, name: metaText(meta, 'name') ?? folder });
}

/** Reads a run's `meta.yaml`; undefined where there is none, or the run is deleted. */
export function readRunMeta(store: StorePath, experiment: Experiment, id: string): Result<RunMeta | undefined> {
  const path = below(store, experiment.folder, id, 'meta.yaml');
  const read = readMetaFile(path);
  if (!read.ok || read.value === undefined) return read.ok ? succeed(undefined) : read;
  const meta = read.value;
  const stage = stageOf(meta, path);
  if (!stage.ok) return stage;
  if (stage.value === 'deleted') return succeed(undefined);
  const found = metaText(meta, 'run_id') ?? metaText(meta, 'run_uuid');
  if (found !== id) return unreadable(path, `describes the run “${shortened(found ?? '')}”, not that of its folder`);
  const inExperiment = metaText(meta, 'experiment_id');
  if (inExperiment !== undefined && inExperiment !== experiment.folder) {
    return unreadable(path, `says that its run belongs to the experiment “${shortened(inExperiment)}”`);
  }
  const startTime = timeOf(meta, 'start_time');
  const endTime = timeOf(meta, 'end_time');
  if (startTime === 'unclear' || endTime === 'unclear') return unreadable(path, 'has a time that is not a number');
  const stated = metaText(meta, 'status');
  const status = stated === undefined ? 'running' : STATUSES.get(stated.toUpperCase());
  if (status === undefined) return unreadable(path, `has the unknown status “${shortened(stated ?? '')}”`);
  const user = metaText(meta, 'user_id');
  return succeed({
    id,
    name: metaText(meta, 'run_name') || undefined,
    experiment: experiment.name,
    status,
    user: user === '' ? undefined : user,
    startTime,
    endTime,
    artifactUri: metaText(meta, 'artifact_uri'),
  });
}

/** Before MLflow 1.30 a run's name stands only in a tag; undefined where it has none, or none that can be read. */
export function nameInTags(run: StorePath): string | undefined {
  if (!isFolder(below(run, 'tags'))) return undefined;
  const bytes = readNamedFile(below(run, 'tags', 'mlflow.runName'), MOST_NAME_BYTES);
  return (bytes.ok && bytes.value !== undefined && textOf(bytes.value)) || undefined;
}

function stageOf(meta: Meta, path: StorePath): Result<'active' | 'deleted'> {
  const stage = metaText(meta, 'lifecycle_stage') ?? 'active';
  if (stage === 'active' || stage === 'deleted') return succeed(stage);
  return unreadable(path, `has the unknown stage “${shortened(stage)}”`);
}

function timeOf(meta: Meta, key: string): number | undefined | 'unclear' {
  const text = metaText(meta, key);
  if (text === undefined) return undefined;
  return TIME.test(text) ? Number(text) : 'unclear';
}
