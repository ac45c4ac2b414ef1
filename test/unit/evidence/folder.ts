import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

export interface ScratchFolder {
  readonly path: string;
  /** Writes a file, with the folders above it, and gives its absolute path. */
  write(name: string, content: string | Uint8Array): string;
}

/** An empty folder; gone when the tests of the file are over. */
export function scratchFolder(): ScratchFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-evidence-')));
  after(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const absolute = join(path, name);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, content);
      return absolute;
    },
  };
}
