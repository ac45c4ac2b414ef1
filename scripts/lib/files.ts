import { globSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.mjs';

/** Absolute paths of the files that match, in a fixed order. */
export function filesMatching(pattern: string): string[] {
  return globSync(pattern, { cwd: repositoryRoot })
    .sort()
    .map((path) => join(repositoryRoot, path));
}
