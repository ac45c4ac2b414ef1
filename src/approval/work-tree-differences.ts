import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Repository } from '../git/repository.ts';

/** A file as HEAD has it: its path relative to the top level, and its bytes. */
export interface CommittedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Paths of those files that lie in the work tree with other content than HEAD's. The verdict is about HEAD, so whoever
 * looks at such a file sees something else than what was judged. Files that are not there (a sparse checkout) and line
 * ends (autocrlf) make no difference.
 */
export function workTreeDifferences(repository: Repository, files: readonly CommittedFile[]): string[] {
  return files.filter((file) => differs(join(repository.topLevel, file.path), file.content)).map(({ path }) => path);
}

function differs(absolute: string, committed: Uint8Array): boolean {
  const stat = lstatSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  // A line end can double at most, so anything larger is something else and need not be read.
  if (!stat.isFile() || stat.size > 2 * committed.length) return true;
  const present = readFileSync(absolute);
  return !present.equals(committed) && withLineFeeds(present) !== withLineFeeds(Buffer.from(committed));
}

function withLineFeeds(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n');
}
