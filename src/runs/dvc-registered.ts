import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DvcProject } from './dvc-project.ts';
import type { GtoVersion } from './gto-tags.ts';
import type { RegisteredVersion } from './run.ts';

/**
 * The versions of a commit as registered models, by name, then version, with the place that `artifacts` of its `dvc.yaml`
 * gives them.
 *
 * @param folder absolute folder of the run's artifacts; undefined while they are not on this machine
 */
export function registeredIn(
  versions: readonly GtoVersion[],
  project: DvcProject,
  folder: string | undefined,
): RegisteredVersion[] {
  return versions
    .map(({ name, version, stages }) => {
      const path = project.artifacts.get(name);
      const place = folder === undefined || path === undefined ? undefined : join(folder, path);
      const isHere = place !== undefined && existsSync(place);
      return { name, version, aliases: stages, tags: new Map(), artifactFolder: isHere ? place : undefined };
    })
    .sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.version, b.version));
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
