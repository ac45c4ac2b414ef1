import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import type { CommitSigning } from './commit-signing.ts';
import { DURABLE } from './durable.ts';
import type { Repository } from './repository.ts';
import { type GitOptions, gitSaid, runGit } from './run-git.ts';
import { unlinkQuietly } from './work-tree-files.ts';

export interface CommitToCreate {
  /** The commit it follows; undefined for the first one of a branch. */
  readonly parent: string | undefined;
  /** What `update-index --index-info` reads, NUL-separated: the files that it adds or replaces. */
  readonly entries: string;
  readonly message: string;
  readonly signing: CommitSigning;
  readonly signal?: AbortSignal | undefined;
}

/** The private index holds every path, whatever the user's work tree shows of them. */
const PLAIN_INDEX = ['-c', 'core.splitIndex=false', '-c', 'core.sparseCheckout=false', '-c', 'index.sparse=false'];

/**
 * Makes a commit that is its parent with these files added or replaced, through a private index: neither the user's index
 * nor their work tree is looked at. Problem: `commit-failed`.
 */
export async function createCommit(repository: Repository, commit: CommitToCreate): Promise<Result<string>> {
  const { parent, entries, message, signing, signal } = commit;
  const indexFile = join(repository.gitDir, `signoff-index-${process.pid}-${randomBytes(6).toString('hex')}`);
  const steps: (readonly [args: readonly string[], options: GitOptions])[] = [
    [['read-tree', parent ?? '--empty'], {}],
    [['update-index', '--add', '-z', '--index-info'], { input: entries }],
    // In a partial clone some of the branch's own files may not be here, and need not be.
    [['write-tree', '--missing-ok'], {}],
  ];
  try {
    let tree = '';
    for (const [args, options] of steps) {
      const output = await runGit(repository, [...DURABLE, ...PLAIN_INDEX, ...args], { ...options, indexFile, signal });
      if (output.code !== 0) return fail('commit-failed', `Git can't prepare the commit: ${gitSaid(output)}`);
      tree = output.stdout.toString('latin1').trim();
    }
    const parents = parent === undefined ? [] : ['-p', parent];
    const args = [...DURABLE, ...signing.configuration, 'commit-tree', ...signing.flags, ...parents, tree];
    const output = await runGit(repository, args, { input: message, signal });
    if (output.code !== 0) return fail('commit-failed', `Git can't create the commit: ${gitSaid(output)}`);
    return succeed(output.stdout.toString('latin1').trim());
  } finally {
    unlinkQuietly(indexFile);
    unlinkQuietly(`${indexFile}.lock`);
  }
}
