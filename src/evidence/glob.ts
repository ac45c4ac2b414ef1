import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { compareBytes } from './paths.ts';

/** More matches than this are taken for a mistake in the pattern. */
export const MOST_MATCHES = 10_000;

const MAGIC = /[*?[]/;

export function isGlob(path: string): boolean {
  return MAGIC.test(path);
}

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

/**
 * Matches greedily and goes back at most to the last `*`, so that no pattern takes more than quadratic time.
 * A `[` that is never closed stands for itself.
 */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(pattern);
  return (name) => {
    if (name.startsWith('.') && !pattern.startsWith('.')) return false;
    const characters = [...name];
    let token = 0;
    let at = 0;
    let star = -1;
    let starAt = 0;
    while (at < characters.length) {
      const test = tokens[token];
      if (test === '*') {
        star = token;
        starAt = at;
        token += 1;
      } else if (test?.(characters[at] as string)) {
        token += 1;
        at += 1;
      } else if (star >= 0) {
        token = star + 1;
        starAt += 1;
        at = starAt;
      } else {
        return false;
      }
    }
    return tokens.slice(token).every((rest) => rest === '*');
  };
}

type Token = '*' | ((character: string) => boolean);

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[' && characters.indexOf(']', at + 2) > 0) {
      const end = characters.indexOf(']', at + 2);
      tokens.push(characterSet(characters.slice(at + 1, end)));
      at = end;
    } else tokens.push((other) => other === character);
  }
  return tokens;
}

function characterSet(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === '!' || inside[0] === '^';
  const members = negated ? inside.slice(1) : inside;
  return (character) => {
    let found = false;
    for (let at = 0; at < members.length; at += 1) {
      const isRange = members[at + 1] === '-' && at + 2 < members.length;
      const from = members[at] as string;
      const to = isRange ? (members[at + 2] as string) : from;
      if (character >= from && character <= to) found = true;
      if (isRange) at += 2;
    }
    return found !== negated;
  };
}
