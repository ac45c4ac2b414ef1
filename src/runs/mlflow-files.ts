import { fail, type Parsed, type Result, succeed } from '../base/result.ts';
import { isOneName } from './mlflow-files/linked-things.ts';
import {
  emptyStore,
  experimentFolders,
  experimentMissing,
  isWanted,
  problemsIn,
  refresh,
  refreshExperiment,
} from './mlflow-files/listing.ts';
import { newSharing } from './mlflow-files/sharing.ts';
import { type StorePath, shortened } from './mlflow-files/store-files.ts';
import { watchedPaths } from './mlflow-files/watched-paths.ts';
import { readWholeRun } from './mlflow-files/whole-run.ts';
import type { ListOptions, OpenRuns } from './open-runs.ts';
import type { Run, RunSummary } from './run.ts';

export interface MlflowFiles {
  /** Absolute path of the store, usually named `mlruns`. */
  readonly folder: string;
  /** The same, relative to the policy's folder, for people and for assessments. */
  readonly location: string;
  /** Name, or else id, of the only experiment to read. */
  readonly experiment?: string;
}

/**
 * Opens an MLflow file store, of any version since 0.x, for reading only. Files may come, grow and go meanwhile. A
 * listing leaves out a run whose `meta.yaml`, and a metric whose file can't be understood, with a warning each; loading
 * such a run is a problem.
 */
export async function openMlflowFiles({ folder, location, experiment }: MlflowFiles): Promise<Result<OpenRuns>> {
  const store: StorePath = { absolute: folder, shown: location };
  const known = emptyStore();
  const readable = experimentFolders(store);
  if (!readable.ok) return readable;
  return succeed({
    source: {
      kind: 'mlflow-files',
      location,
      get watched() {
        const { files, folders } = watchedPaths(folder, known);
        return [...files, ...folders];
      },
      get watchedFolders() {
        return watchedPaths(folder, known).folders;
      },
    },
    async list(options: ListOptions = {}): Promise<Parsed<RunSummary[]>> {
      const listed = await refresh(store, known, experiment, options);
      return listed.ok
        ? { value: [...listed.value], problems: problemsIn(known) }
        : { value: undefined, problems: [listed.problem] };
    },
    load: async (id, { signal } = {}) => {
      signal?.throwIfAborted();
      return loadRun(store, experiment, id);
    },
    close: () => {
      known.experiments.clear();
      known.sharing = newSharing();
    },
  });
}

/** Reads the store anew, so that what is judged is never what was there some time ago. */
function loadRun(store: StorePath, wanted: string | undefined, id: string): Result<Run> {
  const known = emptyStore();
  const folders = experimentFolders(store);
  if (!folders.ok) return folders;
  for (const folder of folders.value) refreshExperiment(store, known, folder);
  const experiments = [...known.experiments.values()].filter((each) => isWanted(each.experiment, wanted, known));
  if (wanted !== undefined && experiments.length === 0) return experimentMissing(wanted, known);
  for (const { experiment } of isOneName(id) ? experiments : []) {
    const run = readWholeRun(store, experiment, id);
    if (!run.ok) return { ok: false, problem: { ...run.problem, severity: 'error' } };
    if (run.value !== undefined) return succeed(run.value);
  }
  const where = wanted === undefined ? '' : `, experiment “${shortened(wanted)}”`;
  return fail('run-missing', `There is no run “${shortened(id)}” in “${store.shown}”${where}.`);
}
