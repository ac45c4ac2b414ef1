import { Buffer } from 'node:buffer';
import { closeSync, constants, type Dirent, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { fail, type Result, succeed } from '../../base/result.ts';

/** Never waits for a pipe, and never follows a link that took a file's place; Windows has neither flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const FIRST_BYTES = 64 * 1024;
const MOST_ENTRIES = 200_000;
const MOST_NAME_LENGTH = 160;

/** Most files are small: they are read into this one, and used up before the next is read. */
export const sharedBytes = Buffer.allocUnsafeSlow(FIRST_BYTES);

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

/** One entry of a folder. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** A path of a store, as it is opened and as people are told. */
export interface StorePath {
  readonly absolute: string;
  /** From the policy's folder, `/`-separated. */
  readonly shown: string;
}

/** An entry below a path of the store. */
export function below({ absolute, shown }: StorePath, ...names: readonly string[]): StorePath {
  const name = names.join('/');
  return { absolute: `${absolute}/${name}`, shown: `${shown}/${name}` };
}

/**
 * Reads a small regular file into `sharedBytes`, and gives its length; undefined for an empty file and for anything
 * else, of which `readStoreFile` says what it is. It makes no text and no object: it is called by the hundred thousand.
 */
export function readSmallFile(absolute: string): number | undefined {
  let file: number | undefined;
  try {
    file = openSync(absolute, OPEN_FLAGS);
    const length = readSync(file, sharedBytes, 0, FIRST_BYTES, null);
    return length > 0 && length < FIRST_BYTES ? length : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * The bytes of a regular file; undefined when there is none (any more). They are valid only until the next call.
 * A problem: a link, pipe, folder or device, more than `mostBytes`, no permission.
 */
export function readStoreFile(path: StorePath, mostBytes: number): Result<Uint8Array | undefined> {
  let file: number | undefined;
  try {
    file = openSync(path.absolute, OPEN_FLAGS);
    const read = readSync(file, sharedBytes, 0, FIRST_BYTES, null);
    // A pipe that nobody writes to seems empty, and so does the end of a file.
    if (read === 0 && !fstatSync(file).isFile()) return unreadable(path, notFileWords('other'));
    if (read < FIRST_BYTES) return succeed(sharedBytes.subarray(0, read));
    return readRest(file, path, mostBytes);
  } catch (error) {
    return problemOf(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Like `readStoreFile`, for a path whose kind no listing of a folder has told. */
export function readNamedFile(path: StorePath, mostBytes: number): Result<Uint8Array | undefined> {
  try {
    const found = lstatSync(path.absolute, { throwIfNoEntry: false });
    if (found === undefined) return succeed(undefined);
    return found.isFile() ? readStoreFile(path, mostBytes) : unreadable(path, notFileWords(entryKindOf(found)));
  } catch (error) {
    return problemOf(error, path);
  }
}

/** What a folder holds; undefined when there is no such folder. A link to a folder is a problem: it may lead anywhere. */
export function listFolder(path: StorePath): Result<readonly Entry[] | undefined> {
  try {
    const entries = readdirSync(path.absolute, { withFileTypes: true });
    if (entries.length > MOST_ENTRIES) return unreadable(path, `holds more than ${MOST_ENTRIES} entries`);
    return succeed(entries.map((entry) => ({ name: entry.name, kind: entryKindOf(entry) })));
  } catch (error) {
    return problemOf(error, path);
  }
}

/** A link to a folder is none. */
export function isFolder({ absolute }: StorePath): boolean {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

/**
 * Names of a folder's entries, where all of them are regular files and none has a `\\`; undefined where one is anything
 * else, where there are too many, or no such folder: then `listFolder` says what there is.
 */
export function listPlainFiles(absolute: string): readonly string[] | undefined {
  try {
    const entries = readdirSync(absolute, { withFileTypes: true });
    if (entries.length > MOST_ENTRIES) return undefined;
    const names: string[] = [];
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.includes('\\')) return undefined;
      names.push(entry.name);
    }
    return names;
  } catch {
    return undefined;
  }
}

/** Text of strict UTF-8 without null characters; undefined for anything else. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = strictDecoder.decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** “path” with what is wrong with it, as a warning that names the file. */
export function unreadable<Value>(path: StorePath, what: string): Result<Value> {
  return fail('run-file-unreadable', `“${shortened(path.shown)}” ${what}.`, { severity: 'warning', file: path.shown });
}

/** The same for one line of a file, counted from 1. */
export function unreadableLine<Value>(path: StorePath, line: number, what: string): Result<Value> {
  const message = `“${shortened(path.shown)}”, line ${line}, ${what}.`;
  return fail('run-file-unreadable', message, { severity: 'warning', file: path.shown });
}

/** What to say of an entry that should be a file. */
export function notFileWords(kind: EntryKind): string {
  if (kind === 'link') return 'is a symbolic link; links inside a store are not followed';
  return kind === 'folder' ? 'is a folder where a file should be' : 'is not a regular file';
}

/** Untrusted text, no longer than a sentence bears. Of a path the end says most. */
export function shortened(text: string): string {
  return text.length <= MOST_NAME_LENGTH ? text : `…${text.slice(1 - MOST_NAME_LENGTH)}`;
}

function readRest(file: number, path: StorePath, mostBytes: number): Result<Uint8Array> {
  const stats = fstatSync(file);
  if (!stats.isFile()) return unreadable(path, notFileWords('other'));
  if (stats.size > mostBytes) {
    return unreadable(path, `is larger than the ${Math.round(mostBytes / 1024)} KiB that are read`);
  }
  const whole = Buffer.allocUnsafe(Math.max(stats.size, FIRST_BYTES));
  sharedBytes.copy(whole);
  let length = FIRST_BYTES;
  // What is appended meanwhile is left for the next reading.
  while (length < stats.size) {
    const read = readSync(file, whole, length, stats.size - length, null);
    if (read === 0) break;
    length += read;
  }
  return succeed(whole.subarray(0, length));
}

/** What an entry is, itself: a link is a link, wherever it leads. */
export function entryKindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

function problemOf<Value>(error: unknown, path: StorePath): Result<Value | undefined> {
  switch ((error as { code?: unknown }).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return succeed(undefined);
    case 'EACCES':
    case 'EPERM':
      return unreadable(path, 'can’t be read: you have no permission');
    case 'ELOOP':
    case 'EMLINK':
      return unreadable(path, notFileWords('link'));
    case 'EISDIR':
      return unreadable(path, notFileWords('folder'));
    case 'ENXIO':
    case 'EAGAIN':
      return unreadable(path, notFileWords('other'));
    default:
      return unreadable(path, `can’t be read (${String((error as { code?: unknown }).code ?? 'unknown error')})`);
  }
}
