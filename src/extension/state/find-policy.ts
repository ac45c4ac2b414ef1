import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
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
    const below = (await foldersBelow(folder)).map((each) => join(each, POLICY_FILE_NAME));
    const found = await firstFile(below);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Every policy that `findPolicy` could take: the one that the setting names, those at the top of the folders, and those
 * one level below.
 */
export async function findPolicies(
  folders: readonly string[],
  setting: string | undefined,
): Promise<readonly string[]> {
  const named = await findPolicy(folders, setting);
  const places = await Promise.all(folders.map(async (folder) => [folder, ...(await foldersBelow(folder))]));
  const candidates = places.flat().map((folder) => join(folder, POLICY_FILE_NAME));
  const kinds = await Promise.all(candidates.map(isFile));
  const found = candidates.filter((_, index) => kinds[index]);
  return [...new Set([...(named === undefined ? [] : [named]), ...found])];
}

async function foldersBelow(folder: string): Promise<readonly string[]> {
  return (await foldersIn(folder)).map((name) => join(folder, name));
}

/** The policy that a person chose, as long as it is there and in a folder of the workspace. */
export async function stillThere(folders: readonly string[], chosen: string | undefined): Promise<string | undefined> {
  if (chosen === undefined || !folders.some((folder) => isBelow(folder, chosen))) return undefined;
  return firstFile([chosen]);
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
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
