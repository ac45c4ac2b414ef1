import { fail, type Result, succeed } from '../base/result.ts';
import { shellWord } from '../base/shell-word.ts';
import type { Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import { type GitPlace, readGit } from './run-git.ts';
import type { ProcessOutput } from './run-process.ts';

/** The commit that trust is read from, and how it was found. */
export interface TrustedCommit {
  readonly commit: string;
  /** The full ref, or the commit id that was given. */
  readonly name: string;
}

const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** What git allows in a ref name, less what would be a pattern or an expression. */
const REF_NAME = /^(?!-)(?!.*(?:\.\.|@\{|\/\/|\/\.|\.lock(?:\/|$)))[^\s~^:?*[\\]+$/;

/** What git says when it is asked for the branches that a name could mean; it can be asked before it is clear where. */
export type ListedRefs = Promise<ProcessOutput>;

/** Undefined where no branch is meant that could be listed. */
export function beginListing(place: GitPlace, name: string): ListedRefs | undefined {
  return COMMIT_ID.test(name) || whyNotAllowed(name) !== undefined ? undefined : listRefs(place, name);
}

function listRefs(place: GitPlace, name: string): ListedRefs {
  const format = '%(refname) %(objectname) %(objecttype)';
  const listed = readGit(place, ['for-each-ref', `--format=${format}`, ...candidatesFor(name)]);
  // Nobody may come to ask: the question can turn out to be another.
  listed.catch(() => undefined);
  return listed;
}

function candidatesFor(name: string): string[] {
  return name.startsWith('refs/') ? [name] : [`refs/heads/${name}`, `refs/remotes/${name}`];
}

function parseRefs(output: Buffer): { readonly ref: string; readonly commit: string; readonly type: string }[] {
  const lines = output.toString('utf8').split('\n');
  return lines.map((line) => {
    const [ref = '', commit = '', type = ''] = line.split(' ');
    return { ref, commit, type };
  });
}

/**
 * Resolves `--trusted-ref`: a full ref, a full commit id, or a short name that is unique among branches and
 * remote-tracking branches. Never a tag and never HEAD: anyone who can push can usually move those.
 * Problems: `anchor-not-allowed`, `anchor-ambiguous`, `anchor-missing`.
 */
export async function resolveTrustedRef(
  repository: Repository,
  objects: Objects,
  name: string,
  listed?: ListedRefs,
): Promise<Result<TrustedCommit>> {
  if (COMMIT_ID.test(name)) return commitById(repository, objects, name);
  const refusal = whyNotAllowed(name);
  if (refusal !== undefined) return fail('anchor-not-allowed', refusal);
  const candidates = candidatesFor(name);
  const found = parseRefs((await (listed ?? listRefs(repository, name))).stdout).filter(({ ref }) =>
    candidates.includes(ref),
  );
  if (found.length > 1) {
    return fail(
      'anchor-ambiguous',
      `"${name}" is both a branch and a remote-tracking branch: give the full name, for example ${candidates[1]}.`,
    );
  }
  const [only] = found;
  if (only === undefined) return missing(repository, name);
  const { ref, commit, type } = only;
  if (ref === `refs/heads/${name}` && (await readsAsRemote(repository, name))) {
    return fail(
      'anchor-ambiguous',
      `"${name}" reads as a branch of a remote, and is a local branch here: give the full name, for example ${candidates[1]}.`,
    );
  }
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

/**
 * Whoever pushes a branch `origin/main` has it as a local branch where a pipeline checks it out, and the real one may not
 * have been fetched.
 */
async function readsAsRemote(repository: Repository, name: string): Promise<boolean> {
  return name.includes('/') && (await remotesOf(repository)).some((remote) => name.startsWith(`${remote}/`));
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
