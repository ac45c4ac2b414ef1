import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { digestFiles } from '../../src/base/digest-files.ts';
import { listModelFilesAt } from '../../src/evidence/model-files.ts';
import { type Bench, type BenchRow, median, medianMilliseconds } from './row.ts';

const PIECE = Buffer.alloc(1_000_000);
for (let index = 0; index < PIECE.length; index += 1) PIECE[index] = (index * 2_654_435_761) >>> 24;
const LONE_MEGABYTES = 5_000;
const PARTS = 4;
const ROUNDS = 3;
const SMALL_FILES = 1_000;

/** Hashing a model beside `openssl dgst -sha256` on the same files, and how long the calling thread stands still for it. */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-hash-'));
  try {
    const lone = [await write(join(folder, 'lone'), LONE_MEGABYTES)];
    const parts: string[] = [];
    for (let part = 0; part < PARTS; part += 1) {
      parts.push(await write(join(folder, 'parts', String(part)), LONE_MEGABYTES / PARTS / 2));
    }
    const small: string[] = [];
    for (let file = 0; file < SMALL_FILES; file += 1)
      small.push(await write(join(folder, 'small', String(file)), 0.01));
    return [
      await rowOf('model of one 5 GB file, hashed', lone, { timesSlower: 1.25 }),
      await rowOf(`model of ${PARTS} files of 625 MB, hashed`, parts, { timesSlower: 1.25 }),
      await rowOf(`model of ${SMALL_FILES} files of 10 kB, hashed`, small, { timesSlower: 2 }),
      await standstill(parts),
      {
        name: `model of ${PARTS} files of 625 MB, listed and checked for changes`,
        ours: await medianMilliseconds(ROUNDS, () => listModelFilesAt(join(folder, 'parts'))),
        unit: 'ms',
        budget: { atMost: 5_000 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

async function write(path: string, megabytes: number): Promise<string> {
  mkdirSync(join(path, '..'), { recursive: true });
  const stream = createWriteStream(path);
  for (let bytes = megabytes * PIECE.length; bytes > 0; bytes -= PIECE.length) {
    const piece = bytes < PIECE.length ? PIECE.subarray(0, bytes) : PIECE;
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return path;
}

/** Ours and the peer's in turns, so that both see the same machine. */
async function rowOf(name: string, paths: readonly string[], budget: BenchRow['budget']): Promise<BenchRow> {
  const ours: number[] = [];
  const peer: number[] = [];
  const megabytes = megabytesOf(paths);
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(megabytes / (await seconds(() => hash(paths))));
    peer.push(megabytes / (await seconds(() => openssl(paths))));
  }
  return { name, ours: median(ours), unit: 'MB/s', peer: { name: 'openssl', value: median(peer) }, budget };
}

function megabytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
}

async function hash(paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ path, calledAs: path }));
  const digested = await digestFiles(files, { links: 'refuse links' });
  if (!digested.ok) throw new Error(digested.problem.message);
}

function openssl(paths: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', ['dgst', '-sha256', ...paths], { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(stderr);
}

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The most that the thread which asked for the hashes worked on them between two of its turns; not what others took from it. */
async function standstill(paths: readonly string[]): Promise<BenchRow> {
  let longest = 0;
  let last = busyMilliseconds();
  const look = (): void => {
    const now = busyMilliseconds();
    longest = Math.max(longest, now - last);
    last = now;
    next = setImmediate(look);
  };
  let next = setImmediate(look);
  await hash(paths);
  clearImmediate(next);
  return { name: 'standstill of the thread that hashes', ours: longest, unit: 'ms', budget: { atMost: 50 } };
}

function busyMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
