import { fail } from '../base/result.ts';
import { md5Of } from './dvc-cache.ts';
import type { DvcFiles } from './dvc-files.ts';
import type { DvcOut } from './dvc-project.ts';

/**
 * Reads the files of a commit, but for those that are in git and are not what DVC recorded of its stages: somebody wrote
 * over what the pipeline had written. Ends of lines, and a last one, which git and editors change, do not count.
 */
export function asRecorded(files: DvcFiles, outs: readonly DvcOut[]): DvcFiles {
  return {
    ...files,
    async read(path) {
      const read = await files.read(path);
      if (!read.ok || read.value === undefined) return read;
      const recorded = outs.filter((out) => out.path === path && !out.md5.endsWith('.dir'));
      const bytes = Buffer.from(read.value);
      if (recorded.length === 0 || recorded.some(({ md5 }) => isContent(bytes, md5))) return read;
      return fail(
        'file-not-recorded',
        'is not what its stage wrote, as DVC recorded it: `dvc repro` writes it anew, and `dvc commit` records it as it is',
      );
    },
  };
}

function isContent(bytes: Buffer, md5: string): boolean {
  if (md5Of(bytes) === md5) return true;
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
  const bare = text.replace(/\n$/, '');
  const written = [text, bare, `${bare}\n`].flatMap((each) => [each, each.replaceAll('\n', '\r\n')]);
  return written.some((each) => md5Of(Buffer.from(each, 'latin1')) === md5);
}
