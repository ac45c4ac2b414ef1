import { promises } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PointedContent } from './pointed-content.ts';

/** As pointers begin since 2014, and before; Git LFS still reads both. */
const LFS_POINTERS = ['version https://git-lfs.github.com/spec/', 'version https://hawser.github.com/spec/'] as const;
export const LFS_POINTER_MOST_BYTES = 1024;
/** Exactly so; one with extensions names what the extensions made of the content, not the content. */
const PLAIN_POINTER = /^version \S+\noid sha256:([0-9a-f]{64})\nsize (0|[1-9][0-9]{0,15})\n$/;
const MOST_BYTES_OF_GIT_FILE = 4096;

/** Whether a file that begins like this stands for content that is elsewhere. */
export function isLfsPointer(start: string): boolean {
  return LFS_POINTERS.some((pointer) => start.startsWith(pointer));
}

/**
 * The pointer's content in the repository that `path` is in, where it was fetched to; undefined when it was not, or the
 * pointer can't be understood. That the content is what the pointer names is for whoever reads it to see.
 */
export async function contentOfLfsPointer(pointer: string, path: string): Promise<PointedContent | undefined> {
  const [, oid, size] = PLAIN_POINTER.exec(pointer) ?? [];
  if (oid === undefined) return undefined;
  const gitFolder = await gitFolderAbove(path);
  if (gitFolder === undefined) return undefined;
  const object = join(gitFolder, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);
  const found = await promises.lstat(object).catch(() => undefined);
  return found?.isFile() === true ? { path: object, algorithm: 'sha256', digest: oid, size: Number(size) } : undefined;
}

/** What work trees share: `.git`, or what the files of a work tree or submodule say it is. */
async function gitFolderAbove(path: string): Promise<string | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    const found = await promises.lstat(git).catch(() => undefined);
    if (found?.isDirectory()) return git;
    if (found?.isFile()) {
      const own = /^gitdir: (.+)$/m.exec((await smallText(git)) ?? '')?.[1];
      if (own === undefined) return undefined;
      const ownFolder = resolve(folder, own);
      const common = (await smallText(join(ownFolder, 'commondir')))?.trim();
      return common ? resolve(ownFolder, common) : ownFolder;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

async function smallText(path: string): Promise<string | undefined> {
  const found = await promises.lstat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size > MOST_BYTES_OF_GIT_FILE) return undefined;
  return promises.readFile(path, 'utf8').catch(() => undefined);
}
