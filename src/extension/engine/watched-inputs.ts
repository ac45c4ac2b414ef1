import { dirname, join, resolve } from 'node:path';
import type { Assessed } from '../../checks/load-and-assess.ts';

/** Watches cost the machine something each; what lies beyond is seen at the next look. */
const MOST_FILES = 40;
const MOST_FOLDERS = 20;

export interface WatchedInputs {
  /** Absolute. */
  readonly files: readonly string[];
  /** Absolute; their own entries only. */
  readonly folders: readonly string[];
}

/**
 * What an assessment was made from, as far as it can change by itself: the model's folders, where a new file is a change
 * as well, the tables and documents that outcomes name, and documents that the policy asks for and that may come yet.
 */
export function inputsOf({ policyFile, policy, assessment, modelFiles, run }: Assessed): WatchedInputs {
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
  const files = distinct([...model, ...[...evidence, ...asked].map((path) => resolve(policyFolder, path))]);
  return {
    files: files.filter((path) => !covered.has(dirname(path))).slice(0, MOST_FILES),
    folders: [...covered],
  };
}

function distinct(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
