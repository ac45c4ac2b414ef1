import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import type { RunSourcePolicy } from '../policy/schema.ts';
import { openDvc } from './dvc.ts';
import { openFolder } from './folder.ts';
import { openMlflowFiles } from './mlflow-files.ts';
import { openMlflowServer } from './mlflow-server.ts';
import { openMlflowSqlite } from './mlflow-sqlite.ts';
import type { OpenRuns, RunSurroundings } from './open-runs.ts';

/**
 * Opens the runs that a policy names.
 *
 * @param policyFolder absolute folder of the policy; relative locations start there
 */
export async function openRunSource(
  source: RunSourcePolicy,
  policyFolder: string,
  surroundings: RunSurroundings = {},
): Promise<Result<OpenRuns>> {
  if ('dvc' in source) return openDvc({ dvc: source.dvc, policyFolder, surroundings });
  if ('folder' in source) return openFolder({ folder: source.folder, policyFolder });
  const experiment = source.experiment === undefined ? {} : { experiment: source.experiment };
  if (/^https?:\/\//i.test(source.mlflow)) {
    return openMlflowServer({ address: source.mlflow, surroundings, ...experiment });
  }
  const store = findStore(source.mlflow, policyFolder);
  if (!store.ok) return store;
  const location = relative(policyFolder, store.value.path).replaceAll('\\', '/');
  return store.value.kind === 'database'
    ? openMlflowSqlite({ databaseFile: store.value.path, location, ...experiment })
    : openMlflowFiles({ folder: store.value.path, location, ...experiment });
}

interface Store {
  readonly kind: 'database' | 'files';
  readonly path: string;
}

function findStore(location: string, policyFolder: string): Result<Store> {
  const path = resolve(policyFolder, location.replace(/^sqlite:\/\/\//i, ''));
  const kind = kindOf(path);
  if (kind === 'file') return succeed({ kind: 'database', path });
  if (kind === 'absent') {
    return fail('run-source-missing', `The runs’ store “${location}” does not exist in the policy’s folder.`);
  }
  if (kind === 'other') return fail('run-source-unreadable', `“${location}” is neither a folder nor a file.`);
  const inside = join(path, 'mlflow.db');
  if (isFileStore(path)) return succeed({ kind: 'files', path });
  if (kindOf(inside) === 'file') return succeed({ kind: 'database', path: inside });
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
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return 'absent';
    if (stat.isFile()) return 'file';
    return stat.isDirectory() ? 'folder' : 'other';
  } catch {
    // Links in a circle, or a folder on the way that may not be entered.
    return 'other';
  }
}
