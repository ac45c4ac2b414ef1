import { join } from 'node:path';
import type { KnownRun } from './known-run.ts';
import type { KnownStore } from './listing.ts';
import { listNamedFiles } from './named-files.ts';

/** Watching costs the machine something for each folder, so only what is likely to change soon is watched closely. */
const MOST_EXPERIMENTS = 50;
const NEWEST_RUNS = 8;
const MOST_RUNS = 32;
const MOST_FOLDERS_OF_A_RUN = 8;

export interface WatchedPaths {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * What tells of a change: the store's and the experiments' folders tell of a run that comes or goes; `meta.yaml` and
 * the folders of metrics of the newest and the running runs tell of the rest. Older runs are compared on refresh.
 */
export function watchedPaths(storeFolder: string, known: KnownStore): WatchedPaths {
  const files: string[] = [];
  const folders = [storeFolder];
  const newestFirst = [...known.experiments.keys()].toReversed();
  for (const experiment of newestFirst.slice(0, MOST_EXPERIMENTS)) {
    folders.push(join(storeFolder, experiment));
    files.push(join(storeFolder, experiment, 'meta.yaml'));
  }
  const listed = known.listed ?? [];
  const unfinished = listed.filter(({ status }) => status === 'running' || status === 'scheduled');
  const close = new Set([...listed.slice(0, NEWEST_RUNS), ...unfinished].slice(0, MOST_RUNS).map(({ id }) => id));
  for (const [experiment, { runs }] of known.experiments) {
    for (const id of close) {
      const run = runs.get(id);
      if (run === undefined) continue;
      const folder = join(storeFolder, experiment, id);
      files.push(join(folder, 'meta.yaml'));
      const nested = foldersOf(run, join(folder, 'metrics')).slice(0, MOST_FOLDERS_OF_A_RUN);
      folders.push(...nested.map((below) => join(folder, 'metrics', below)));
    }
  }
  return { files, folders };
}

/** Through which folders the names of a run's metrics go; where they were not read, a look at the folders tells. */
function foldersOf({ metrics, extent }: KnownRun, folder: string): readonly string[] {
  if (extent === 'with metrics') return metrics.folders;
  const listed = listNamedFiles({ absolute: folder, shown: folder });
  return listed.ok ? listed.value.folders : metrics.folders;
}
