import { fail, type Result, succeed } from '../base/result.ts';
import { shellWord } from '../base/shell-word.ts';
import type { Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/** The commit that trust is read from, and how it was found. */
export interface TrustedCommit {
  readonly commit: string;
  /** The full ref, or the commit id that was given. */
  readonly name: string;
}

const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** What git allows in a ref name, less what would be a pattern or an expression. */
const REF_NAME = /^(?!-)(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+$/;

/**
 * Resolves `--trusted-ref`: a full ref, a full commit id, or a short name that is unique among branches and
 * remote-tracking branches. Never a tag and never HEAD: anyone who can push can usually move those.
 * Problems: `anchor-not-allowed`, `anchor-ambiguous`, `anchor-missing`.
 */
export async function resolveTrustedRef(
  repository: Repository,
  objects: Objects,
  name: string,
): Promise<Result<TrustedCommit>> {
  if (COMMIT_ID.test(name)) return commitById(repository, objects, name);
  const refusal = whyNotAllowed(name);
  if (refusal !== undefined) return fail('anchor-not-allowed', refusal);
  const candidates = name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/remotes/${name}`];
  const format = '%(refname) %(objectname) %(objecttype)';
  const output = await readGit(repository, ['for-each-ref', `--format=${format}`, ...candidates]);
  const found = output.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([ref]) => candidates.includes(ref ?? ''));
  if (found.length > 1) {
    return fail(
      'anchor-ambiguous',
      `"${name}" is both a branch and a remote-tracking branch: give the full name, for example ${candidates[1]}.`,
    );
  }
  const [ref, commit, type] = found[0] ?? [];
  if (ref === undefined || commit === undefined) return missing(repository, name);
  if (type !== 'commit') return fail('anchor-not-allowed', `${ref} is not a branch: it names a ${type}.`);
  return commitOf(repository, objects, commit, ref, name);
}

function whyNotAllowed(name: string): string | undefined {
  if (!REF_NAME.test(name)) return `"${name}" is not the name of a branch: give one such as refs/remotes/origin/main.`;
  if (name.startsWith('refs/tags/'))
    return 'A tag can be moved by anyone who can push: trust a protected branch instead.';
  if (name === 'HEAD' || name.endsWith('/HEAD') || name === '@') {
    return 'HEAD is what is being verified, so it can prove nothing: trust a protected branch instead.';
  }
  return undefined;
}

async function commitById(repository: Repository, objects: Objects, oid: string): Promise<Result<TrustedCommit>> {
  return commitOf(repository, objects, oid, oid, oid);
}

async function commitOf(
  repository: Repository,
  objects: Objects,
  oid: string,
  name: string,
  asked: string,
): Promise<Result<TrustedCommit>> {
  const commit = await objects.commit(oid);
  if (commit === undefined) return missing(repository, asked);
  return succeed({ commit: oid, name });
}

async function missing(repository: Repository, name: string): Promise<Result<TrustedCommit>> {
  const fetch = fetchCommand(name, await remotesOf(repository));
  const why = repository.shallow ? 'This clone is shallow and lacks' : 'This clone has no';
  return fail('anchor-missing', `${why} "${name}", so there is nothing to trust. Run: ${fetch}`);
}

/** Names of the remotes, `origin` first; it stands for them all where there is none. */
async function remotesOf(repository: Repository): Promise<string[]> {
  const output = await readGit(repository, ['config', '--null', '--name-only', '--get-regexp', '^remote\\..*\\.url$']);
  const names = output.stdout.toString('utf8').split('\0').slice(0, -1);
  const remotes = names.map((name) => name.slice('remote.'.length, -'.url'.length)).filter((name) => name !== 'origin');
  return ['origin', ...new Set(remotes)];
}

/** The command that would bring the anchor here. */
function fetchCommand(name: string, remotes: readonly string[]): string {
  if (COMMIT_ID.test(name)) return `git fetch origin ${name}`;
  const short = name.replace(/^refs\/remotes\//, '');
  // A remote's name may have a slash in it, so the longest that fits is meant.
  const [remote] = remotes.filter((each) => short.startsWith(`${each}/`)).toSorted((a, b) => b.length - a.length);
  if (!name.startsWith('refs/heads/') && remote !== undefined)
    return fetchBranch(remote, short.slice(remote.length + 1));
  const branch = name.replace(/^refs\/heads\//, '');
  return `${fetchBranch('origin', branch)}, then give refs/remotes/origin/${branch}`;
}

function fetchBranch(remote: string, branch: string): string {
  return `git fetch ${shellWord(remote)} ${shellWord(`+refs/heads/${branch}:refs/remotes/${remote}/${branch}`)}`;
}
