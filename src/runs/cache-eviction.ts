import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface EvictionOptions {
  /** So many bytes may stay. */
  readonly mostBytes: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Absolute path for a new entry of the cache's own that is on its way out. */
  readonly newPartial: () => string;
}

/** What somebody used within this time may be in use still: an assessment and the signature after it take minutes. */
const IN_USE_MS = 24 * 60 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;
const MARK = 'last-eviction';
const DEFAULT_MOST_BYTES = 10 * 1024 ** 3;
const MOST_BYTES_VARIABLE = 'MODEL_SIGNOFF_MOST_CACHE_BYTES';
/** Names that the cache gives; nothing else in it is touched, and no link is followed. */
const NAMES = {
  owner: /^(?:[0-9a-f]{16}|dvc)$/,
  run: /^[0-9a-f]{32,64}$/,
  digest: /^[0-9a-f]{64}$/,
  object: /^[0-9a-f]{2}$/,
};

/** How many bytes the cache may have; what is no number in the environment counts as nothing said. */
export function mostCacheBytes(environment: Readonly<Record<string, string | undefined>>): number {
  const said = environment[MOST_BYTES_VARIABLE] ?? '';
  return /^\d{1,15}$/.test(said) ? Number(said) : DEFAULT_MOST_BYTES;
}

/** Evicts, unless that was done within the hour. Whatever goes wrong with it is in nobody's way. */
export async function evictNowAndThen(cache: string, options: EvictionOptions): Promise<void> {
  const mark = join(cache, MARK);
  try {
    const before = await lstat(mark).catch(() => undefined);
    if (before !== undefined && Math.abs(options.now - before.mtimeMs) < EVERY_MS) return;
    await writeFile(mark, '', { mode: 0o600 });
    await evict(cache, options);
  } catch {
    // What can't be listed or removed now may be next time.
  }
}

/** A folder that was made for a run, with the files in it. */
interface Kept {
  readonly place: string;
  readonly usedAt: number;
  readonly files: readonly Measured[];
}

interface Measured {
  readonly path: string;
  /** The same for all hard links of one content. */
  readonly inode: string;
  readonly bytes: number;
  readonly since: number;
}

/**
 * Removes what was used longest ago until the cache is small enough again: first contents that no run's folder has any
 * more, then whole folders of runs, oldest first, each with the contents that nothing else has. What was used within a
 * day stays, whatever its size. A folder goes by one rename, so that nobody finds half of it.
 */
export async function evict(cache: string, { mostBytes, now, newPartial }: EvictionOptions): Promise<void> {
  const kept = await foldersOfRuns(join(cache, 'runs'));
  const objects = await contents(join(cache, 'objects'));
  const uses = new Map<string, number>();
  const sizes = new Map<string, number>();
  for (const { inode, bytes } of [...kept.flatMap(({ files }) => files), ...objects.values()]) sizes.set(inode, bytes);
  for (const { inode } of kept.flatMap(({ files }) => files)) uses.set(inode, (uses.get(inode) ?? 0) + 1);
  let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const isInUse = (since: number): boolean => since > now - IN_USE_MS;

  const forget = async (object: Measured): Promise<void> => {
    if (isInUse(object.since) || (uses.get(object.inode) ?? 0) > 0) return;
    // Another process may have made a link of it meanwhile.
    if ((await statOf(object.path))?.nlink !== 1n) return;
    await rm(object.path, { force: true });
    bytes -= object.bytes;
  };
  for (const object of objects.values()) if (bytes > mostBytes) await forget(object);
  for (const { place, usedAt, files } of kept.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= mostBytes) return;
    if (isInUse(usedAt) || isInUse(msOf((await statOf(place))?.mtimeMs))) continue;
    const leaving = newPartial();
    await rename(place, leaving);
    await rm(leaving, { recursive: true, force: true });
    for (const file of files) {
      const left = (uses.get(file.inode) ?? 0) - 1;
      uses.set(file.inode, left);
      const object = objects.get(file.inode);
      if (object !== undefined) await forget(object);
      else if (left === 0) bytes -= file.bytes;
    }
  }
}

async function foldersOfRuns(runs: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const owner of await foldersIn(runs, NAMES.owner)) {
    for (const run of await foldersIn(owner, NAMES.run)) {
      for (const place of await foldersIn(run, NAMES.digest)) {
        const stats = await statOf(place);
        if (stats === undefined) continue;
        const entries = await readdir(place, { recursive: true, withFileTypes: true });
        const files = await measure(entries.filter((entry) => entry.isFile()));
        kept.push({ place, usedAt: msOf(stats.mtimeMs), files });
      }
    }
  }
  return kept;
}

/** By inode. */
async function contents(objects: string): Promise<Map<string, Measured>> {
  const found = new Map<string, Measured>();
  for (const folder of await foldersIn(objects, NAMES.object)) {
    const entries = await readdir(folder, { withFileTypes: true });
    const files = await measure(entries.filter((entry) => entry.isFile() && NAMES.digest.test(entry.name)));
    for (const file of files) found.set(file.inode, file);
  }
  return found;
}

async function measure(files: readonly Dirent[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const stats = await statOf(path);
    if (stats === undefined) continue;
    const { dev, ino, size, mtimeMs } = stats;
    measured.push({ path, inode: `${dev}:${ino}`, bytes: Number(size), since: msOf(mtimeMs) });
  }
  return measured;
}

/** Absolute paths of the real folders of such names; none where the folder itself is a link, or is not there. */
async function foldersIn(folder: string, names: RegExp): Promise<string[]> {
  if ((await statOf(folder))?.isDirectory() !== true) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && names.test(entry.name)).map(({ name }) => join(folder, name));
}

async function statOf(path: string): Promise<BigIntStats | undefined> {
  return lstat(path, { bigint: true }).catch(() => undefined);
}

function msOf(milliseconds: bigint | undefined): number {
  return Number(milliseconds ?? 0n);
}
