import { createHash } from 'node:crypto';
import { promises } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  jsonNumber,
  jsonText,
  parseLenientJson,
} from '../base/lenient-json.ts';
import { parsePlainYaml } from '../base/plain-yaml.ts';
import { decodeText } from './evidence-file.ts';
import type { PointedContent } from './pointed-content.ts';

/** What a `.dvc` file stands for, in the cache of its project. */
export type DvcContent =
  | (PointedContent & { readonly kind: 'file' })
  | { readonly kind: 'folder'; readonly files: readonly (PointedContent & { readonly name: string })[] };

const POINTER_MOST_BYTES = 64 * 1024;
const MANIFEST_MOST_BYTES = 64 * 1024 * 1024;
const MD5 = /^[0-9a-f]{32}$/;
const DIRECTORY = '.dir';

/**
 * Where the content of the `.dvc` file at `pointer` is in the project's cache; undefined when it is not there, or the
 * file can't be understood. That content is what the pointer names is for whoever reads it to see.
 */
export async function contentOfDvcPointer(pointer: string): Promise<DvcContent | undefined> {
  const bytes = await smallFile(pointer, POINTER_MOST_BYTES);
  const text = bytes && decodeText(bytes);
  const yaml = text === undefined ? undefined : parsePlainYaml(text);
  if (!yaml?.ok || !isJsonObject(yaml.value.value) || yaml.value.value.has('wdir')) return undefined;
  const outs = yaml.value.value.get('outs');
  if (!isJsonArray(outs) || outs.length !== 1 || !isJsonObject(outs[0])) return undefined;
  // As it is written: a digest of digits alone would be read as a number.
  const digest = yaml.value.sourceAt(['outs', 0, 'md5']);
  if (digest === undefined || jsonText(outs[0], 'path') !== basename(pointer, '.dvc')) return undefined;
  const cache = await cacheAbove(pointer, outs[0]);
  if (cache === undefined) return undefined;
  if (digest.endsWith(DIRECTORY)) return folderOf(cache, digest);
  const content = await contentIn(cache, digest, jsonNumber(outs[0].get('size')));
  return content && { kind: 'file', ...content };
}

/** DVC 3 says which hash it took, and keeps such files apart. */
async function cacheAbove(pointer: string, out: JsonObject): Promise<string | undefined> {
  const hash = out.get('hash');
  if (hash !== undefined && hash !== 'md5') return undefined;
  for (let folder = dirname(pointer); ; folder = dirname(folder)) {
    const found = await promises.lstat(join(folder, '.dvc')).catch(() => undefined);
    if (found?.isDirectory()) return join(folder, '.dvc', 'cache', ...(hash === undefined ? [] : ['files', 'md5']));
    if (dirname(folder) === folder) return undefined;
  }
}

async function contentIn(cache: string, digest: string, size: number | undefined): Promise<PointedContent | undefined> {
  if (!MD5.test(digest)) return undefined;
  const path = join(cache, digest.slice(0, 2), digest.slice(2));
  const found = await promises.lstat(path).catch(() => undefined);
  return found?.isFile() === true ? { path, algorithm: 'md5', digest, size } : undefined;
}

/** A folder's files are listed in a file of the cache, whose own digest is the folder's. */
async function folderOf(cache: string, digest: string): Promise<DvcContent | undefined> {
  const md5 = digest.slice(0, -DIRECTORY.length);
  if (!MD5.test(md5)) return undefined;
  const bytes = await smallFile(join(cache, md5.slice(0, 2), `${md5.slice(2)}${DIRECTORY}`), MANIFEST_MOST_BYTES);
  if (bytes === undefined || createHash('md5').update(bytes).digest('hex') !== md5) return undefined;
  const text = decodeText(bytes);
  const manifest = text === undefined ? undefined : parseLenientJson(text);
  if (!manifest?.ok || !isJsonArray(manifest.value) || manifest.value.length === 0) return undefined;
  const files = new Map<string, PointedContent & { readonly name: string }>();
  for (const entry of manifest.value) {
    if (!isJsonObject(entry)) return undefined;
    const name = jsonText(entry, 'relpath');
    if (name === undefined || !isPlainPath(name) || files.has(name)) return undefined;
    const content = await contentIn(cache, jsonText(entry, 'md5') ?? '', undefined);
    if (content === undefined) return undefined;
    files.set(name, { ...content, name });
  }
  return { kind: 'folder', files: [...files.values()] };
}

function isPlainPath(path: string): boolean {
  if (/[\p{Cc}\\]/u.test(path) || !path.isWellFormed()) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

async function smallFile(path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  const found = await promises.lstat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size > mostBytes) return undefined;
  return promises.readFile(path).catch(() => undefined);
}
