import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Files that git keeps while something is half done, and the words for it. */
const UNFINISHED: readonly (readonly [file: string, what: string, finish: string])[] = [
  ['MERGE_HEAD', 'a merge', 'git merge --continue'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --continue'],
  ['REVERT_HEAD', 'a revert', 'git revert --continue'],
  ['rebase-merge', 'a rebase', 'git rebase --continue'],
  ['rebase-apply', 'a rebase or git am', 'git rebase --continue'],
  ['sequencer', 'a cherry-pick or revert of several commits', 'git cherry-pick --continue'],
  ['BISECT_LOG', 'a bisect', 'git bisect reset'],
];

/**
 * The branch that a commit would go to, as a full ref. Refused in the middle of a merge, rebase or bisect and on a
 * detached HEAD: a commit of ours there would be lost or would end up inside the user's half-done work.
 * Problems: `repository-busy`, `detached-head`.
 */
export async function branchToCommitTo(repository: Repository): Promise<Result<string>> {
  for (const [file, what, finish] of UNFINISHED) {
    if (!existsSync(join(repository.gitDir, file))) continue;
    return fail(
      'repository-busy',
      `Git is in the middle of ${what}: finish it first (${finish}), then sign off again.`,
    );
  }
  const output = await runGit(repository, ['symbolic-ref', '--quiet', 'HEAD']);
  const branch = output.stdout.toString('utf8').trim();
  if (output.code !== 0 || !branch.startsWith('refs/heads/')) {
    return fail(
      'detached-head',
      'HEAD is detached, so a commit would be on no branch: switch to a branch first (git switch <branch>).',
    );
  }
  return succeed(branch);
}
