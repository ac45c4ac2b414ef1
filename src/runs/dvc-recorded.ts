import { fail } from '../base/result.ts';
import { md5Of } from './dvc-cache.ts';
import type { DvcFiles } from './dvc-files.ts';
import type { DvcOut } from './dvc-project.ts';

export const NOT_RECORDED =
  'is not what its stage wrote, as DVC recorded it: `dvc repro` writes it anew, and `dvc commit` records it as it is';

/** Larger files are no texts that an editor ended otherwise. */
const MOST_TEXT_BYTES = 10_000_000;

/** Reads the files of a commit, but for those in git that somebody wrote over what the pipeline had written. */
export function asRecorded(files: DvcFiles, outs: readonly DvcOut[]): DvcFiles {
  return {
    ...files,
    async read(path) {
      const read = await files.read(path);
      if (!read.ok || read.value === undefined || isAsRecorded(path, read.value, outs)) return read;
      return fail('file-not-recorded', NOT_RECORDED);
    },
  };
}

/**
 * Whether a file is what DVC recorded of its stage, if it recorded any of it. Ends of lines, and a last one, which git
 * and editors change, do not count.
 */
export function isAsRecorded(path: string, bytes: Uint8Array, outs: readonly DvcOut[]): boolean {
  const recorded = outs.filter((out) => out.path === path && !out.md5.endsWith('.dir'));
  return recorded.length === 0 || recorded.some(({ md5 }) => isContent(Buffer.from(bytes), md5));
}

function isContent(bytes: Buffer, md5: string): boolean {
  if (md5Of(bytes) === md5) return true;
  if (bytes.length > MOST_TEXT_BYTES) return false;
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
  const bare = text.replace(/\n$/, '');
  const written = [text, bare, `${bare}\n`].flatMap((each) => [each, each.replaceAll('\n', '\r\n')]);
  return written.some((each) => md5Of(Buffer.from(each, 'latin1')) === md5);
}
