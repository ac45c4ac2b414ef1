import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Assessed } from '../../checks/load-and-assess.ts';
import type { RunSource } from '../../runs/run.ts';

/** Watches cost the machine something each; what lies beyond is seen at the next look. */
const MOST_FILES = 40;
const MOST_FOLDERS = 20;
/** Of the store itself, files and folders together. */
const MOST_OF_SOURCE = 400;

export interface WatchedInputs {
  /** Absolute. */
  readonly files: readonly string[];
  /** Absolute; their own entries only. */
  readonly folders: readonly string[];
}

/** What tells of a change in the store that the runs come from. */
export async function sourceInputs({
  watched,
  watchedFolders = [],
}: Pick<RunSource, 'watched' | 'watchedFolders'>): Promise<WatchedInputs> {
  // Folders first: they tell of runs that come, files only of those that are known.
  const paths = distinct([...watchedFolders, ...watched]).slice(0, MOST_OF_SOURCE);
  const folders = await Promise.all(paths.map(isFolder));
  return {
    // One that is not there yet may come.
    files: paths.filter((_, index) => !folders[index]),
    folders: paths.filter((_, index) => folders[index]),
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * What an assessment was made from, as far as it can change by itself: the model's folders, where a new file is a change
 * as well, the tables and documents that outcomes name, and documents that the policy asks for and that may come yet.
 */
export function inputsOf({
  policyFile,
  policy,
  assessment,
  modelFiles,
  run,
}: Assessed): WatchedInputs & { readonly coverage: 'all' | 'some' } {
  const policyFolder = dirname(policyFile);
  const model = (modelFiles?.files ?? []).map(({ name }) => join(modelFiles?.folder ?? '', name));
  // Where the files of the model are gone, this is where they would come back to.
  const places = [...run.models.map((logged) => logged.artifactFolder), run.artifactFolder];
  const folders = distinct([
    ...model.map((path) => dirname(path)),
    ...places.flatMap((path) => (path === undefined ? [] : [path])),
  ]).filter((folder) => folder !== policyFolder);
  const asked = Object.values(policy.checks).flatMap((check) =>
    check.check === 'document' && !check.path.startsWith('run:') ? [check.path] : [],
  );
  const evidence = assessment.outcomes.flatMap((outcome) => outcome.evidence.map(({ path }) => path));
  const covered = new Set(folders.slice(0, MOST_FOLDERS));
  const files = distinct([...model, ...[...evidence, ...asked].map((path) => resolve(policyFolder, path))]).filter(
    (path) => !covered.has(dirname(path)),
  );
  return {
    files: files.slice(0, MOST_FILES),
    folders: [...covered],
    coverage: files.length > MOST_FILES || folders.length > MOST_FOLDERS ? 'some' : 'all',
  };
}

function distinct(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
