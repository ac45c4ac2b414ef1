import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Repository } from './repository.ts';
import { type GitOptions, gitSaid, runGit } from './run-git.ts';

const LOCKED =
  /\.lock'?: (?:File exists|.*another git process)|Unable to create '[^']*\.lock'|cannot lock ref|unable to lock/i;
const LOCK_PATIENCE_MS = 8_000;

/**
 * Other git processes hold a lock for moments. One that stays was left by a crash, and only the user can know that
 * nothing is running any more: we say which file it is and never delete it.
 */
export async function retryWhileLocked(
  repository: Repository,
  args: readonly string[],
  options: GitOptions,
  giveUp: () => Promise<boolean> = async () => false,
): Promise<Result<undefined>> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const output = await runGit(repository, args, options);
    if (output.code === 0) return succeed(undefined);
    if (!LOCKED.test(output.stderr)) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    if (await giveUp()) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    if (Date.now() > deadline) {
      const lock = /'([^']*\.lock)'/.exec(output.stderr)?.[1];
      const what = lock === undefined ? gitSaid(output) : `${lock} exists`;
      return fail(
        'repository-locked',
        `Another git process seems to be running (${what}). If none is, remove that file and sign off again.`,
      );
    }
    await pause(30);
  }
}

/** Waits about this long, not exactly: processes that collided would otherwise collide again. */
export function pause(milliseconds: number): Promise<void> {
  return sleep(milliseconds * (0.5 + Math.random()));
}
