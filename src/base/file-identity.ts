import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { fail, type Result, succeed } from './result.ts';

/** Whether a path whose last part is a symbolic link may be read. */
export type LinkPolicy = 'follow links' | 'refuse links';

/** What tells that a file was touched. Times are in nanoseconds since 1970; `changed` is the inode's, which no program sets. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
  readonly modified: bigint;
  readonly changed: bigint;
}

/** Of what `stat` found, asked with `bigint`. */
export function identityOf(found: {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
}): FileIdentity {
  return {
    device: found.dev,
    inode: found.ino,
    size: found.size,
    modified: found.mtimeNs,
    changed: found.ctimeNs,
  };
}

export function isSameIdentity(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.device === other.device &&
    one.inode === other.inode &&
    one.size === other.size &&
    one.modified === other.modified &&
    one.changed === other.changed
  );
}

/** Nothing waits for a pipe's other end. Windows has neither flag. */
export function flagsFor(links: LinkPolicy): number {
  const noFollow = links === 'refuse links' ? (constants.O_NOFOLLOW ?? 0) : 0;
  return constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noFollow;
}

/** What opening says of what is no file; anything else is thrown on. */
export function refusalOf(error: unknown): Result<never> {
  const { code } = error as NodeJS.ErrnoException;
  // FreeBSD says EMLINK; a socket can't be opened at all.
  if (code === 'ELOOP' || code === 'EMLINK') return fail('not-a-file', 'is a symbolic link');
  if (code === 'ENXIO') return fail('not-a-file', 'is not a file');
  throw error;
}

/**
 * A file below `below` bytes, read by the calling thread, with the same refusals as `digestFile`; one that is larger than
 * that has changed since somebody found it to be small.
 */
export function readSmallFile(
  path: string,
  links: LinkPolicy,
  below: number,
): Result<{ readonly content: Buffer; readonly identity: FileIdentity }> {
  let descriptor: number;
  try {
    descriptor = openSync(path, flagsFor(links));
  } catch (error) {
    return refusalOf(error);
  }
  try {
    const before = fstatSync(descriptor, { bigint: true });
    if (!before.isFile()) return fail('not-a-file', 'is not a file');
    const identity = identityOf(before);
    // One byte more than it should have, so that one that grows is noticed.
    const space = Buffer.allocUnsafe(Math.min(below, Number(identity.size)) + 1);
    let length = 0;
    for (let bytesRead = -1; bytesRead !== 0 && length < space.length; length += bytesRead) {
      bytesRead = readSync(descriptor, space, length, space.length - length, length);
    }
    const after = identityOf(fstatSync(descriptor, { bigint: true }));
    return BigInt(length) === identity.size && isSameIdentity(identity, after)
      ? succeed({ content: space.subarray(0, length), identity })
      : fail('file-changed', 'changed while it was read');
  } finally {
    closeSync(descriptor);
  }
}
