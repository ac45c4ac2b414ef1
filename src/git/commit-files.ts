import { fail, type Result, succeed } from '../base/result.ts';
import { type CommitSigning, commitSigning } from './commit-signing.ts';
import { createCommit } from './create-commit.ts';
import { DURABLE } from './durable.ts';
import { readSettings } from './git-settings.ts';
import { MissingObjectError } from './object-reader.ts';
import { withObjects } from './objects.ts';
import type { Repository } from './repository.ts';
import { branchToCommitTo } from './repository-state.ts';
import { pause, retryWhileLocked } from './retry-while-locked.ts';
import { gitSaid, runGit } from './run-git.ts';
import { removeStaleFiles } from './stale-files.ts';
import { checkWorkTreePath, type FileToCommit, writeWorkTreeFile } from './work-tree-files.ts';

/** The points between which a crash may fall, in order. */
export type CommitStep = 'blobs-written' | 'work-tree-written' | 'index-updated' | 'commit-created' | 'branch-moved';

export interface FilesToCommit {
  readonly files: readonly FileToCommit[];
  readonly message: string;
  readonly signal?: AbortSignal | undefined;
  /** Called after each step. Tests end the process here. */
  readonly afterStep?: (step: CommitStep) => void | Promise<void>;
}

export interface CommittedFiles {
  readonly commit: string;
  /** The branch that holds it, as a full ref. */
  readonly branch: string;
  /** The branch had exactly these files before, so nothing was committed. */
  readonly already: boolean;
}

interface Attempt extends FilesToCommit {
  readonly repository: Repository;
  readonly branch: string;
  /** What `update-index --index-info` reads: our entries and nothing else. */
  readonly entries: string;
  readonly signing: CommitSigning;
}

const MAX_RACES = 500;

/**
 * Commits exactly these files, byte for byte, on the current branch, and leaves the user's staged and unstaged work
 * alone. Hooks and filters do not run: they could change bytes that were signed.
 *
 * The order is what makes every crash harmless: work tree, then the user's index (these entries only), then the commit
 * through a private index, then the branch by compare-and-swap. Moving the branch first would leave the user's index
 * saying "deleted", and their next commit would remove an approval. Running it again completes it.
 *
 * Problems: those of `branchToCommitTo` and `checkWorkTreePath`, `repository-locked`, `changed-meanwhile`, `commit-failed`.
 */
export async function commitFiles(repository: Repository, request: FilesToCommit): Promise<Result<CommittedFiles>> {
  const branch = await branchToCommitTo(repository);
  if (!branch.ok) return branch;
  removeStaleFiles(repository, Date.now());
  const head = await tipOf(repository, branch.value);
  const committed = await contentsAt(repository, head, request.files);
  for (const [index, file] of request.files.entries()) {
    const allowed = checkWorkTreePath(repository, file, committed[index]);
    if (!allowed.ok) return allowed;
    if (!mayFollow(file, committed[index])) return changedMeanwhile(file);
  }

  const blobs = await writeBlobs(repository, request);
  if (!blobs.ok) return blobs;
  await request.afterStep?.('blobs-written');

  for (const file of request.files) writeWorkTreeFile(repository, file);
  await request.afterStep?.('work-tree-written');

  const entries = request.files.map((file, index) => `100644 ${blobs.value[index]} 0\t${file.path}\0`).join('');
  const indexed = await updateUsersIndex(repository, entries);
  if (!indexed.ok) return indexed;
  await request.afterStep?.('index-updated');

  const signing = await commitSigning(repository);
  return moveBranch({ ...request, repository, branch: branch.value, entries, signing });
}

async function writeBlobs(repository: Repository, request: FilesToCommit): Promise<Result<string[]>> {
  const oids: string[] = [];
  for (const { content } of request.files) {
    const args = [...DURABLE, 'hash-object', '-w', '--no-filters', '--stdin'];
    const output = await runGit(repository, args, { input: content, signal: request.signal });
    if (output.code !== 0) return fail('commit-failed', `Git can't store the files: ${gitSaid(output)}`);
    oids.push(output.stdout.toString('latin1').trim());
  }
  return succeed(oids);
}

async function updateUsersIndex(repository: Repository, entries: string): Promise<Result<undefined>> {
  const args = [...DURABLE, 'update-index', '--add', '-z', '--index-info'];
  const settings = await withoutFilters(repository);
  const output = await retryWhileLocked(repository, args, { input: entries, settings });
  return output.ok ? succeed(undefined) : output;
}

