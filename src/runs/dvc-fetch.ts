import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { ObjectTooLargeError } from '../git/object-reader.ts';
import { isRegularFile, type Objects } from '../git/objects.ts';
import type { ArtifactCache, CachedFile } from './artifact-cache.ts';
import { liesInOneOf } from './bounded-file.ts';
import { placesInCache } from './dvc-cache.ts';
import type { CommitFiles } from './dvc-commit-files.ts';
import type { DvcProject } from './dvc-project.ts';
import { isAsRecorded, NOT_RECORDED } from './dvc-recorded.ts';
import { isAtOrBelow, type TrackedFile, type TrackedPlaces, trackedFiles } from './dvc-tracked.ts';
import type { WantedArtifacts } from './open-runs.ts';
import { wantedPaths } from './wanted-paths.ts';

/** What a run in git has, and where the rest of it may be. */
export interface FetchFromCommit {
  readonly commit: string;
  readonly files: CommitFiles;
  readonly project: DvcProject;
  readonly objects: Objects;
  readonly places: TrackedPlaces;
  readonly cache: ArtifactCache;
  readonly signal?: AbortSignal | undefined;
}

/** A file in git that is larger is no artifact that git can hand over in one piece. */
const MOST_BLOB_BYTES = 1_000_000_000;
/** What says which packages a model needs, when it lies beside the models. */
const ENVIRONMENT_FILES = ['requirements.txt', 'conda.yaml', 'python_env.yaml', 'Dockerfile'] as const;
const GLOB = /[*?[]/;

/**
 * Brings what is wanted of a commit into a folder of its own: files as git has them, and files that DVC tracks, from the
 * project's folder or DVC's cache, each checked against the MD5 that the commit recorded. What is nowhere on this machine
 * is left out, with a pointer (`<name>.dvc`) in its place that tells readers to run `dvc pull`; where it is one of the
 * files of a glob, leaving it out would change what is read, so that is a problem.
 *
 * @returns the folder's absolute path
 */
export async function fetchFromCommit(from: FetchFromCommit, wanted: WantedArtifacts): Promise<Result<string>> {
  const { commit, files, project, cache, places } = from;
  const models = wanted.models === 'wanted' ? await modelPaths(from) : [];
  const paths = [...new Set([...wanted.paths, ...models, ...ENVIRONMENT_FILES])];
  const content = new Map<string, CachedFile>();
  await cache.prepare();

  const tracked = await trackedFiles(project.outs, places.caches, (out) => touches(paths, out.path));
  const { wantsFile } = wantedPaths(paths);
  const missing: { path: string; md5: string | undefined }[] = tracked.missing.map((path) => ({
    path,
    md5: undefined,
  }));
  for (const file of tracked.files.filter(({ path }) => wantsFile(path))) {
    const taken = await takeTracked(file, from);
    if (taken === undefined) missing.push(file);
    else content.set(file.path, taken);
  }
  for (const path of await wantedInGit(paths, files)) {
    const taken = await takeBlob(path, from);
    if (!taken.ok) return taken;
    if (taken.value !== undefined) content.set(path, taken.value);
  }
  for (const { path, md5 } of missing.filter((file) => !content.has(file.path))) {
    const glob = wanted.paths.find((each) => GLOB.test(each) && mayMatch(each, path));
    if (glob !== undefined) {
      return fail(
        'artifact-missing',
        `“run:${glob}” needs “${path.slice(0, 200)}”, which is not on this machine as commit ${commit.slice(0, 7)} has it; run \`dvc pull\`.`,
      );
    }
    content.set(`${path}.dvc`, await keepBytes(pointerTo(path, md5), cache));
  }
  const key = join('dvc', commit);
  return succeed(await cache.folderOf(key, { files: content, folders: [] }, from.signal));
}

/** Folders of the first level with an `MLmodel`, and the artifacts that the project names. */
async function modelPaths({ files, project, places }: FetchFromCommit): Promise<string[]> {
  const names = await files.folders();
  const found: string[] = [];
  for (const name of names) if ((await files.entryAt(`${name}/MLmodel`)) !== undefined) found.push(name);
  const folders = project.outs.filter(({ path, md5 }) => !path.includes('/') && md5.endsWith('.dir'));
  const tracked = await trackedFiles(folders, places.caches, () => true);
  for (const { path } of tracked.files)
    if (/^[^/]+\/MLmodel$/.test(path)) found.push(path.slice(0, -'/MLmodel'.length));
  return [...found, ...project.artifacts.values()];
}

/** Whether something at or below a tracked path may be wanted, or it is part of what is. */
function touches(paths: readonly string[], out: string): boolean {
  const { wantsFile, wantsInside } = wantedPaths(paths);
  return wantsFile(out) || wantsInside(out) || paths.some((path) => isAtOrBelow(out, path));
}

function mayMatch(glob: string, path: string): boolean {
  const { wantsFile, wantsInside } = wantedPaths([glob]);
  return wantsFile(path) || wantsInside(path);
}

/** Files in git that are wanted: below the part of each path that has no glob in it. */
async function wantedInGit(paths: readonly string[], files: CommitFiles): Promise<string[]> {
  const { wantsFile } = wantedPaths(paths);
  const found = new Set<string>();
  for (const path of paths) {
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    const firstGlob = names.findIndex((name) => GLOB.test(name));
    const fixed = (firstGlob < 0 ? names : names.slice(0, firstGlob)).join('/');
    if (names.includes('..')) continue;
    const literal = firstGlob < 0 ? [] : await files.filesAt(names.join('/'));
    for (const file of [...literal, ...(await files.filesAt(fixed))])
      if (wantsFile(file) || literal.includes(file)) found.add(file);
  }
  return [...found];
}

async function takeBlob(
  path: string,
  { files, project, objects, cache }: FetchFromCommit,
): Promise<Result<CachedFile | undefined>> {
  const entry = await files.entryAt(path);
  if (entry === undefined || !isRegularFile(entry)) return succeed(undefined);
  try {
    const bytes = await objects.blob(entry.oid, MOST_BLOB_BYTES);
    if (bytes !== undefined && !isAsRecorded(path, bytes, project.outs))
      return fail('artifact-not-recorded', `“${path.slice(0, 200)}” ${NOT_RECORDED}.`);
    return succeed(bytes === undefined ? undefined : await keepBytes(bytes, cache));
  } catch (error) {
    if (!(error instanceof ObjectTooLargeError)) throw error;
    return fail('artifact-too-large', `“${path.slice(0, 200)}” is larger in git than 1 GB; keep it in DVC instead.`);
  }
}

async function takeTracked(file: TrackedFile, from: FetchFromCommit): Promise<CachedFile | undefined> {
  const { cache, places, signal } = from;
  const address = `dvc-md5:${file.md5}`;
  const known = await cache.tagOf(address);
  if (known !== undefined && (await cache.has(known, signal))) return known;
  const roots = [places.folder, ...places.caches];
  for (const place of [...placesInCache(places.caches, file.md5), join(places.folder, file.path)]) {
    if (!(await mayHold(place, file, roots))) continue;
    const partial = cache.newPartial();
    try {
      await copyFile(place, partial, constants.COPYFILE_FICLONE);
      const { md5, ...copy } = await digestsOf(partial, signal);
      if (md5 !== file.md5) continue;
      await cache.keep(partial, copy);
      await cache.rememberTag(address, { ...copy, tag: file.md5 });
      return copy;
    } catch (error) {
      signal?.throwIfAborted();
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    } finally {
      await rm(partial, { force: true });
    }
  }
  return undefined;
}

async function mayHold(place: string, { size }: TrackedFile, roots: readonly string[]): Promise<boolean> {
  try {
    const found = await stat(place);
    return found.isFile() && (size === undefined || found.size === size) && liesInOneOf(roots, await realpath(place));
  } catch {
    return false;
  }
}

async function digestsOf(
  path: string,
  signal: AbortSignal | undefined,
): Promise<CachedFile & { readonly md5: string }> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    md5.update(piece);
    sha256.update(piece);
    size += piece.length;
  }
  return { md5: md5.digest('hex'), sha256: sha256.digest('hex'), size };
}

async function keepBytes(bytes: Uint8Array, cache: ArtifactCache): Promise<CachedFile> {
  const file = { sha256: sha256Hex(bytes), size: bytes.length };
  if (await cache.has(file)) return file;
  const partial = cache.newPartial();
  await writeFile(partial, bytes, { mode: 0o600, flag: 'wx' });
  await cache.keep(partial, file);
  return file;
}

/** What DVC itself writes in place of a file that it keeps elsewhere. */
function pointerTo(path: string, md5: string | undefined): Buffer {
  const content = md5 === undefined ? '' : `- md5: ${md5}\n  hash: md5\n  path: ${JSON.stringify(basename(path))}\n`;
  return Buffer.from(`outs:\n${content}`);
}
