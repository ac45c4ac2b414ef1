import { CorruptObjectError, MissingObjectError, type ObjectReader, openObjectReader } from './object-reader.ts';
import type { Repository } from './repository.ts';
import { type GitPlace, readGit } from './run-git.ts';

/** A file in a commit. `mode` is git's, six digits: 100644, 100755, 120000 (symlink), 160000 (submodule). */
export interface TreeFile {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

export interface CommitObject {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: CommitAuthor;
  /** When it was committed, as it claims, in milliseconds since 1970. */
  readonly time: number;
  /** The first line of its message. */
  readonly subject: string;
}

/**
 * Reads commits, folders and files. Everything below a commit id is checked against it, tree by tree, so that a
 * doctored object store can't show other content under an honest commit id.
 */
export interface Objects {
  /** The id of the commit that is checked out; undefined where there is none yet. */
  head(): Promise<string | undefined>;
  commit(oid: string): Promise<CommitObject | undefined>;
  /**
   * Undefined when there is no regular file at `path`: symlinks and submodules are not files. This and `filesBelow` throw
   * `MissingObjectError` for what the commit has and this clone has not.
   */
  blobAt(commit: string, path: string): Promise<Buffer | undefined>;
  /**
   * Every file below `folder`, in git's order; none when there is no such folder. Folders more than `depth` levels down
   * (64 when not given) are listed themselves, with the mode 040000, and not opened.
   */
  filesBelow(commit: string, folder: string, depth?: number): Promise<TreeFile[]>;
  /** What stands directly in a folder, by the folder's own id; empty when there is no such folder in this clone. */
  folder(oid: string): Promise<readonly TreeFile[]>;
  /** Undefined when it is not in this clone, or no file. Throws `ObjectTooLargeError` for more than `maxBytes`. */
  blob(oid: string, maxBytes?: number): Promise<Buffer | undefined>;
  close(): void;
}

const MAX_DEPTH = 64;
/** Every path is looked up from its commit down, and the next one mostly shares the beginning of the way. */
const MOST_REMEMBERED = 64;

export function openObjects(place: GitPlace, signal?: AbortSignal): Objects {
  const reader = openObjectReader(place, signal);
  const folders = remembering(async (oid: string) => {
    const object = await reader.read(oid);
    return object?.type === 'tree' ? parseTree(object.content, oid.length / 2) : undefined;
  });
  const commit = remembering(async (oid: string) => {
    const object = await reader.read(oid);
    return object?.type === 'commit' ? parseCommit(oid, object.content) : undefined;
  });
  const folder = async (oid: string) => (await folders(oid)) ?? [];
  const tree = async (oid: string) => {
    const entries = await folder(oid);
    if (entries.length === 0 && (await reader.read(oid)) === undefined) throw new MissingObjectError(oid);
    return entries;
  };
  const find = async (commitId: string, path: string): Promise<TreeFile | undefined> => {
    const start = await commit(commitId);
    if (start === undefined) return undefined;
    let entry: TreeFile = { path: '', mode: '040000', oid: start.tree };
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      if (entry.mode !== '040000') return undefined;
      const next = (await tree(entry.oid)).find((child) => child.path === name);
      if (next === undefined) return undefined;
      entry = next;
    }
    return { ...entry, path };
  };

  return {
    head: async () => (await reader.readHead())?.oid,
    commit,
    folder,
    blob: (oid, maxBytes) => readBlobObject(reader, oid, maxBytes),
    async blobAt(commitId, path) {
      const entry = await find(commitId, path);
      if (entry === undefined || !isRegularFile(entry)) return undefined;
      const content = await readBlobObject(reader, entry.oid);
      if (content === undefined) throw new MissingObjectError(entry.oid);
      return content;
    },
    async filesBelow(commitId, folder, depth = MAX_DEPTH) {
      const entry = await find(commitId, folder);
      if (entry === undefined || entry.mode !== '040000') return [];
      const prefix = folder === '' || folder === '.' ? '' : `${folder}/`;
      const files: TreeFile[] = [];
      await collect(tree, entry.oid, prefix, depth, files);
      return files;
    },
    close: () => reader.close(),
  };
}

