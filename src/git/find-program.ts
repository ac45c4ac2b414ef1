import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const found = new Map<string, string | undefined>();

/**
 * The absolute path of a program on the PATH, or undefined.
 * We look it up ourselves because Windows would otherwise try the current folder first, and the current
 * folder is a stranger's repository that may hold a `git.exe`. Relative PATH entries are skipped for the same reason.
 */
export function findProgram(name: string): string | undefined {
  const path = process.env['PATH'] ?? process.env['Path'] ?? '';
  const key = `${name}\0${path}`;
  if (!found.has(key)) found.set(key, search(name, path));
  return found.get(key);
}

function search(name: string, path: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of path.split(delimiter)) {
    const unquoted = folder.replace(/^"(.*)"$/, '$1');
    if (!isAbsolute(unquoted)) continue;
    const candidate = join(unquoted, file);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
