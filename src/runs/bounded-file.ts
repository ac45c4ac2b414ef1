import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';

/** A file that was read whole. `modified` is in milliseconds since 1970. */
export interface BoundedFile {
  readonly bytes: Buffer;
  readonly modified: number;
}

export interface BoundedFileOptions {
  readonly mostBytes: number;
  /** Absolute real folders; the file, with every symlink followed, must lie in one of them. */
  readonly roots: readonly string[];
}

/**
 * Reads a file that training may be writing, and that anybody may have put there; undefined when there is none. Problems
 * continue "the file …": it is no regular file, leads out of the roots, is too large, or can't be read. Never waits for
 * a pipe.
 */
export async function readBoundedFile(
  path: string,
  { mostBytes, roots }: BoundedFileOptions,
): Promise<Result<BoundedFile | undefined>> {
  let file: FileHandle | undefined;
  try {
    if (!liesInOneOf(roots, await realpath(path))) {
      return fail('file-refused', 'leads out of its folder by a symbolic link, which is refused');
    }
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await file.stat();
    const refusal = refusalOf(stat, mostBytes);
    if (refusal !== undefined) return fail('file-refused', refusal);
    return succeed({ bytes: await readWhole(file, stat.size, mostBytes), modified: stat.mtimeMs });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return succeed(undefined);
    return fail('file-unreadable', `can’t be read (${code === 'ENXIO' ? 'it is not a file' : code})`);
  } finally {
    await file?.close();
  }
}

export function liesInOneOf(roots: readonly string[], real: string): boolean {
  return roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep));
}

function refusalOf(stat: Stats, mostBytes: number): string | undefined {
  if (!stat.isFile()) return 'is not a file';
  return stat.size > mostBytes ? tooLarge(mostBytes) : undefined;
}

/** How a problem with a file that is too large goes on. */
export function tooLarge(mostBytes: number): string {
  return `is larger than ${formatNumber(mostBytes / 1e6)} MB`;
}

/** A file that grows meanwhile is read on, up to the bound. */
async function readWhole(file: FileHandle, expected: number, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let total = 0;
  while (total <= mostBytes) {
    const piece = Buffer.alloc(Math.min(Math.max(expected - total, 0) + 1, mostBytes - total + 1));
    const { bytesRead } = await file.read(piece, 0, piece.length, null);
    if (bytesRead === 0) break;
    pieces.push(piece.subarray(0, bytesRead));
    total += bytesRead;
  }
  return Buffer.concat(pieces);
}
