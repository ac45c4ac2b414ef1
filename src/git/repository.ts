import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { findProgram } from './find-program.ts';
import { GIT_MISSING, gitSaid, readGit } from './run-git.ts';

/** A git work tree on disk. All paths are absolute and real. */
export interface Repository {
  readonly topLevel: string;
  /** Of this work tree: HEAD, the index and the states of a merge or rebase live here. */
  readonly gitDir: string;
  /** Of all work trees together: objects and branches live here. Equals `gitDir` but in linked work trees. */
  readonly commonDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  /** History ends somewhere: an object that is not here may exist elsewhere. */
  readonly shallow: boolean;
}

/** Finds the work tree that `folder` lies in. Problems: `git-missing`, `not-a-repository`, `repository-unreadable`. */
export async function openRepository(folder: string): Promise<Result<Repository>> {
  if (findProgram('git') === undefined) return fail('git-missing', GIT_MISSING);
  const topLevel = findTopLevel(folder);
  if (topLevel === undefined) {
    return fail(
      'not-a-repository',
      'This folder is not in a git repository: run "git init" and commit the policy first.',
    );
  }
  const args = ['rev-parse', '--show-toplevel', '--absolute-git-dir', '--git-common-dir', '--show-object-format'];
  const output = await readGit({ topLevel }, [...args, '--is-shallow-repository']);
  const [reported, gitDir, commonDir, objectFormat, shallow] = output.stdout.toString('utf8').split('\n');
  if (output.code !== 0 || !reported || !gitDir || !commonDir) {
    return fail('repository-unreadable', `Git can't read the repository at ${topLevel}: ${gitSaid(output)}`);
  }
  if (realpathSync(reported) !== topLevel) {
    return fail(
      'repository-unreadable',
      `The repository at ${topLevel} keeps its work tree elsewhere (core.worktree), which is not supported.`,
    );
  }
  return succeed({
    topLevel,
    gitDir: realpathSync(gitDir),
    commonDir: realpathSync(resolve(topLevel, commonDir)),
    objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1',
    shallow: shallow === 'true',
  });
}

/** The nearest folder upwards with a `.git`. Done by hand so that `safe.directory` can name it in the first git call. */
export function findTopLevel(folder: string): string | undefined {
  let current: string;
  try {
    current = realpathSync(folder);
  } catch {
    return undefined;
  }
  for (;;) {
    if (existsSync(join(current, '.git'))) return current;
    const parent = dirname(current);
    if (parent === current) return undefined;
    current = parent;
  }
}
