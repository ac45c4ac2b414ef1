import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const STORES = ['mlflow.db', 'mlruns'] as const;
/** Where people keep one folder a run. */
const FOLDERS = ['runs', 'experiments', 'outputs', 'results'] as const;
const METRICS_FILE = 'metrics.json';
const MOST_LOOKED_AT = 1000;

/** What finding a source needs that is not in the folder. */
export interface SourceSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the folder's git, and a server that the environment names, may be asked. */
  readonly trust: 'trusted' | 'untrusted';
}

/** As a policy's `run` names it. */
export type FoundSource = Readonly<{ mlflow: string } | { dvc: string } | { folder: string }>;

/**
 * Where the runs of a folder come from: an MLflow store in it, a DVC project, folders with a `metrics.json`, or else the
 * tracking server that `MLFLOW_TRACKING_URI` names. Undefined where there is none of them.
 */
export function findRunSource(folder: string, { environment, trust }: SourceSurroundings): FoundSource | undefined {
  const store = STORES.find((name) => existsSync(join(folder, name)));
  if (store !== undefined) return { mlflow: store };
  if (trust === 'trusted' && ['dvc.yaml', '.dvc'].some((name) => existsSync(join(folder, name)))) return { dvc: '.' };
  const runs = FOLDERS.find((name) => holdsRuns(join(folder, name)));
  if (runs !== undefined) return { folder: runs };
  const address = environment['MLFLOW_TRACKING_URI']?.trim() ?? '';
  return trust === 'trusted' && /^https?:\/\//i.test(address) ? { mlflow: address } : undefined;
}

function holdsRuns(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .slice(0, MOST_LOOKED_AT)
      .some((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, METRICS_FILE)));
  } catch {
    return false;
  }
}
