import { type Result, succeed } from '../../base/result.ts';
import { below, type EntryKind, listFolder, notFileWords, type StorePath, unreadable } from './store-files.ts';

/** MLflow's names have at most 250 characters, so no more folders than this can be in one. */
const DEEPEST = 125;
const MOST_FILES = 100_000;

/** A metric's, param's or tag's file. */
export interface NamedFile {
  /** As it was logged, with `/`. */
  readonly name: string;
  /** Below the folder: as `name`, but as it is on disk. */
  readonly path: string;
  readonly kind: EntryKind;
}

export interface NamedFiles {
  readonly files: readonly NamedFile[];
  /** Folders that the names go through, below the folder; the first is '' for itself. */
  readonly folders: readonly string[];
}

/**
 * The files below a run's `metrics`, `params` or `tags`, whose names may go through folders. MLflow allows no `\` in
 * names; where one stands in a file's name, the store was packed on Windows, and it means `/`.
 */
export function listNamedFiles(folder: StorePath): Result<NamedFiles> {
  const files: NamedFile[] = [];
  const folders = [''];
  const names = new Set<string>();
  for (let at = 0; at < folders.length; at += 1) {
    const prefix = folders[at] ?? '';
    const here = prefix === '' ? folder : below(folder, prefix);
    const entries = listFolder(here);
    if (!entries.ok) return entries;
    for (const { name, kind } of entries.value ?? []) {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (kind === 'folder') {
        if (path.split('/').length > DEEPEST) return unreadable(here, `nests deeper than ${DEEPEST} folders`);
        folders.push(path);
        continue;
      }
      const logged = path.includes('\\') ? path.replaceAll('\\', '/') : path;
      if (names.has(logged)) return unreadable(here, 'holds two files that mean the same name, with “/” and with “\\”');
      names.add(logged);
      files.push({ name: logged, path, kind });
    }
    if (files.length + folders.length > MOST_FILES) return unreadable(folder, `holds more than ${MOST_FILES} files`);
  }
  return succeed({ files, folders });
}

/** A problem for an entry that is not a regular file. */
export function refuseUnlessFile(folder: StorePath, { path, kind }: NamedFile): Result<StorePath> {
  const file = below(folder, path);
  return kind === 'file' ? succeed(file) : unreadable(file, notFileWords(kind));
}
