import { createHash } from 'node:crypto';
// By way of node:fs, `promises` is loaded when it is used first: a small file needs none of it.
import { promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import {
  type FileIdentity,
  flagsFor,
  identityOf,
  isSameIdentity,
  type LinkPolicy,
  readSmallFile,
  refusalOf,
} from './file-identity.ts';
import { fail, type Result, succeed } from './result.ts';

/** sha256 is what is signed; md5 is how DVC names the content of files, and proves nothing by itself. */
export type DigestAlgorithm = 'sha256' | 'md5';

export interface DigestedFile {
  /** Lower-case hex. */
  readonly digest: string;
  /** Of the very file that was read, the same before and after. */
  readonly identity: FileIdentity;
  /** Whether any change from now on shows in the file's times: it was last touched well before reading began. */
  readonly settled: boolean;
}

export interface DigestOptions {
  readonly algorithm: DigestAlgorithm;
  readonly links: LinkPolicy;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes that were digested since the last call. */
  readonly reportBytes?: ((bytes: number) => void) | undefined;
}

/** Large enough to read at full speed, small enough that a processor without SHA instructions has it digested in 5 ms. */
const READ_SIZE = 1024 * 1024;
const PAST_PAGE_START = 64;
/** A file below this size is read in less time than it takes to ask for it. */
export const SMALL_FILE_BYTES = 128 * 1024;
/** FAT keeps times in steps of two seconds; every other file system is finer. */
const COARSEST_TIME_NS = 2_000_000_000n;

/**
 * Digest of a regular file, of any size: one piece is read while the one before is digested.
 *
 * What is opened is what is judged and read, so that nothing can be put in its place in between: a pipe never blocks,
 * and with `refuse links` a symbolic link is never followed. Problems, each continuing “the file …”: `not-a-file`, and
 * `file-changed` when it was written to meanwhile. Throws the system's error when it can't be read, and the signal's
 * reason when that is aborted.
 */
export async function digestFile(path: string, options: DigestOptions): Promise<Result<DigestedFile>> {
  options.signal?.throwIfAborted();
  const beginning = BigInt(Date.now()) * 1_000_000n;
  let handle: FileHandle;
  try {
    handle = await promises.open(path, flagsFor(options.links));
  } catch (error) {
    return refusalOf(error);
  }
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return fail('not-a-file', 'is not a file');
    const identity = identityOf(before);
    const digest = await digestContent(handle, identity, options);
    const after = identityOf(await handle.stat({ bigint: true }));
    if (digest === undefined || !isSameIdentity(identity, after)) {
      return fail('file-changed', 'changed while it was read');
    }
    return succeed({ digest, identity, settled: isSettled(identity, beginning) });
  } finally {
    await handle.close();
  }
}

/**
 * As `digestFile`, for files below `SMALL_FILE_BYTES`: the calling thread reads it itself, which takes a tenth of the time
 * that asking for each step does.
 */
export function digestSmallFile(path: string, { algorithm, links, reportBytes }: DigestOptions): Result<DigestedFile> {
  const beginning = BigInt(Date.now()) * 1_000_000n;
  const read = readSmallFile(path, links, SMALL_FILE_BYTES);
  if (!read.ok) return read;
  const { content, identity } = read.value;
  reportBytes?.(content.length);
  const digest = createHash(algorithm).update(content).digest('hex');
  return succeed({ digest, identity, settled: isSettled(identity, beginning) });
}

/** undefined when the file has not as many bytes as it said. */
async function digestContent(
  handle: FileHandle,
  { size }: FileIdentity,
  { algorithm, signal, reportBytes }: DigestOptions,
): Promise<string | undefined> {
  const hash = createHash(algorithm);
  // One byte more than it should have: a small file is read at once, and one that grows is noticed.
  const length = Math.min(READ_SIZE, Number(size) + 1);
  let filling = bufferToReadInto(length);
  let filled = bufferToReadInto(length);
  let position = 0;
  let reading = handle.read(filling, 0, length, 0);
  try {
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) break;
      position += bytesRead;
      if (position > size) return undefined;
      [filling, filled] = [filled, filling];
      reading = handle.read(filling, 0, length, position);
      signal?.throwIfAborted();
      hash.update(filled.subarray(0, bytesRead));
      reportBytes?.(bytesRead);
    }
  } finally {
    // The read that is under way is waited for when the file is closed; nobody asks how it went.
    reading.catch(() => undefined);
  }
  return BigInt(position) === size ? hash.digest('hex') : undefined;
}

/**
 * A large allocation begins 16 bytes into a page of memory, and AMD's processors copy to there at a fifth of their rate:
 * 617 ms a gigabyte in place of 130. A little further on they don't.
 */
function bufferToReadInto(length: number): Buffer {
  return Buffer.allocUnsafeSlow(PAST_PAGE_START + length).subarray(PAST_PAGE_START);
}

function isSettled({ modified, changed }: FileIdentity, beginning: bigint): boolean {
  const latest = modified > changed ? modified : changed;
  return latest + COARSEST_TIME_NS < beginning;
}
