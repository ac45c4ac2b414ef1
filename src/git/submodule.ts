import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { openRepository, type Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/**
 * The repository around this one whose commit says that a submodule belongs here; undefined where there is none.
 * A repository that merely lies in another's folder is its user's doing; a submodule comes with the outer commit.
 * An outer repository that can't be read counts as one: whoever asks does so to refuse.
 */
export async function outerRepositoryOf(repository: Repository): Promise<string | undefined> {
  const above = nearestGitAbove(repository.topLevel);
  if (above === undefined) return undefined;
  const outer = await openRepository(above);
  if (!outer.ok) return above;
  const path = relative(outer.value.topLevel, repository.topLevel).replaceAll('\\', '/');
  const output = await readGit(outer.value, ['ls-tree', '-z', 'HEAD', '--', path]);
  const isSubmodule = output.stdout.toString('utf8').startsWith('160000 ');
  return isSubmodule ? outer.value.topLevel : undefined;
}

function nearestGitAbove(folder: string): string | undefined {
  for (let place = dirname(folder); ; place = dirname(place)) {
    if (existsSync(join(place, '.git'))) return place;
    if (dirname(place) === place) return undefined;
  }
}
