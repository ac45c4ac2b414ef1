import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestFile } from '../base/digest-file.ts';
import { sha256Hex } from '../base/hashing.ts';
import { evictNowAndThen, mostCacheBytes } from './cache-eviction.ts';

/** A file that is in the cache. */
export interface CachedFile {
  readonly sha256: string;
  readonly size: number;
}

/** What is known of the file at an address: its content, and the server's tag for exactly this content. */
export interface TaggedFile extends CachedFile {
  readonly tag: string;
}

/** A folder that is to be there as the server has it. Paths are `/`-separated, below the folder. */
export interface FolderContent {
  readonly files: ReadonlyMap<string, CachedFile>;
  readonly folders: readonly string[];
}

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** What a process left that was killed long ago: longer than any download goes on. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;
const MOST_ATTEMPTS = 10;
const SHA256 = /^[0-9a-f]{64}$/;

/** The user's cache folder for artifacts, as each system has it. */
export function defaultCacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir();
  const own =
    platform === 'win32'
      ? (environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : environment['XDG_CACHE_HOME'] || join(home, '.cache');
  return join(own, 'model-signoff', 'artifacts');
}

/**
 * Copies of artifacts. A content is kept once, named by its sha256; folders are made of them by hard links. Everything
 * appears by one rename, under a name that its content decides, so that several processes may do the same at once.
 */
export interface ArtifactCache {
  readonly folder: string;
  /** Makes the cache, for this user alone, and clears away what was left half done or not used for long. */
  prepare(): Promise<void>;
  /** Absolute path for a new file of the same file system. */
  newPartial(): string;
  /** Takes a whole file in; it is not at its place any more. */
  keep(partial: string, file: CachedFile): Promise<void>;
  /** Whether this content is here, by reading it: a copy that was damaged or changed is none. */
  has(file: CachedFile, signal?: AbortSignal): Promise<boolean>;
  tagOf(address: string): Promise<TaggedFile | undefined>;
  rememberTag(address: string, file: TaggedFile): Promise<void>;
  /** Absolute path of a folder with exactly this content, for the owner that `key` names. */
  folderOf(key: string, content: FolderContent, signal?: AbortSignal): Promise<string>;
}

export function artifactCache(folder: string): ArtifactCache {
  const partials = join(folder, 'partial');
  const newPartial = () => join(partials, randomUUID());
  const objectOf = ({ sha256 }: CachedFile) => join(folder, 'objects', sha256.slice(0, 2), sha256);
  const noteOf = (address: string) => join(folder, 'tags', `${sha256Hex(address)}.json`);

  async function has(file: CachedFile, signal?: AbortSignal): Promise<boolean> {
    return holds(objectOf(file), file, signal);
  }

  async function appear(partial: string, place: string): Promise<void> {
    await mkdir(dirname(place), { recursive: true, mode: PRIVATE_FOLDER });
    await rename(partial, place);
  }

  async function build(content: FolderContent): Promise<string> {
    const made = newPartial();
    await mkdir(made, { mode: PRIVATE_FOLDER });
    const folders = new Set([...content.folders, ...[...content.files.keys()].flatMap(foldersAbove)]);
    for (const each of folders) await mkdir(join(made, each), { recursive: true, mode: PRIVATE_FOLDER });
    for (const [path, file] of content.files) {
      const place = join(made, path);
      await link(objectOf(file), place).catch(() => copyFile(objectOf(file), place));
    }
    return made;
  }

  return {
    folder,
    has,
    newPartial,
    async prepare() {
      await mkdir(partials, { recursive: true, mode: PRIVATE_FOLDER });
      for (const name of await readdir(partials)) {
        const left = await statOf(join(partials, name));
        if (left !== undefined && Date.now() - left.mtimeMs > LEFT_BEHIND_MS) {
          await rm(join(partials, name), { recursive: true, force: true });
        }
      }
      await evictNowAndThen(folder, { mostBytes: mostCacheBytes(process.env), now: Date.now(), newPartial });
    },
    async keep(partial, file) {
      try {
        await appear(partial, objectOf(file));
      } catch (error) {
        // Windows does not replace a file that another process reads: then it is the same content already.
        if (!(await has(file))) throw error;
        await rm(partial, { force: true });
      }
    },
    async tagOf(address) {
      const noted = await readFile(noteOf(address), 'utf8').catch(() => '');
      return parseNote(noted);
    },
    async rememberTag(address, { tag, sha256, size }) {
      const partial = newPartial();
      await writeFile(partial, JSON.stringify({ tag, sha256, size }), { mode: PRIVATE_FILE, flag: 'wx' });
      // Without the note the file is fetched again, no more.
      await appear(partial, noteOf(address)).catch(() => rm(partial, { force: true }));
    },
    async folderOf(key, content, signal) {
      const place = join(folder, 'runs', key, digestOf(content));
      // Before it is looked at: from now on nobody evicts it.
      await noteUse(place);
      if (await isExactly(place, content, signal)) return place;
      const made = await build(content);
      try {
        await appear(made, place).catch(async (error: unknown) => {
          // Another process was first, or what is there is damaged: then it makes way, and never half of it.
          if (await isExactly(place, content, signal)) return rm(made, { recursive: true, force: true });
          const damaged = newPartial();
          await rename(place, damaged).catch(() => Promise.reject(error));
          await appear(made, place);
          return rm(damaged, { recursive: true, force: true });
        });
      } catch (error) {
        await rm(made, { recursive: true, force: true });
        throw error;
      }
      return place;
    },
  };
}

/** The folder's own time, which says nothing of its files, is when it was used last. */
async function noteUse(place: string): Promise<void> {
  const now = new Date();
  await utimes(place, now, now).catch(() => undefined);
}

function digestOf({ files, folders }: FolderContent): string {
  const lines = [...files].map(([path, { sha256 }]) => `${sha256} ${path}\0`);
  return sha256Hex([...lines.sort(), ...folders.map((path) => `folder ${path}\0`).sort()].join(''));
}

function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

async function isExactly(place: string, { files, folders }: FolderContent, signal?: AbortSignal): Promise<boolean> {
  const found = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (found === undefined) return false;
  const known = new Set([...files.keys(), ...folders, ...[...files.keys()].flatMap(foldersAbove)]);
  if (found.length !== known.size) return false;
  for (const [path, file] of files) if (!(await holds(join(place, path), file, signal))) return false;
  for (const path of folders) if ((await statOf(join(place, path)))?.isDirectory() !== true) return false;
  return true;
}

async function holds(path: string, { sha256, size }: CachedFile, signal?: AbortSignal): Promise<boolean> {
  const stat = await statOf(path);
  if (stat?.isFile() !== true || stat.size !== size) return false;
  for (let attempt = 1; ; attempt += 1) {
    const digested = await digestFile(path, { algorithm: 'sha256', links: 'refuse links', signal });
    if (digested.ok) return digested.value.digest === sha256;
    // Another process that makes a hard link of it changes its times, though not its content.
    if (digested.problem.code !== 'file-changed' || attempt === MOST_ATTEMPTS) return false;
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}

function parseNote(noted: string): TaggedFile | undefined {
  let note: Partial<Record<keyof TaggedFile, unknown>> | null;
  try {
    note = JSON.parse(noted) as typeof note;
  } catch {
    return undefined;
  }
  const { tag, sha256, size } = note ?? {};
  if (typeof tag !== 'string' || typeof sha256 !== 'string' || typeof size !== 'number') return undefined;
  return SHA256.test(sha256) ? { tag, sha256, size } : undefined;
}
