import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isJsonArray, isJsonObject, parseLenientJson } from '../base/lenient-json.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { readBoundedFile } from './bounded-file.ts';
import { textOf } from './data-file.ts';
import { pathInProject } from './dvc-files.ts';

/** A folder of a million files has a list of about 100 MB. */
const MOST_LIST_BYTES = 128_000_000;
const MOST_CONFIG_BYTES = 1_000_000;

/** One file that DVC keeps: its path below the folder that is tracked, and the MD5 of its content. */
export interface ListedFile {
  readonly path: string;
  readonly md5: string;
}

/**
 * Where DVC keeps contents on this machine: `cache.dir` of `.dvc/config.local`, else of `.dvc/config`, else
 * `.dvc/cache`; real and absolute. None when there is no such folder. What is found there is believed only after its
 * MD5 was checked, so it does no harm that anybody may have written the setting.
 *
 * @param dvcFolder absolute path of the project's `.dvc`
 */
export async function cacheFolders(dvcFolder: string): Promise<string[]> {
  let written: string | undefined;
  for (const name of ['config.local', 'config']) {
    written ??= await cacheSetting(join(dvcFolder, name));
  }
  const folder = await realpath(resolve(dvcFolder, written ?? 'cache')).catch(() => undefined);
  return folder === undefined ? [] : [folder];
}

async function cacheSetting(configFile: string): Promise<string | undefined> {
  const root = await realpath(dirname(configFile)).catch(() => dirname(configFile));
  const read = await readBoundedFile(configFile, { mostBytes: MOST_CONFIG_BYTES, roots: [root] });
  const text = read.ok && read.value !== undefined ? textOf(read.value.bytes) : undefined;
  let section = '';
  let folder: string | undefined;
  for (const line of (text ?? '').split(/\r?\n/)) {
    section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1] ?? section;
    const value = section === 'cache' ? /^\s*dir\s*=\s*(.*?)\s*$/.exec(line)?.[1] : undefined;
    if (value !== undefined && value !== '') folder = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return folder;
}

/** The places where a content may lie in a cache: as DVC 3 keeps it, and as earlier ones did. */
export function placesInCache(caches: readonly string[], md5: string): string[] {
  return caches.flatMap((cache) => [
    join(cache, 'files', 'md5', md5.slice(0, 2), md5.slice(2)),
    join(cache, md5.slice(0, 2), md5.slice(2)),
  ]);
}

/** A small content by its MD5, from the cache; undefined when it is not there as promised. */
export async function readCached(
  caches: readonly string[],
  md5: string,
  mostBytes: number,
): Promise<Buffer | undefined> {
  for (const place of placesInCache(caches, md5)) {
    const read = await readBoundedFile(place, { mostBytes, roots: caches });
    if (read.ok && read.value !== undefined && md5Of(read.value.bytes) === md5.slice(0, 32)) return read.value.bytes;
  }
  return undefined;
}

/**
 * The files of a folder that DVC tracks, by the MD5 of its list (`….dir`); undefined when the list is not in the cache.
 * A list that is not DVC's, or that leads out of the folder, is a problem, which continues "the folder …".
 */
export async function readFolderList(
  caches: readonly string[],
  md5: string,
): Promise<Result<readonly ListedFile[] | undefined>> {
  const bytes = await readCached(caches, md5, MOST_LIST_BYTES);
  if (bytes === undefined) return succeed(undefined);
  const parsed = parseLenientJson(textOf(bytes) ?? '');
  if (!parsed.ok || !isJsonArray(parsed.value))
    return fail('dvc-list-malformed', 'has a list of files that is not DVC’s');
  const files: ListedFile[] = [];
  for (const entry of parsed.value) {
    const path = isJsonObject(entry) ? entry.get('relpath') : undefined;
    const content = isJsonObject(entry) ? entry.get('md5') : undefined;
    const inside = typeof path === 'string' ? pathInProject('', path) : undefined;
    const isContent = typeof content === 'string' && /^[0-9a-f]{32}$/.test(content);
    if (!inside?.ok || inside.value === '.' || !isContent) {
      return fail('dvc-list-malformed', 'has a list with a file that leads out of it, or has no MD5');
    }
    files.push({ path: inside.value, md5: content });
  }
  return succeed(files);
}

export function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
