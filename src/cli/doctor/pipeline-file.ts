import { join, relative, sep } from 'node:path';
import { readSmallFile } from '../../base/file-identity.ts';

/** More than the systems themselves read. */
const BELOW_BYTES = 4 * 1024 * 1024;

/**
 * The text of a pipeline's file in the repository; undefined where there is none. A repository may hold a link to a device
 * that never ends, or name a file elsewhere: neither is read.
 */
export function pipelineFile(topLevel: string, path: string): string | undefined {
  const file = join(topLevel, path);
  if (relative(topLevel, file).split(sep)[0] === '..') return undefined;
  try {
    const read = readSmallFile(file, 'refuse links', BELOW_BYTES);
    return read.ok ? read.value.content.toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
