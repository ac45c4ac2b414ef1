import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Repository } from './repository.ts';

/** A file to be committed: its path relative to the top level, `/`-separated, and its exact bytes. */
export interface FileToCommit {
  readonly path: string;
  readonly content: Uint8Array;
  /** What the branch must hold there for this content to follow it; not looked at when not given. */
  readonly follows?: Uint8Array | 'nothing';
  /** What may lie in the work tree there besides: something of ours that was interrupted, and that `content` takes up. */
  readonly takesUp?: Uint8Array | undefined;
}

/**
 * Whether `path` may be written below the top level: relative, inside, not in `.git`, no parent folder that is a symlink
 * (it would lead out of the repository), and nothing else of the user's in its place. `committed` is what HEAD has there.
 */
export function checkWorkTreePath(
  repository: Repository,
  file: FileToCommit,
  committed: Uint8Array | undefined,
): Result<undefined> {
  const parts = file.path.split('/');
  if (parts.some((part) => !isSafeName(part))) {
    return fail('path-not-allowed', `"${file.path}" is not a path inside the repository.`);
  }
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    const stat = lstatSync(join(repository.topLevel, folder), { throwIfNoEntry: false });
    if (stat === undefined) return succeed(undefined);
    if (stat.isSymbolicLink()) {
      return fail(
        'symlinked-folder',
        `The folder ${folder} is a symbolic link, so writing there could leave the repository: replace it by a real folder.`,
      );
    }
    if (!stat.isDirectory()) return fail('file-in-the-way', `${folder} is not a folder: move it out of the way.`);
  }
  const absolute = join(repository.topLevel, file.path);
  const present = lstatSync(absolute, { throwIfNoEntry: false });
  if (present === undefined) return succeed(undefined);
  if (!present.isFile()) return fail('file-in-the-way', `${file.path} is not a regular file: move it out of the way.`);
  const bytes = readFileSync(absolute);
  if ([file.content, committed, file.takesUp].some((known) => known !== undefined && bytes.equals(known)))
    return succeed(undefined);
  return fail(
    'file-in-the-way',
    `${file.path} has changes of yours that are not committed: commit or move them first.`,
  );
}

function isSafeName(name: string): boolean {
  const folded = name.toLowerCase();
  return (
    name !== '' && name !== '.' && name !== '..' && folded !== '.git' && folded !== 'git~1' && !/[\\\0]/.test(name)
  );
}

/** Puts the bytes in place at once, and on the disk before it returns: no reader sees half a file, no power cut loses it. */
export function writeWorkTreeFile(repository: Repository, file: FileToCommit): void {
  const target = join(repository.topLevel, file.path);
  mkdirSync(dirname(target), { recursive: true });
  const name = `signoff-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const temporary = join(repository.gitDir, name);
  try {
    writeDurably(temporary, file.content);
    renameSync(temporary, target);
  } catch (error) {
    unlinkQuietly(temporary);
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    // The git folder of a linked work tree may lie on another disk, where a rename can't reach.
    const beside = join(dirname(target), `.${name}`);
    writeDurably(beside, file.content);
    renameSync(beside, target);
  }
  syncFolder(dirname(target));
}

export function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone, which is what was wanted.
  }
}

function writeDurably(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o644);
  try {
    let written = 0;
    while (written < content.length) written += writeSync(file, content, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // A folder can't be opened there, and NTFS journals the rename.
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
