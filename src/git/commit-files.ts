import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result, succeed } from '../base/result.ts';
import { type CommitSigning, commitSigning } from './commit-signing.ts';
import { readSettings } from './git-settings.ts';
import { MissingObjectError } from './object-reader.ts';
import { withObjects } from './objects.ts';
import type { Repository } from './repository.ts';
import { branchToCommitTo } from './repository-state.ts';
import { type GitOptions, gitSaid, runGit } from './run-git.ts';
import { removeStaleFiles } from './stale-files.ts';
import { checkWorkTreePath, type FileToCommit, unlinkQuietly, writeWorkTreeFile } from './work-tree-files.ts';

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

/** A crash must not lose what we said was committed; git's default does not sync loose objects. */
const DURABLE = ['-c', 'core.fsync=loose-object,reference,index', '-c', 'gc.auto=0'];
/** The private index holds every path, whatever the user's work tree shows of them. */
const PLAIN_INDEX = ['-c', 'core.splitIndex=false', '-c', 'core.sparseCheckout=false', '-c', 'index.sparse=false'];
const LOCKED =
  /\.lock'?: (?:File exists|.*another git process)|Unable to create '[^']*\.lock'|cannot lock ref|unable to lock/i;
const LOCK_PATIENCE_MS = 8_000;
const MAX_RACES = 500;

/**
 * Commits exactly these files, byte for byte, on the current branch, and leaves the user's staged and unstaged work
 * alone. Hooks and filters do not run: they could change bytes that were signed.
 *
 * The order is what makes every crash harmless: work tree, then the user's index (these entries only), then the commit
 * through a private index, then the branch by compare-and-swap. Moving the branch first would leave the user's index
 * saying "deleted", and their next commit would remove an approval. Running it again completes it.
 *
 * Problems: those of `branchToCommitTo` and `checkWorkTreePath`, `repository-locked`, `commit-failed`.
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
    // Somebody else, or ourselves before a crash, may have committed just these files.
    if (old !== undefined && (await holdsAll(repository, old, attempt.files))) {
      return succeed({ commit: old, branch, already: true });
    }
    const commit = await createCommit(attempt, old);
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

async function createCommit(attempt: Attempt, parent: string | undefined): Promise<Result<string>> {
  const { repository, signal } = attempt;
  const indexFile = join(repository.gitDir, `signoff-index-${process.pid}-${randomBytes(6).toString('hex')}`);
  const steps: (readonly [args: readonly string[], options: GitOptions])[] = [
    [['read-tree', parent ?? '--empty'], {}],
    [['update-index', '--add', '-z', '--index-info'], { input: attempt.entries }],
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
    const args = [
      ...DURABLE,
      ...attempt.signing.configuration,
      'commit-tree',
      ...attempt.signing.flags,
      ...parents,
      tree,
    ];
    const output = await runGit(repository, args, { input: attempt.message, signal });
    if (output.code !== 0) return fail('commit-failed', `Git can't create the commit: ${gitSaid(output)}`);
    return succeed(output.stdout.toString('latin1').trim());
  } finally {
    unlinkQuietly(indexFile);
    unlinkQuietly(`${indexFile}.lock`);
  }
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

/**
 * Other git processes hold a lock for moments. One that stays was left by a crash, and only the user can know that
 * nothing is running any more: we say which file it is and never delete it.
 */
async function retryWhileLocked(
  repository: Repository,
  args: readonly string[],
  options: GitOptions,
  giveUp: () => Promise<boolean> = async () => false,
): Promise<Result<undefined>> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const output = await runGit(repository, args, options);
    if (output.code === 0) return succeed(undefined);
    if (!LOCKED.test(output.stderr)) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    if (await giveUp()) return fail('commit-failed', `Git can't commit: ${gitSaid(output)}`);
    if (Date.now() > deadline) {
      const lock = /'([^']*\.lock)'/.exec(output.stderr)?.[1];
      const what = lock === undefined ? gitSaid(output) : `${lock} exists`;
      return fail(
        'repository-locked',
        `Another git process seems to be running (${what}). If none is, remove that file and sign off again.`,
      );
    }
    await pause(30);
  }
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
  return files.every((file, index) => {
    const content = contents[index];
    return content !== undefined && Buffer.compare(content, file.content) === 0;
  });
}

/** Waits about this long, not exactly: processes that collided would otherwise collide again. */
function pause(milliseconds: number): Promise<void> {
  return sleep(milliseconds * (0.5 + Math.random()));
}