/**
 * Writing an index, git looks again at files that changed in the same moment as the index did, through the filters that
 * the repository names. Switched off, such a file only counts as "to be looked at again".
 */
async function withoutFilters(repository: Repository): Promise<Record<string, string>> {
  const settings = await readSettings(repository, '^filter\\..*\\.(clean|smudge|process|required)$');
  return Object.fromEntries([...settings.keys()].map((name) => [name, name.endsWith('.required') ? 'false' : '']));
}

async function moveBranch(attempt: Attempt): Promise<Result<CommittedFiles>> {
  const { repository, branch } = attempt;
  for (let race = 0; race < MAX_RACES; race++) {
    attempt.signal?.throwIfAborted();
    const old = await tipOf(repository, branch);
    const present = await contentsAt(repository, old, attempt.files);
    // Somebody else, or ourselves before a crash, may have committed just these files.
    if (old !== undefined && attempt.files.every((file, index) => isSame(present[index], file.content)))
      return succeed({ commit: old, branch, already: true });
    const overtaken = attempt.files.find((file, index) => !mayFollow(file, present[index]));
    if (overtaken !== undefined) return changedMeanwhile(overtaken);
    const commit = await createCommit(repository, { ...attempt, parent: old });
    if (!commit.ok) return commit;
    await attempt.afterStep?.('commit-created');
    const moved = await compareAndSwap(attempt, old, commit.value);
    if (!moved.ok) return moved;
    if (!moved.value) {
      await pause(20);
      continue;
    }
    await attempt.afterStep?.('branch-moved');
    if (!(await holdsAll(repository, commit.value, attempt.files))) {
      return fail(
        'commit-failed',
        `Commit ${commit.value} does not hold the exact bytes that were signed: do not use it.`,
      );
    }
    return succeed({ commit: commit.value, branch, already: false });
  }
  return fail('commit-failed', `${branch} kept moving while we committed: try again when fewer others are committing.`);
}

/** False when somebody else moved the branch first. */
async function compareAndSwap(attempt: Attempt, old: string | undefined, commit: string): Promise<Result<boolean>> {
  const { repository, branch } = attempt;
  const expected = old ?? '0'.repeat(commit.length);
  const subject = attempt.message.split('\n', 1)[0] ?? '';
  const args = [...DURABLE, 'update-ref', '-m', `signoff: ${subject}`, '--create-reflog', branch, commit, expected];
  const output = await retryWhileLocked(repository, args, {}, async () => (await tipOf(repository, branch)) !== old);
  if (output.ok) return succeed(true);
  return (await tipOf(repository, branch)) === old ? output : succeed(false);
}

async function tipOf(repository: Repository, branch: string): Promise<string | undefined> {
  const output = await runGit(repository, ['rev-parse', '--verify', '--quiet', `${branch}^{commit}`]);
  return output.code === 0 ? output.stdout.toString('latin1').trim() : undefined;
}

async function contentsAt(
  repository: Repository,
  commit: string | undefined,
  files: readonly FileToCommit[],
): Promise<(Uint8Array | undefined)[]> {
  if (commit === undefined) return files.map(() => undefined);
  return withObjects(repository, async (objects) => {
    const contents: (Uint8Array | undefined)[] = [];
    for (const file of files) contents.push(await objects.blobAt(commit, file.path).catch(nothingIfMissing));
    return contents;
  });
}

/** In a partial clone: what was just written is here, so what is not here is something else. */
function nothingIfMissing(error: unknown): undefined {
  if (!(error instanceof MissingObjectError)) throw error;
}

async function holdsAll(repository: Repository, commit: string, files: readonly FileToCommit[]): Promise<boolean> {
  const contents = await contentsAt(repository, commit, files);
  return files.every((file, index) => isSame(contents[index], file.content));
}

/** Most files are new, and nobody else's under their name. One that several people write must not lose what another wrote. */
function mayFollow({ follows, content }: FileToCommit, present: Uint8Array | undefined): boolean {
  if (follows === undefined || isSame(present, content)) return true;
  return follows === 'nothing' ? present === undefined : isSame(present, follows);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}

function changedMeanwhile({ path }: FileToCommit): Result<CommittedFiles> {
  return fail('changed-meanwhile', `Somebody else committed ${path} in the meantime: look at it, then try again.`);
}
