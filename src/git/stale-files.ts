import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import { unlinkQuietly } from './work-tree-files.ts';

/** Names that only we give: the private index and its lock, and a file on its way into the work tree. */
const OWN = /^signoff-(?:index-(\d+)-[0-9a-f]{12}(?:\.lock)?|(\d+)-[0-9a-f]{12}\.tmp)$/;
/** No commit takes this long, so a process in another container, whose number says nothing here, has ended too. */
const STALE_MS = 15 * 60_000;

/**
 * Removes what a killed process of ours left in the git folder. Only regular files with our names, whose process is not
 * running any more and that nobody has written for a while; git's own locks are never touched.
 */
export function removeStaleFiles({ gitDir }: Pick<Repository, 'gitDir'>, now: number): void {
  for (const name of namesIn(gitDir)) {
    const [, indexOwner, fileOwner] = OWN.exec(name) ?? [];
    const owner = Number(indexOwner ?? fileOwner);
    if (!Number.isInteger(owner) || isRunning(owner)) continue;
    const path = join(gitDir, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() && now - stat.mtimeMs > STALE_MS) unlinkQuietly(path);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // What can't be tidied up is no reason to keep somebody from committing.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
