import { randomBytes } from 'node:crypto';
import { fail, type Result, succeed } from '../base/result.ts';
import { commitSigning } from './commit-signing.ts';
import { createCommit } from './create-commit.ts';
import { resolveCommit } from './objects.ts';
import { type OwnCommit, oidAt, ownCommitsSince } from './own-commits.ts';
import { pushRef, remoteOf } from './push.ts';
import type { Repository } from './repository.ts';
import { gitSaid, readGit, runGit, runGitWithHooks } from './run-git.ts';

export interface PushedSignOffs {
  readonly remote: string;
  /** A full ref, as the remote has it. */
  readonly branch: string;
  /** `rebuilt`: others had pushed meanwhile, so the remote has copies of our commits on top of theirs. */
  readonly how: 'as they are' | 'rebuilt' | 'there already';
}

interface Destination {
  readonly remote: string;
  readonly branch: string;
  readonly signal?: AbortSignal | undefined;
}

const MAX_RACES = 20;
/** Somebody else was faster. Any other refusal stays one however often we try. */
const OVERTAKEN = /fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref|incorrect old value/i;

/**
 * Pushes the sign-offs of the current branch with the user's own `git push`, and nothing besides: where other commits of
 * the user's wait to be pushed, that is said. When the remote has moved on, the same files are committed anew on its head
 * and pushed from there; the user's branch, index and work tree stay as they are.
 * Problems: `no-remote`, `push-detached`, `push-others`, `push-conflict`, `push-refused`, `push-failed`, `commit-failed`.
 */
export async function pushSignOffs(repository: Repository, signal?: AbortSignal): Promise<Result<PushedSignOffs>> {
  const remote = await remoteOf(repository);
  if (remote === undefined)
    return fail('no-remote', 'There is no remote to push to: add one with git remote add origin <address>.');
  const local = await currentBranch(repository);
  if (local === undefined) return fail('push-detached', 'HEAD is on no branch, so there is nothing to push.');
  const destination = { remote, branch: await upstreamOf(repository, local), signal };
  for (let race = 0; race < MAX_RACES; race++) {
    signal?.throwIfAborted();
    const pushed = await pushOnce(repository, local, destination);
    if (!pushed.ok) return pushed;
    if (pushed.value !== 'overtaken') return succeed({ remote, branch: destination.branch, how: pushed.value });
  }
  return fail('push-failed', `${remote} kept moving while we pushed: try again when fewer others are pushing.`);
}

async function pushOnce(
  repository: Repository,
  local: string,
  destination: Destination,
): Promise<Result<PushedSignOffs['how'] | 'overtaken'>> {
  const { remote, branch, signal } = destination;
  const fetched = await fetchHead(repository, destination);
  if (!fetched.ok) return fetched;
  const base = fetched.value;
  const tip = await resolveCommit(repository, local);
  if (tip === undefined) return fail('push-failed', `${local} has no commit.`);
  const commits = await ownCommitsSince(repository, tip, base);
  if (!commits.ok) return commits;
  if (commits.value.length === 0) return succeed('there already');
  const isOnTop = await isAncestor(repository, base, tip);
  const rebuilt = isOnTop ? succeed(tip) : await rebuild(repository, base, commits.value);
  if (!rebuilt.ok) return rebuilt;
  const pushed = await pushRef(repository, { remote, ref: branch, commit: rebuilt.value, signal });
  if (!pushed.ok) return pushed;
  const { state, message } = pushed.value;
  if (state !== 'refused') return succeed(isOnTop ? 'as they are' : 'rebuilt');
  if (OVERTAKEN.test(message)) return succeed('overtaken');
  return fail(
    'push-refused',
    `${remote} refuses the push: ${message}. If the branch is protected, push another one (git switch -c sign-off) and open a pull request.`,
  );
}

async function currentBranch(repository: Repository): Promise<string | undefined> {
  const output = await readGit(repository, ['symbolic-ref', '--quiet', 'HEAD']);
  const ref = output.stdout.toString('utf8').trim();
  return output.code === 0 && ref.startsWith('refs/heads/') ? ref : undefined;
}

/** The branch that this one follows there; one of the same name where it follows none. */
async function upstreamOf(repository: Repository, local: string): Promise<string> {
  const key = `branch.${local.slice('refs/heads/'.length)}.merge`;
  const output = await readGit(repository, ['config', '--get', key]);
  const merge = output.stdout.toString('utf8').trim();
  return output.code === 0 && merge.startsWith('refs/heads/') ? merge : local;
}

/** The remote's head of the branch, fetched by the user's own git into a ref of ours. */
async function fetchHead(repository: Repository, { remote, branch, signal }: Destination): Promise<Result<string>> {
  const ref = `refs/signoff/${process.pid}-${randomBytes(6).toString('hex')}`;
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--end-of-options'];
  const output = await runGitWithHooks(repository, ['fetch', ...options, remote, `+${branch}:${ref}`], { signal });
  if (output.code !== 0) {
    if (/couldn't find remote ref/i.test(output.stderr)) {
      const name = branch.slice('refs/heads/'.length);
      return fail(
        'push-others',
        `${remote} has no branch ${name} yet, so all of it is yours to push: git push -u ${remote} ${name}.`,
      );
    }
    return fail('push-failed', `Git can't fetch from ${remote}: ${gitSaid(output)}`);
  }
  const commit = await resolveCommit(repository, ref);
  await runGit(repository, ['update-ref', '-d', ref]);
  return commit === undefined ? fail('push-failed', `${remote} gave no commit for ${branch}.`) : succeed(commit);
}

async function isAncestor(repository: Repository, ancestor: string, of: string): Promise<boolean> {
  return (await readGit(repository, ['merge-base', '--is-ancestor', ancestor, of])).code === 0;
}

/** The same files and messages on top of another commit. A file that somebody else changed there stops it. */
async function rebuild(repository: Repository, base: string, commits: readonly OwnCommit[]): Promise<Result<string>> {
  const signing = await commitSigning(repository);
  let tip = base;
  for (const { message, files } of commits) {
    for (const { path, oid, before } of files) {
      const theirs = await oidAt(repository, tip, path);
      if (theirs !== oid && theirs !== before)
        return fail('push-conflict', `Somebody else pushed another ${path}: run git pull, then sign again.`);
    }
    const entries = files.map(({ path, oid }) => `100644 ${oid} 0\t${path}\0`).join('');
    const made = await createCommit(repository, { parent: tip, entries, message, signing });
    if (!made.ok) return made;
    tip = made.value;
  }
  return succeed(tip);
}
