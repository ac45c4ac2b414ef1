import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { succeed } from '../base/result.ts';
import { readBoundedFile } from './bounded-file.ts';
import { type DvcFiles, isDvcFileName, isSkippedFolder, MOST_BYTES } from './dvc-files.ts';

const DEEPEST = 16;
/** A folder of data may have millions of files; those of DVC's are few, and near the top. */
const MOST_ENTRIES = 200_000;

/** Which files of a project's folder are read. */
export interface DvcFolder {
  /** Absolute, real. */
  readonly folder: string;
  /** Absolute real folders that symlinks may lead to: the project's own, and DVC's cache. */
  readonly roots: readonly string[];
}

/** A DVC project as it lies in its folder. Other projects below it, and folders that DVC tracks, are not looked into. */
export function openFolderFiles({ folder, roots }: DvcFolder): DvcFiles {
  let entriesLeft = MOST_ENTRIES;

  async function entriesOf(path: string): Promise<Dirent[]> {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    entriesLeft -= entries.length;
    return entriesLeft < 0 ? [] : entries;
  }

  async function walkDvcFiles(path: string, depth: number, into: string[]): Promise<void> {
    const entries = await entriesOf(path);
    if (depth > 0 && entries.some((entry) => entry.name === '.dvc' && entry.isDirectory())) return;
    const files = new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name));
    for (const entry of entries) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile() && isDvcFileName(entry.name)) into.push(inside);
      const isOwn = entry.isDirectory() && !isSkippedFolder(entry.name) && !files.has(`${entry.name}.dvc`);
      if (isOwn && depth < DEEPEST) await walkDvcFiles(inside, depth + 1, into);
    }
  }

  async function walkFiles(path: string, depth: number, into: string[]): Promise<void> {
    for (const entry of await entriesOf(path)) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) await walkFiles(inside, depth + 1, into);
      else if (!entry.isDirectory()) into.push(inside);
    }
  }

  return {
    async read(path) {
      const read = await readBoundedFile(join(folder, path), { mostBytes: MOST_BYTES, roots });
      return read.ok ? succeed(read.value?.bytes) : read;
    },
    async dvcFiles() {
      entriesLeft = MOST_ENTRIES;
      const found: string[] = [];
      await walkDvcFiles('', 0, found);
      return found.sort();
    },
    async filesAt(path) {
      const stat = await lstat(join(folder, path)).catch(() => undefined);
      if (stat === undefined) return [];
      if (!stat.isDirectory()) return [path];
      entriesLeft = MOST_ENTRIES;
      const found: string[] = [];
      await walkFiles(path, 0, found);
      return found.sort();
    },
  };
}
