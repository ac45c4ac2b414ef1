import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';

/** Order of texts by their UTF-8 bytes, which is the same on every system and in every locale. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The path as files of this project write it: relative to the policy's folder, `/`-separated. */
export function relativeToPolicy(policyFolder: string, absolute: string): string {
  return relative(policyFolder, absolute).split(sep).join('/');
}

/** Whether `path`, with every symlink on its way followed, lies in (or is) `root`, followed likewise. Both must exist. */
export function liesInside(root: string, path: string): boolean {
  const realRoot = realpathSync(root);
  const real = realpathSync(path);
  return real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
}
