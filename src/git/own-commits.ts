import { fail, type Result, succeed } from '../base/result.ts';
import type { Repository } from './repository.ts';
import { gitSaid, readGit } from './run-git.ts';

/** A commit that adds or changes files of ours and nothing else. Object ids are undefined where there is no such file. */
export interface OwnCommit {
  readonly id: string;
  readonly message: string;
  readonly files: readonly OwnFile[];
}

export interface OwnFile {
  readonly path: string;
  readonly oid: string;
  /** What the commit before it has there. */
  readonly before: string | undefined;
}

/** What only we write. */
const OWN_PATH = /(?:^|\/)\.signoff\/(?:(?:approvals|assessments|releases)\/.+\.json|\.gitattributes)$/;

/**
 * The commits of `tip` that `base` does not have and whose files it lacks, oldest first. Problem `push-others`: one of them
 * holds something besides our files, so pushing it is the user's to decide.
 */
export async function ownCommitsSince(repository: Repository, tip: string, base: string): Promise<Result<OwnCommit[]>> {
  const output = await readGit(repository, ['rev-list', '--reverse', '--topo-order', '--parents', tip, `^${base}`]);
  if (output.code !== 0) return fail('push-failed', `Git can't compare the branches: ${gitSaid(output)}`);
  const commits: OwnCommit[] = [];
  for (const line of output.stdout.toString('latin1').split('\n').slice(0, -1)) {
    const [id = '', ...parents] = line.split(' ');
    const commit = await ownCommit(repository, id, parents);
    if (commit === undefined) {
      return fail(
        'push-others',
        `The commit ${id.slice(0, 10)} holds more than sign-offs and is not pushed yet, which is yours to decide: run git push, or git pull first if that is refused.`,
      );
    }
    // A copy may be there already, from an earlier push that was rebuilt.
    if (!(await holds(repository, base, commit))) commits.push(commit);
  }
  return succeed(commits);
}

/** The id of the file at a path of a commit; undefined where there is none. */
export async function oidAt(repository: Repository, commit: string, path: string): Promise<string | undefined> {
  const output = await readGit(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${commit}:${path}`,
  ]);
  return output.code === 0 ? output.stdout.toString('latin1').trim() : undefined;
}

/** Undefined for the first commit of all, a merge, and one that holds anything besides our files. */
async function ownCommit(
  repository: Repository,
  id: string,
  [parent, ...others]: readonly string[],
): Promise<OwnCommit | undefined> {
  if (parent === undefined || others.length > 0) return undefined;
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-commit-id', '--no-abbrev', parent, id];
  const fields = (await readGit(repository, args)).stdout.toString('utf8').split('\0').slice(0, -1);
  const files: OwnFile[] = [];
  for (let index = 0; index < fields.length; index += 2) {
    const [, mode, before = '', oid = '', status = ''] = (fields[index] ?? '').split(' ');
    const path = fields[index + 1] ?? '';
    if (mode !== '100644' || !['A', 'M'].includes(status) || !OWN_PATH.test(path)) return undefined;
    files.push({ path, oid, before: status === 'A' ? undefined : before });
  }
  const raw = (await readGit(repository, ['cat-file', 'commit', id])).stdout.toString('utf8');
  const message = raw.slice(raw.indexOf('\n\n') + 2);
  return files.length === 0 ? undefined : { id, message, files };
}

async function holds(repository: Repository, commit: string, { files }: OwnCommit): Promise<boolean> {
  for (const { path, oid } of files) if ((await oidAt(repository, commit, path)) !== oid) return false;
  return true;
}
