import { lstatSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Repository } from '../git/repository.ts';

/** A file as HEAD has it: its path relative to the top level, and its bytes. */
export interface CommittedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Paths of those files that lie in the work tree with other content than HEAD's. The verdict is about HEAD, so whoever
 * looks at such a file sees something else than what was judged. Files that are not there (a sparse checkout) and line
 * ends (autocrlf) make no difference; anything else in a file's or a folder's place does, and so does what can't be read.
 */
export function workTreeDifferences(repository: Repository, files: readonly CommittedFile[]): string[] {
  const places = new Map<string, Place>();
  const placeOf = (folder: string): Place => {
    if (folder === '.') return 'folder';
    const known = places.get(folder);
    if (known !== undefined) return known;
    const above = placeOf(posix.dirname(folder));
    const place = above === 'folder' ? placeAt(join(repository.topLevel, folder)) : above;
    places.set(folder, place);
    return place;
  };
  return files
    .filter(({ path, content }) => {
      const place = placeOf(posix.dirname(path));
      return place === 'folder' ? differs(join(repository.topLevel, path), content) : place === 'in-the-way';
    })
    .map(({ path }) => path);
}

/** What lies where a folder of HEAD belongs. A symlink leads elsewhere, so it is in the way like a file. */
type Place = 'folder' | 'nothing' | 'in-the-way';

function placeAt(absolute: string): Place {
  try {
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined) return 'nothing';
    return stat.isDirectory() ? 'folder' : 'in-the-way';
  } catch {
    return 'in-the-way';
  }
}

function differs(absolute: string, committed: Uint8Array): boolean {
  try {
    const stat = lstatSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined) return false;
    // A line end can double at most, so anything larger is something else and need not be read.
    if (!stat.isFile() || stat.size > 2 * committed.length) return true;
    const present = readFileSync(absolute);
    return !present.equals(committed) && withLineFeeds(present) !== withLineFeeds(Buffer.from(committed));
  } catch {
    // Unreadable, or changed between two looks.
    return true;
  }
}

function withLineFeeds(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n');
}
