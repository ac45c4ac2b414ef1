import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fail, type Parsed, type Result } from '../base/result.ts';
import type { RunSourcePolicy } from '../policy/schema.ts';
import { openMlflowSqlite } from './mlflow-sqlite.ts';
import type { Run, RunSource, RunSummary } from './run.ts';

/** A place that runs come from, opened for reading. */
export interface OpenRuns {
  readonly source: RunSource;
  /** Every run that is not deleted, newest first, with the latest value of each metric. */
  list(options?: { readonly signal?: AbortSignal }): Promise<Parsed<RunSummary[]>>;
  /** Everything that one run left; a problem when there is no such run. */
  load(id: string): Promise<Result<Run>>;
  close(): void;
}

/**
 * Opens the runs that a policy names.
 *
 * @param policyFolder absolute folder of the policy; relative locations start there
 */
export async function openRunSource(source: RunSourcePolicy, policyFolder: string): Promise<Result<OpenRuns>> {
  if ('dvc' in source) return notSupported('runs from DVC');
  if ('folder' in source) return notSupported('runs from plain folders');
  if (/^https?:\/\//i.test(source.mlflow)) return notSupported('an MLflow tracking server');
  const database = findDatabase(source.mlflow, policyFolder);
  if (!database.ok) return database;
  return openMlflowSqlite({
    databaseFile: database.value,
    location: relative(policyFolder, database.value).replaceAll('\\', '/'),
    ...(source.experiment === undefined ? {} : { experiment: source.experiment }),
  });
}

function findDatabase(location: string, policyFolder: string): Result<string> {
  const path = resolve(policyFolder, location.replace(/^sqlite:\/\/\//i, ''));
  const kind = kindOf(path);
  if (kind === 'file') return { ok: true, value: path };
  if (kind === 'absent') {
    return fail('run-source-missing', `The runs’ store “${location}” does not exist in the policy’s folder.`);
  }
  if (kind === 'other') return fail('run-source-unreadable', `“${location}” is neither a folder nor a file.`);
  const inside = join(path, 'mlflow.db');
  if (kindOf(inside) === 'file') return { ok: true, value: inside };
  if (isFileStore(path)) return notSupported('an MLflow file store (a folder with meta.yaml files)');
  const besideName = join(location, '..', 'mlflow.db').replaceAll('\\', '/');
  return fail(
    'run-source-missing',
    kindOf(resolve(policyFolder, besideName)) === 'file'
      ? `The folder “${location}” holds only artifacts; the runs are in “${besideName}”.`
      : `The folder “${location}” holds neither an mlflow.db nor MLflow’s experiments.`,
    kindOf(resolve(policyFolder, besideName)) === 'file' ? { suggestion: besideName } : {},
  );
}

/** MLflow's own rule: a folder named by digits with a `meta.yaml` makes a file store. */
function isFileStore(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /^\d+$/.test(name) && existsSync(join(folder, name, 'meta.yaml')));
  } catch {
    return false;
  }
}

function kindOf(path: string): 'file' | 'folder' | 'absent' | 'other' {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'absent';
  if (stat.isFile()) return 'file';
  return stat.isDirectory() ? 'folder' : 'other';
}

function notSupported<Value>(what: string): Result<Value> {
  return fail('run-source-not-supported', `Reading ${what} is not supported by this version.`);
}
