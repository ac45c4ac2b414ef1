import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { POLICY_FILE_NAME } from '../ids.ts';

/** Folders in which nobody keeps a policy and which may hold very many entries. */
const SKIPPED = new Set(['node_modules', '.git', '.venv', 'mlruns']);

/**
 * The policy of these workspace folders: the one that the setting names, else `signoff.yaml` in a folder, else one level
 * below, in alphabetical order. No deeper: a search through a data set of a million files would cost more than it finds.
 */
export async function findPolicy(folders: readonly string[], setting: string | undefined): Promise<string | undefined> {
  // The setting's default is the usual name, and says nothing about the folder.
  if (setting !== undefined && setting !== '' && setting !== POLICY_FILE_NAME) {
    const named = isAbsolute(setting) ? [setting] : folders.map((folder) => join(folder, setting));
    return firstFile(named);
  }
  const atTop = await firstFile(folders.map((folder) => join(folder, POLICY_FILE_NAME)));
  if (atTop !== undefined) return atTop;
  for (const folder of folders) {
    const below = (await foldersIn(folder)).map((name) => join(folder, name, POLICY_FILE_NAME));
    const found = await firstFile(below);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function firstFile(candidates: readonly string[]): Promise<string | undefined> {
  const kinds = await Promise.all(candidates.map(isFile));
  return candidates.find((_, index) => kinds[index]);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}
