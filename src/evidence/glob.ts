import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nameMatcher } from '../base/name-pattern.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { compareBytes } from './paths.ts';

/** More matches than this are taken for a mistake in the pattern. */
export const MOST_MATCHES = 10_000;

/**
 * Files below `root` whose path matches the pattern, `/`-separated, in byte order. `*` and `?` match within a name and
 * not its leading dot, `[a-c]` and `[!a-c]` one character, `**` any folders. Symlinked folders are not walked.
 * Stops after `MOST_MATCHES` + 1 matches.
 *
 * Nothing that matches is left out in silence: a folder that matches (Spark writes tables as folders), and one that
 * can’t be looked into, are problems.
 */
export function matchFiles(root: string, pattern: string): Result<string[]> {
  const found: Found = { matches: [], problem: undefined };
  walk(root, '', pattern.split('/'), found);
  if (found.problem !== undefined) return fail('path-unreadable', found.problem);
  return succeed([...new Set(found.matches)].sort(compareBytes));
}

interface Found {
  readonly matches: string[];
  problem: string | undefined;
}

function walk(root: string, folder: string, segments: readonly string[], found: Found): void {
  const [segment, ...rest] = segments;
  if (segment === undefined || found.problem !== undefined || found.matches.length > MOST_MATCHES) return;
  const entries = entriesOf(root, folder, found);
  if (segment === '**') {
    walk(root, folder, rest, found);
    for (const entry of entries) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) walk(root, below(folder, entry.name), segments, found);
    }
    return;
  }
  const matcher = nameMatcher(segment);
  for (const entry of entries) {
    if (!matcher(entry.name)) continue;
    if (rest.length > 0) {
      if (entry.isDirectory()) walk(root, below(folder, entry.name), rest, found);
    } else if (entry.isDirectory()) {
      found.problem ??= `“${below(folder, entry.name)}” matches, but is a folder; name the files in it, too, or give it another name`;
    } else {
      found.matches.push(below(folder, entry.name));
    }
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function entriesOf(root: string, folder: string, found: Found): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') found.problem ??= `the folder “${folder === '' ? '.' : folder}” can’t be read (${code})`;
    return [];
  }
}
