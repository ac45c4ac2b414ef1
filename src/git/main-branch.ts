import { remoteOf } from './push.ts';
import type { Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/**
 * The full name of the remote-tracking branch that most likely is the protected one: what the remote called its main
 * branch when it was cloned. Undefined where no remote said so. A guess to warn by, never an anchor.
 */
export async function mainBranchOf(repository: Repository): Promise<string | undefined> {
  const remote = await remoteOf(repository);
  if (remote === undefined) return undefined;
  const output = await readGit(repository, ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`]);
  const name = output.stdout.toString('utf8').trim();
  return output.code === 0 && name.startsWith(`refs/remotes/${remote}/`) ? name : undefined;
}
