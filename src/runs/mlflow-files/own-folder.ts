import { lstatSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { locateArtifactFolder } from '../artifact-location.ts';

/**
 * The folder that an artifact address of a file store means, as `locateArtifactFolder` finds it; but one in the store
 * is never reached through a link, which could lead to another run's files. Where the address leads nowhere, though
 * to no other machine by its scheme, the place next to the run's (or model's) own description counts.
 *
 * @param ownFolder absolute folder of the run or model itself
 */
export function locateOwnFolder(
  address: string | undefined,
  id: string,
  storeFolder: string,
  ownFolder: string | undefined,
): string | undefined {
  const located = address === undefined ? undefined : locateArtifactFolder(address, id, storeFolder);
  if (located !== undefined) return isReachedWithoutLinks(located, storeFolder) ? located : undefined;
  if (ownFolder === undefined || /^(?!file:)[a-z][a-z0-9+.-]+:/i.test(address ?? '')) return undefined;
  const beside = join(ownFolder, 'artifacts');
  return isFolder(beside) && isReachedWithoutLinks(beside, storeFolder) ? beside : undefined;
}

function isReachedWithoutLinks(folder: string, storeFolder: string): boolean {
  const path = relative(storeFolder, folder);
  if (path === '..' || path.startsWith(`..${sep}`)) return true;
  try {
    return realpathSync(folder) === join(realpathSync(storeFolder), path);
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
