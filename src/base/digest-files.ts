import { lstatSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { DigestCache } from './digest-cache.ts';
import {
  type DigestAlgorithm,
  type DigestedFile,
  digestFile,
  digestSmallFile,
  SMALL_FILE_BYTES,
} from './digest-file.ts';
import type { DigestRequest } from './digest-worker.ts';
import { type FileIdentity, identityOf, isSameIdentity, type LinkPolicy } from './file-identity.ts';
import { fail, type ReportProgress, type Result, succeed } from './result.ts';
import { turns } from './turns.ts';

export interface FileToDigest {
  readonly path: string;
  /** How a sentence about it begins: `The file “a.csv”`. */
  readonly calledAs: string;
}

export interface DigestFilesOptions {
  readonly links: LinkPolicy;
  readonly algorithm?: DigestAlgorithm;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: { readonly report: ReportProgress; readonly message: string } | undefined;
  /** Only for looking; never for what is signed or verified. */
  readonly cache?: DigestCache | undefined;
  /** How many threads there may be, this one included, and from how many bytes on more than this one. */
  readonly threads?: { readonly most: number; readonly fromBytes: number };
}

/** What one file came to, in the order that was asked. */
export type DigestedIdentity = Pick<DigestedFile, 'digest' | 'identity'>;

/** Below it, starting a thread takes as long as it saves. More threads than eight wait for the disk. */
const THREADS = { most: Math.min(8, availableParallelism()), fromBytes: 256 * 1024 * 1024 };

interface Job {
  readonly file: FileToDigest;
  readonly index: number;
  /** As it was found by its path; what is opened must be the same. */
  readonly identity: FileIdentity;
  readonly size: number;
}

/**
 * Digests of several files, in their order, on as many processors as there are. The calling thread never stands still.
 *
 * The first file that is refused gives the problem: `not-a-file`, or `file-changed` when it was written to meanwhile.
 * Throws the system's error when one can't be read, and the signal's reason when that is aborted.
 */
export async function digestFiles(
  files: readonly FileToDigest[],
  options: DigestFilesOptions,
): Promise<Result<readonly DigestedIdentity[]>> {
  const { algorithm = 'sha256', links, cache, threads = THREADS } = options;
  const turnOfOthers = turns();
  const found: (DigestedIdentity | undefined)[] = [];
  const jobs: Job[] = [];
  for (const [index, file] of files.entries()) {
    options.signal?.throwIfAborted();
    await turnOfOthers();
    const looked = identify(file, links);
    if (!looked.ok) return looked;
    const identity = looked.value;
    const digest = cache?.find(algorithm, file.path, identity);
    found[index] = digest === undefined ? undefined : { digest, identity };
    if (digest === undefined) jobs.push({ file, index, identity, size: Number(identity.size) });
  }
  const failures: { readonly index: number; readonly refused: Result<never> }[] = [];
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const keep = (job: Job, result: Result<DigestedFile>): void => {
    if (result.ok && isSameIdentity(result.value.identity, job.identity)) {
      found[job.index] = result.value;
      cache?.remember(algorithm, job.file.path, result.value);
      return;
    }
    const { code, message } = result.ok
      ? { code: 'file-changed', message: 'changed while it was read' }
      : result.problem;
    failures.push({ index: job.index, refused: refuse(job.file, code, message) });
    stop.abort();
  };
  const reportBytes = progressOf(jobs, options.progress);
  const requestOf = ({ file }: Job): DigestRequest => ({ path: file.path, algorithm, links });
  const here = async (job: Job): Promise<void> =>
    keep(job, await digestFile(job.file.path, { ...requestOf(job), signal, reportBytes }));

  const small = jobs.filter(({ size }) => size < SMALL_FILE_BYTES);
  // The longest first, so that no thread is left with it at the end.
  const large = jobs.filter(({ size }) => size >= SMALL_FILE_BYTES).sort((a, b) => b.size - a.size);
  const bytes = large.reduce((sum, { size }) => sum + size, 0);
  const others = bytes < threads.fromBytes ? 0 : Math.min(threads.most, large.length) - 1;
  const atOnce = async (job: Job): Promise<void> => {
    signal.throwIfAborted();
    await turnOfOthers();
    keep(job, digestSmallFile(job.file.path, { ...requestOf(job), reportBytes }));
  };
  const lanes = [takeAll(large, here), takeAll(small, atOnce)];
  for (let thread = 0; thread < others; thread += 1)
    lanes.push(elsewhere(large, { requestOf, keep, reportBytes, signal }));
  try {
    await allOrFirstFailure(lanes, stop);
  } catch (error) {
    if (failures.length === 0) throw error;
  }
  const [failure] = failures.sort((a, b) => a.index - b.index);
  if (failure) return failure.refused;
  return succeed(found.map((each, index) => each ?? missing(files[index])));
}

function identify(file: FileToDigest, links: LinkPolicy): Result<FileIdentity> {
  const look = links === 'refuse links' ? lstatSync : statSync;
  const found = look(file.path, { bigint: true });
  if (found.isSymbolicLink()) return refuse(file, 'not-a-file', 'is a symbolic link');
  return found.isFile() ? succeed(identityOf(found)) : refuse(file, 'not-a-file', 'is not a file');
}

async function takeAll(jobs: Job[], work: (job: Job) => Promise<void>): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await work(job);
}

interface Elsewhere {
  readonly requestOf: (job: Job) => DigestRequest;
  readonly keep: (job: Job, result: Result<DigestedFile>) => void;
  readonly reportBytes: (bytes: number) => void;
  readonly signal: AbortSignal;
}

async function elsewhere(jobs: Job[], { requestOf, keep, reportBytes, signal }: Elsewhere): Promise<void> {
  const { startDigestThread } = await import('./digest-thread.ts');
  signal.throwIfAborted();
  const thread = startDigestThread();
  const end = (): void => void thread.end();
  signal.addEventListener('abort', end, { once: true });
  try {
    await takeAll(jobs, async (job) => {
      signal.throwIfAborted();
      keep(job, await thread.digest(requestOf(job), reportBytes));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await thread.end();
  }
}

/** Stops the others when one fails, and waits until all have stopped: nothing is being read afterwards. */
async function allOrFirstFailure(lanes: readonly Promise<void>[], stop: AbortController): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  await Promise.all(
    lanes.map((lane) =>
      lane.catch((error: unknown) => {
        first ??= { error };
        stop.abort();
      }),
    ),
  );
  if (first) throw first.error;
}

/** Says each hundredth once. */
function progressOf(jobs: readonly Job[], progress: DigestFilesOptions['progress']): (bytes: number) => void {
  if (!progress) return () => undefined;
  const total = jobs.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let said = 0;
  return (bytes) => {
    done += bytes;
    const hundredths = Math.floor((100 * Math.min(done, total)) / total);
    if (hundredths <= said) return;
    said = hundredths;
    progress.report({ message: progress.message, fraction: hundredths / 100 });
  };
}

function refuse(file: FileToDigest, code: string, why: string): Result<never> {
  const advice = code === 'file-changed' ? '; check again' : ', which is refused';
  return fail(code, `${file.calledAs} ${why}${advice}.`);
}

function missing(file: FileToDigest | undefined): never {
  throw new Error(`${file?.calledAs} was not hashed.`);
}
