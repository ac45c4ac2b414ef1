import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import type { TableFiles } from './plan-columns.ts';
import { isWholeZstd } from './zstd-frames.ts';

/** What compressed files of one table may hold together, in bytes: a small file can unpack without end. */
export const MOST_UNPACKED_BYTES = 2 ** 31;

export interface UnpackedFiles {
  /** For each file an absolute path with its plain contents: its own where it is not compressed. */
  readonly paths: readonly string[];
  /** Removes what was unpacked. */
  remove(): Promise<void>;
}

/**
 * Unpacks `.gz` and `.zst` files to a temporary folder, wholly: one that is cut short, damaged (its checksums are
 * compared) or followed by something else is a problem, and none of its rows is read.
 */
export async function unpackFiles(
  files: TableFiles,
  options: { readonly signal?: AbortSignal; readonly mostBytes?: number } = {},
): Promise<Result<UnpackedFiles>> {
  if (!files.absolute.some(isPacked)) return succeed({ paths: files.absolute, remove: async () => {} });
  const folder = await mkdtemp(join(tmpdir(), 'model-signoff-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const paths: string[] = [];
    let room = options.mostBytes ?? MOST_UNPACKED_BYTES;
    for (const [index, path] of files.absolute.entries()) {
      if (!isPacked(path)) {
        paths.push(path);
        continue;
      }
      const target = join(folder, `${index}.table`);
      const unpacked = await unpack(path, target, room, options.signal);
      if (!unpacked.ok) {
        await remove();
        return fail('table-unreadable', `“${files.relative[index]}” can’t be read: it ${unpacked.problem.message}.`);
      }
      room -= unpacked.value;
      paths.push(target);
    }
    return succeed({ paths, remove });
  } catch (error) {
    await remove();
    throw error;
  }
}

function isPacked(path: string): boolean {
  return /\.(?:gz|zst)$/i.test(path);
}

class TooLarge extends Error {}

async function unpack(
  from: string,
  to: string,
  room: number,
  signal: AbortSignal | undefined,
): Promise<Result<number>> {
  const unpacker = unpackerFor(from);
  if (unpacker === undefined) {
    return fail('table-unreadable', 'is packed with zstd, which needs Node.js 22.15 or newer; unpack it, or use gzip');
  }
  if (/\.zst$/i.test(from) && !isWholeZstd(from)) {
    return fail('table-unreadable', 'is cut short or damaged: its compressed data does not end where the file ends');
  }
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > room) done(new TooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), unpacker, measure, createWriteStream(to, { mode: 0o600, flags: 'wx' }), {
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof TooLarge) {
      return fail('table-too-large', `unpacks to more than ${formatNumber(room)} bytes, which is refused`);
    }
    return fail('table-unreadable', complaintFor(error));
  }
  return unpacker.bytesWritten === (await stat(from)).size
    ? succeed(bytes)
    : fail('table-unreadable', 'goes on behind its compressed data');
}

/** undefined where this Node.js can't unpack it. */
function unpackerFor(path: string): (Transform & { readonly bytesWritten: number }) | undefined {
  if (/\.gz$/i.test(path)) return zlib.createGunzip();
  // Node.js has it since 22.15.
  return typeof zlib.createZstdDecompress === 'function' ? zlib.createZstdDecompress() : undefined;
}

function complaintFor(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return 'is cut short: its compressed data does not end';
  return code?.startsWith('Z') === true
    ? `is damaged: its compressed data can’t be unpacked (${message})`
    : `can’t be unpacked (${code ?? message})`;
}
