import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const WHO = { GIT_AUTHOR_NAME: 'x', GIT_AUTHOR_EMAIL: 'x', GIT_COMMITTER_NAME: 'x', GIT_COMMITTER_EMAIL: 'x' };
const ENVIRONMENT = { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', ...WHO };

/** Git itself, as an attacker at the work tree uses it. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, env: ENVIRONMENT, encoding: 'utf8' }).trim();
}

export function gitWithInput(folder: string, input: Uint8Array, ...args: string[]): void {
  execFileSync('git', args, { cwd: folder, env: ENVIRONMENT, input });
}

/** Gives every object a file of its own, which can be tampered with. */
export function unpack(folder: string): void {
  const packs = globSync('.git/objects/pack/*', { cwd: folder }).map((path) => join(folder, path));
  const contents = packs.filter((path) => path.endsWith('.pack')).map((path) => readFileSync(path));
  for (const path of packs) rmSync(path);
  for (const content of contents) gitWithInput(folder, content, 'unpack-objects', '-q');
}