/** What an id names never changes, so what was read and checked once need not be read again. */
function remembering<Value>(
  read: (oid: string) => Promise<Value | undefined>,
): (oid: string) => Promise<Value | undefined> {
  const remembered = new Map<string, Value>();
  return async (oid) => {
    const known = remembered.get(oid);
    if (known !== undefined) return known;
    const value = await read(oid);
    if (value === undefined) return undefined;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(oid, value);
    return value;
  };
}

export function isRegularFile(file: TreeFile): boolean {
  return file.mode === '100644' || file.mode === '100755';
}

/** The id of the commit that a name stands for, or undefined. Runs no program of the repository. */
export async function resolveCommit(repository: Repository, name: string): Promise<string | undefined> {
  const output = await readGit(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  const oid = output.stdout.toString('latin1').trim();
  return output.code === 0 && /^[0-9a-f]+$/.test(oid) ? oid : undefined;
}

/** One file of a commit. For several files open `Objects` once: it is one process instead of one each. */
export async function readBlob(repository: Repository, commit: string, path: string): Promise<Uint8Array | undefined> {
  return withObjects(repository, (objects) => objects.blobAt(commit, path));
}

/** Every file below a folder of a commit. */
export async function listFiles(repository: Repository, commit: string, folder: string): Promise<TreeFile[]> {
  return withObjects(repository, (objects) => objects.filesBelow(commit, folder));
}

export async function withObjects<Value>(
  repository: Repository,
  use: (objects: Objects) => Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> {
  const objects = openObjects(repository, signal);
  try {
    return await use(objects);
  } finally {
    objects.close();
  }
}

async function readBlobObject(reader: ObjectReader, oid: string, maxBytes?: number): Promise<Buffer | undefined> {
  const object = await reader.read(oid, maxBytes);
  return object?.type === 'blob' ? object.content : undefined;
}

async function collect(
  tree: (oid: string) => Promise<readonly TreeFile[]>,
  oid: string,
  prefix: string,
  depth: number,
  into: TreeFile[],
): Promise<void> {
  for (const entry of await tree(oid)) {
    const path = `${prefix}${entry.path}`;
    if (entry.mode === '040000' && depth > 0) await collect(tree, entry.oid, `${path}/`, depth - 1, into);
    else into.push({ ...entry, path });
  }
}

/** A tree is a run of `<mode> <name>\0<raw id>`. */
function parseTree(content: Buffer, oidBytes: number): TreeFile[] {
  const entries: TreeFile[] = [];
  let offset = 0;
  while (offset < content.length) {
    const space = content.indexOf(32, offset);
    const end = space < 0 ? -1 : content.indexOf(0, space);
    if (end < 0 || end + 1 + oidBytes > content.length)
      throw new CorruptObjectError('A folder of the commit is malformed.');
    const mode = content.toString('latin1', offset, space).padStart(6, '0');
    const oid = content.toString('hex', end + 1, end + 1 + oidBytes);
    entries.push({ path: content.toString('utf8', space + 1, end), mode, oid });
    offset = end + 1 + oidBytes;
  }
  return entries;
}

function parseCommit(oid: string, content: Buffer): CommitObject {
  const text = content.toString('utf8');
  const headEnd = text.indexOf('\n\n');
  const head = text.slice(0, headEnd).split('\n');
  const after = (keyword: string) =>
    head.filter((line) => line.startsWith(`${keyword} `)).map((line) => line.slice(keyword.length + 1));
  const author = /^(.*?) ?<([^>]*)>/.exec(after('author')[0] ?? '');
  const seconds = /> (\d+) [+-]\d+$/.exec(after('committer')[0] ?? '')?.[1];
  return {
    oid,
    tree: after('tree')[0] ?? '',
    parents: after('parent'),
    author: { name: author?.[1] ?? '', email: author?.[2] ?? '' },
    time: Number(seconds ?? 0) * 1000,
    subject:
      headEnd < 0
        ? ''
        : (text
            .slice(headEnd + 2)
            .trimStart()
            .split('\n', 1)[0] ?? ''),
  };
}
