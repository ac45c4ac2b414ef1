import { fail, type Result, succeed } from '../base/result.ts';
import { ObjectTooLargeError } from '../git/object-reader.ts';
import { isRegularFile, type Objects, type TreeFile } from '../git/objects.ts';
import { tooLarge } from './bounded-file.ts';
import { type DvcFiles, isDvcFileName, isSkippedFolder, MOST_BYTES } from './dvc-files.ts';

/** Folders of commits that were read, by their ids; they are the same in most commits. */
export interface TreeCache {
  readonly entries: Map<string, readonly TreeFile[]>;
  readonly dvcFiles: Map<string, readonly string[]>;
}

/** A DVC project as one commit has it. */
export interface CommitFiles extends DvcFiles {
  /** Id of the project's own folder: two commits with the same id have the same project. */
  readonly folderId: string;
  /** What stands at a path: a file, a folder (mode 040000) or something else; undefined for nothing. */
  entryAt(path: string): Promise<TreeFile | undefined>;
  /** Names of the folders directly in the project. */
  folders(): Promise<string[]>;
}

const FOLDER = '040000';
const MOST_TREES = 4000;
const DEEPEST = 16;
const MOST_FILES = 100_000;

export function newTreeCache(): TreeCache {
  return { entries: new Map(), dvcFiles: new Map() };
}

/**
 * The project in a folder of a commit's tree; undefined when the commit has no such folder.
 *
 * @param project relative to the repository's top level, `''` for the top level itself
 */
export async function openCommitFiles(
  objects: Objects,
  cache: TreeCache,
  tree: string,
  project: string,
): Promise<CommitFiles | undefined> {
  async function entriesOf(oid: string): Promise<readonly TreeFile[]> {
    const known = cache.entries.get(oid);
    if (known !== undefined) return known;
    const entries = await objects.folder(oid);
    if (cache.entries.size >= MOST_TREES) cache.entries.clear();
    cache.entries.set(oid, entries);
    return entries;
  }

  async function find(from: string, path: string): Promise<TreeFile | undefined> {
    let entry: TreeFile = { path: '', mode: FOLDER, oid: from };
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      if (entry.mode !== FOLDER) return undefined;
      const next = (await entriesOf(entry.oid)).find((child) => child.path === name);
      if (next === undefined) return undefined;
      entry = next;
    }
    return { ...entry, path };
  }

  async function dvcFilesIn(oid: string, depth: number): Promise<readonly string[]> {
    const known = cache.dvcFiles.get(oid);
    if (known !== undefined) return known;
    const found: string[] = [];
    const entries = await entriesOf(oid);
    for (const entry of entries) {
      if (isRegularFile(entry) && isDvcFileName(entry.path)) found.push(entry.path);
      if (entry.mode !== FOLDER || isSkippedFolder(entry.path) || depth >= DEEPEST) continue;
      if ((await entriesOf(entry.oid)).some(({ path, mode }) => path === '.dvc' && mode === FOLDER)) continue;
      found.push(...(await dvcFilesIn(entry.oid, depth + 1)).map((path) => `${entry.path}/${path}`));
    }
    cache.dvcFiles.set(oid, found);
    return found;
  }

  async function filesBelow(oid: string, prefix: string, depth: number, into: string[]): Promise<void> {
    for (const entry of await entriesOf(oid)) {
      if (into.length >= MOST_FILES) return;
      if (isRegularFile(entry)) into.push(`${prefix}${entry.path}`);
      else if (entry.mode === FOLDER && depth < DEEPEST) {
        await filesBelow(entry.oid, `${prefix}${entry.path}/`, depth + 1, into);
      }
    }
  }

  const folder = await find(tree, project);
  if (folder === undefined || folder.mode !== FOLDER) return undefined;
  const entryAt = (path: string) => find(folder.oid, path);
  return {
    folderId: folder.oid,
    entryAt,
    folders: async () => (await entriesOf(folder.oid)).flatMap(({ path, mode }) => (mode === FOLDER ? [path] : [])),
    dvcFiles: () => dvcFilesIn(folder.oid, 0),
    async read(path) {
      const entry = await entryAt(path);
      return entry !== undefined && isRegularFile(entry) ? readBlob(objects, entry.oid) : succeed(undefined);
    },
    async filesAt(path) {
      const entry = await entryAt(path);
      if (entry === undefined) return [];
      if (isRegularFile(entry)) return [path];
      const files: string[] = [];
      if (entry.mode === FOLDER) await filesBelow(entry.oid, path === '' ? '' : `${path}/`, 0, files);
      return files;
    },
  };
}

async function readBlob(objects: Objects, oid: string): Promise<Result<Uint8Array | undefined>> {
  try {
    const bytes = await objects.blob(oid, MOST_BYTES);
    return bytes === undefined ? fail('file-missing', 'is not in this clone; fetch it with git') : succeed(bytes);
  } catch (error) {
    if (error instanceof ObjectTooLargeError) return fail('file-refused', tooLarge(MOST_BYTES));
    throw error;
  }
}
