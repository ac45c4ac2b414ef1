import type { Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/** Whether a commit stands in the history of what is checked out, or of a branch or tag. */
export type Reachability = 'reachable' | 'unreachable' | 'unknown';

/**
 * Looks for a commit in the history of HEAD, then of every branch, remote branch and tag. `unknown` when history is cut
 * off (a shallow clone) before the commit was found, since it may stand beyond.
 *
 * @param commit a full commit id
 */
export async function reachability(
  repository: Repository,
  commit: string,
  signal?: AbortSignal,
): Promise<Reachability> {
  const absent: Reachability = repository.shallow ? 'unknown' : 'unreachable';
  const options = signal ? { signal } : {};
  const exists = await readGit(repository, ['cat-file', '-e', `${commit}^{commit}`], options);
  if (exists.code !== 0) return absent;
  const fromHead = await readGit(repository, ['merge-base', '--is-ancestor', commit, 'HEAD'], options);
  if (fromHead.code === 0) return 'reachable';
  const places = ['refs/heads', 'refs/remotes', 'refs/tags'];
  const found = await readGit(
    repository,
    ['for-each-ref', '--count=1', `--contains=${commit}`, '--format=%(refname)', ...places],
    options,
  );
  return found.code === 0 && found.stdout.toString('latin1').trim() !== '' ? 'reachable' : absent;
}

/**
 * Whether the remote, as it was seen last, has no branch with the commit. False where there is no remote at all, or where
 * none of its branches was ever fetched: then nothing is known.
 *
 * @param commit a full commit id
 */
export async function isKnownToLackRemote(repository: Repository, commit: string): Promise<boolean> {
  const refs = ['for-each-ref', '--count=1', '--format=%(refname)'];
  const any = await readGit(repository, [...refs, 'refs/remotes']);
  if (any.code !== 0 || any.stdout.length === 0) return false;
  const having = await readGit(repository, [...refs, `--contains=${commit}`, 'refs/remotes']);
  return having.code === 0 && having.stdout.length === 0;
}
