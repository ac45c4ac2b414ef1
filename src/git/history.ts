import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitAuthor, Objects } from './objects.ts';
import type { Repository } from './repository.ts';
import { readGit } from './run-git.ts';

/** A commit that changed something, and whether the history that this clone has is enough to say that it was the last one. */
export interface LastChange {
  readonly commit: string | undefined;
  readonly certainty: 'certain' | 'history is missing';
}

/**
 * The last commit up to `commit` that changed one of `paths` (files or folders, relative to the top level). In a shallow clone
 * the commit where history is cut off seems to have brought everything before it; where older folders were not fetched (a
 * partial clone), git can't compare.
 */
export async function findLastChange(repository: Repository, commit: string, ...paths: string[]): Promise<LastChange> {
  const output = await readGit(repository, ['rev-list', '-1', '--end-of-options', commit, '--', ...paths]);
  const oid = output.stdout.toString('latin1').trim();
  if (output.code !== 0) return { commit: undefined, certainty: 'history is missing' };
  // What no commit brought, the one where history is cut off did not bring either.
  if (oid === '') return { commit: undefined, certainty: 'certain' };
  const isCut = repository.shallow && commitsAtTheCut(repository).has(oid);
  return { commit: oid, certainty: isCut ? 'history is missing' : 'certain' };
}

/** As `findLastChange`, where a guess does. */
export async function lastChangeOf(
  repository: Repository,
  commit: string,
  ...paths: string[]
): Promise<string | undefined> {
  return (await findLastChange(repository, commit, ...paths)).commit;
}

function commitsAtTheCut({ commonDir }: Repository): ReadonlySet<string> {
  return new Set(readFileSync(join(commonDir, 'shallow'), 'latin1').split('\n'));
}

/** A commit in a history that leaves out commits: its parents are those that are in the history. */
export interface HistoryEntry {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * The commits up to `commit` that changed something in `folder` (relative to the top level, `''` for everything), none
 * before one that descends from it. At most `most`; in a shallow clone they end where history is cut off.
 */
export async function commitsThatChanged(
  repository: Repository,
  commit: string,
  folder: string,
  { most, signal }: { readonly most: number; readonly signal?: AbortSignal | undefined },
): Promise<HistoryEntry[]> {
  const paths = folder === '' ? [] : ['--', folder];
  const args = ['rev-list', '--topo-order', '--parents', `--max-count=${most}`, '--end-of-options', commit, ...paths];
  const output = await readGit(repository, args, { signal });
  if (output.code !== 0) return [];
  return output.stdout
    .toString('latin1')
    .split('\n')
    .flatMap((line) => {
      const [id = '', ...parents] = line.split(' ');
      return id === '' ? [] : [{ id, parents }];
    });
}

/** Name and email of a commit's author, as the commit claims them: nothing here is proven. */
export async function authorOf(objects: Objects, commit: string): Promise<CommitAuthor | undefined> {
  return (await objects.commit(commit))?.author;
}

/**
 * For each file below `folder` that a commit up to `commit` added, the commits that did, oldest first as far as history
 * tells. Compares trees alone, so no filter or driver of the repository runs. In a shallow clone the commit where history
 * is cut off adds everything.
 */
export async function commitsThatAdded(
  repository: Repository,
  commit: string,
  folder: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const range = ['rev-list', '--topo-order', '--reverse', '--end-of-options', commit, '--', folder];
  const commits = await readGit(repository, range, { signal });
  const compare = ['diff-tree', '--stdin', '-r', '--root', '--no-renames', '--diff-filter=A', '--name-only', '-z'];
  const changes = await readGit(repository, [...compare, '--', folder], { input: commits.stdout, signal });
  const added = new Map<string, string[]>();
  let current = '';
  for (const field of changes.stdout.toString('utf8').split('\0')) {
    // A path of ours always lies below a folder, so a bare object id names a commit.
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(field.trim())) current = field.trim();
    else if (field !== '') added.set(field, [...(added.get(field) ?? []), current]);
  }
  return added;
}
