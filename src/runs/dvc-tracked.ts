import { join } from 'node:path';
import { type Result, succeed } from '../base/result.ts';
import { readBoundedFile } from './bounded-file.ts';
import { md5Of, readCached, readFolderList } from './dvc-cache.ts';
import { type DvcFiles, MOST_BYTES } from './dvc-files.ts';
import type { DvcOut } from './dvc-project.ts';

/** Where contents that DVC tracks may lie on this machine. */
export interface TrackedPlaces {
  /** Absolute real folder of the project. */
  readonly folder: string;
  /** Absolute real folders of DVC's cache. */
  readonly caches: readonly string[];
}

/** One file that DVC tracks. `size` is known for lone files only. */
export interface TrackedFile {
  readonly path: string;
  readonly md5: string;
  readonly size: number | undefined;
}

/** The tracked files at or below a path, and what could not be told. */
export interface TrackedFiles {
  readonly files: readonly TrackedFile[];
  /** Sentences' ends: paths whose list of files is not on this machine, or is none. */
  readonly missing: readonly string[];
}

/** Reads files as they are in git; what is not there, but tracked by DVC, by its MD5. */
export function withTracked(files: DvcFiles, outs: readonly DvcOut[], places: TrackedPlaces): DvcFiles {
  return {
    dvcFiles: files.dvcFiles,
    async read(path) {
      const read = await files.read(path);
      if (!read.ok || read.value !== undefined) return read;
      return readTracked(path, outs, places);
    },
    async filesAt(path) {
      const found = await files.filesAt(path);
      if (found.length > 0) return found;
      const tracked = await trackedFiles(
        outs,
        places.caches,
        (out) => isAtOrBelow(path, out.path) || isAtOrBelow(out.path, path),
      );
      return tracked.files.map((file) => file.path).filter((file) => isAtOrBelow(path, file));
    },
  };
}

/** Whether `path` is `root`, or lies below it. */
export function isAtOrBelow(root: string, path: string): boolean {
  return root === '' || root === '.' || path === root || path.startsWith(`${root}/`);
}

/** Every file of the outs that are wanted. */
export async function trackedFiles(
  outs: readonly DvcOut[],
  caches: readonly string[],
  isWanted: (out: DvcOut) => boolean,
): Promise<TrackedFiles> {
  const files = new Map<string, TrackedFile>();
  const missing: string[] = [];
  for (const out of outs.filter(isWanted)) {
    if (!out.md5.endsWith('.dir')) {
      files.set(out.path, out);
      continue;
    }
    const list = await readFolderList(caches, out.md5);
    if (!list.ok || list.value === undefined) {
      missing.push(out.path);
      continue;
    }
    for (const { path, md5 } of list.value) {
      files.set(`${out.path}/${path}`, { path: `${out.path}/${path}`, md5, size: undefined });
    }
  }
  return { files: [...files.values()], missing };
}

async function readTracked(
  path: string,
  outs: readonly DvcOut[],
  { folder, caches }: TrackedPlaces,
): Promise<Result<Uint8Array | undefined>> {
  const { files } = await trackedFiles(outs, caches, (out) => isAtOrBelow(out.path, path));
  const tracked = files.find((file) => file.path === path);
  if (tracked === undefined) return succeed(undefined);
  const cached = await readCached(caches, tracked.md5, MOST_BYTES);
  if (cached !== undefined) return succeed(cached);
  const here = await readBoundedFile(join(folder, path), { mostBytes: MOST_BYTES, roots: [folder, ...caches] });
  const isSame = here.ok && here.value !== undefined && md5Of(here.value.bytes) === tracked.md5;
  return succeed(isSame ? here.value.bytes : undefined);
}
