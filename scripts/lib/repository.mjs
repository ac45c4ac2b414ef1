import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of this repository. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts */
export function inRepository(...parts) {
  return join(repositoryRoot, ...parts);
}
