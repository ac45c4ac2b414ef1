import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Repository } from './repository.ts';
import { type GitOptions, gitSaid, runGit } from './run-git.ts';

const LOCKED =
  /\.lock'?: (?:File exists|.*another git process)|Unable to create '[^']*\.lock'|cannot lock ref|unable to lock/i;
/** So long one and the same lock is waited for. */
const LOCK_PATIENCE_MS = 8_000;
/** So long others may go before, each with a lock of its own. */
const QUEUE_PATIENCE_MS = 300_000;

/**
 * Other git processes hold a lock for moments, and where many sign at once on a busy machine one process may have to let
 * many go before. A lock that stays the same was left by a crash, and only the user can know that nothing is running any
 * more: we say which file it is and never delete it.
 */
export async function retryWhileLocked(
  repository: Repository,
  args: readonly string[],
  options: GitOptions,
  giveUp: () => Promise<boolean> = async () => false,
): Promise<Result<undefined>> {
  const started = Date.now();
  let since = started;
  let seen: string | undefined;
  for (;;) {
    const output = await runGit(repository, args, options);
    if (output.code === 0) return succeed(undefined);
    if (!LOCKED.test(output.stderr)) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    if (await giveUp()) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    const lock = /'([^']*\.lock)'/.exec(output.stderr)?.[1];
    const held = lock === undefined ? undefined : identityOf(lock);
    if (held !== seen) since = Date.now();
    seen = held;
    if (Date.now() - since > LOCK_PATIENCE_MS || Date.now() - started > QUEUE_PATIENCE_MS) {
      const what = lock === undefined ? gitSaid(output) : `${lock} exists`;
      return fail(
        'repository-locked',
        `Another git process seems to be running (${what}). If none is, remove that file and sign off again.`,
      );
    }
    await pause(30);
  }
}

/** Tells one lock from the next at the same place; undefined where it is gone already. */
function identityOf(lock: string): string | undefined {
  const found = statSync(lock, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.ino}:${found.mtimeNs}`;
}

/** Waits about this long, not exactly: processes that collided would otherwise collide again. */
export function pause(milliseconds: number): Promise<void> {
  return sleep(milliseconds * (0.5 + Math.random()));
}
