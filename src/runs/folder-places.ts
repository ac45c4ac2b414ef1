import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isGlob, nameMatcher } from '../base/name-pattern.ts';

/** Folders that are runs. `id` is the path below the part of the policy's path that has no glob, `/`-separated. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
}

/** A policy's `folder`, taken apart. */
export interface FolderPattern {
  /** The part without a glob. */
  readonly fixed: string;
  /** What each folder on the way down must match. */
  readonly names: readonly string[];
}

export const MOST_RUN_FOLDERS = 100_000;
const DEEPEST = 16;

/** `runs` means every folder in it, as `runs/*` does. */
export function folderPattern(written: string): FolderPattern {
  const names = written.split('/').filter((name, index) => (name !== '' || index === 0) && name !== '.');
  const first = names.findIndex(isGlob);
  return first < 0
    ? { fixed: names.join('/') || '.', names: ['*'] }
    : { fixed: names.slice(0, first).join('/') || (written.startsWith('/') ? '/' : '.'), names: names.slice(first) };
}

/**
 * The folders that match, in no order; at most one more than `MOST_RUN_FOLDERS`. Symbolic links are not followed: a
 * `latest` that points at another run is no run of its own. Folders that can't be looked into have nothing in them.
 *
 * @param root absolute path of the fixed part
 */
export async function findRunFolders(
  root: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<RunFolder[]> {
  const found = new Map<string, RunFolder>();
  const walk = async (path: string, id: string, [name, ...rest]: readonly string[], depth: number): Promise<void> => {
    signal?.throwIfAborted();
    if (found.size > MOST_RUN_FOLDERS || depth > DEEPEST) return;
    if (name === undefined) {
      found.set(id, { id, path });
      return;
    }
    if (name === '**') await walk(path, id, rest, depth);
    const matches = name === '**' ? (inside: string) => !inside.startsWith('.') : nameMatcher(name);
    for (const entry of await foldersIn(path)) {
      if (!matches(entry)) continue;
      const inside = id === '' ? entry : `${id}/${entry}`;
      await walk(join(path, entry), inside, name === '**' ? [name, ...rest] : rest, depth + 1);
    }
  };
  await walk(root, '', names, 0);
  found.delete('');
  return [...found.values()];
}

async function foldersIn(path: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
