import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { findTopLevel, openRepository, type Repository } from '../git/repository.ts';
import { outerRepositoryOf } from '../git/submodule.ts';
import { POLICY_FILE_NAME } from './policy-file.ts';
import type { PolicyRepository } from './policy-repository.ts';

/** Where the pipeline stands, as it says so itself. */
export interface VerifyPlace {
  /** Absolute folder that the command runs in. */
  readonly folder: string;
  /** The same folder as the shell names it, symlinks and all. */
  readonly shellFolder: string | undefined;
  readonly policy: string | undefined;
  /** The top level that the pipeline names, for a checkout that lies in another one as its submodule. */
  readonly repository: string | undefined;
}

/**
 * The repository and the policy's path that `verify` judges. Unlike other commands, it takes them from the pipeline's
 * words alone: the tree being verified could hold a symlink to another project, a submodule in place of a folder, or no
 * policy at all, and must not be the one who chooses.
 */
export async function repositoryToVerify(place: VerifyPlace): Promise<Result<PolicyRepository>> {
  const named = await namedRepository(place);
  if (!named.ok) return named;
  const repository = named.value;
  const file = resolve(place.folder, place.policy ?? POLICY_FILE_NAME);
  const asNamed = pathBelow(repository.topLevel, file);
  const folderAsShell = place.shellFolder === undefined ? undefined : shellPath(place.shellFolder, place.folder);
  const physical = existsSync(dirname(file)) ? realpathSync(dirname(file)) : dirname(file);
  if (asNamed === undefined) {
    return fail(
      'policy-outside',
      `The policy ${place.policy ?? POLICY_FILE_NAME} is not in the repository at ${repository.topLevel}.`,
    );
  }
  if (physical !== dirname(file) || folderAsShell === 'symlink') {
    return fail(
      'policy-behind-symlink',
      `The policy's folder is reached through a symbolic link, which the tree being verified could have planted; name the real path with --policy.`,
    );
  }
  const own = findTopLevel(physical);
  if (own !== undefined && own !== repository.topLevel) {
    return fail(
      'policy-in-other-repository',
      `The policy's folder is a repository of its own (${own}), and not part of ${repository.topLevel}; run verify there if that is what you mean.`,
    );
  }
  return succeed({ repository, policyPath: asNamed });
}

async function namedRepository({ folder, repository: named }: VerifyPlace): Promise<Result<Repository>> {
  const opened = await openRepository(named === undefined ? folder : resolve(folder, named));
  if (!opened.ok) return opened;
  const { topLevel } = opened.value;
  if (named !== undefined) {
    const meant = resolve(folder, named);
    if (existsSync(meant) && realpathSync(meant) === topLevel) return opened;
    return fail('repository-differs', `${named} is not the top level of a repository; it is ${topLevel}.`);
  }
  const outer = await outerRepositoryOf(opened.value);
  if (outer === undefined) return opened;
  return fail(
    'repository-is-submodule',
    `${topLevel} is a submodule that comes with the commit of ${outer}, which would choose what is trusted; if the pipeline means it, say --repository ${relative(folder, topLevel) || '.'}.`,
  );
}

function pathBelow(topLevel: string, file: string): string | undefined {
  const path = relative(topLevel, join(file)).replaceAll('\\', '/');
  return path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/** Whether the shell came here through a symlink below some repository's top level. Links above a checkout are usual. */
function shellPath(shellFolder: string, folder: string): 'direct' | 'symlink' {
  if (!isAbsolute(shellFolder) || shellFolder === folder) return 'direct';
  if (!existsSync(shellFolder) || realpathSync(shellFolder) !== folder) return 'direct';
  for (let place = shellFolder; ; place = dirname(place)) {
    if (existsSync(join(place, '.git'))) {
      const below = relative(place, shellFolder);
      return join(realpathSync(place), below) === folder ? 'direct' : 'symlink';
    }
    if (dirname(place) === place) return 'direct';
  }
}
