import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readSmallFile } from '../base/file-identity.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { turns } from '../base/turns.ts';
import { contentOfDvcPointer } from './dvc-pointer.ts';
import { contentOfLfsPointer, isLfsPointer, LFS_POINTER_MOST_BYTES } from './lfs-pointer.ts';
import { compareBytes } from './paths.ts';
import type { PointedContent } from './pointed-content.ts';

/**
 * What to do about a file that is only a pointer of Git LFS or DVC. Whoever deploys bytes must have the bytes, so
 * `refuse pointers` is for verifying; whoever looks or signs can do so with the content in the local store, since that is
 * what `git lfs pull` or `dvc checkout` would put there.
 */
export type PointerPolicy = 'refuse pointers' | 'resolve pointers';

/** One file that will be deployed. */
export interface FoundFile {
  /** Relative to the model's folder, `/`-separated. */
  readonly name: string;
  /** Absolute path of its bytes on this machine. */
  readonly path: string;
  /** What the bytes are proved against, and who keeps them, where the model's folder has only a pointer. */
  readonly pointed?: { readonly by: 'Git LFS' | 'DVC'; readonly content: PointedContent } | undefined;
}

export interface FoundFiles {
  /** Absolute folder that the names start at. */
  readonly folder: string;
  /** In the order of their names' bytes. */
  readonly files: readonly FoundFile[];
}

/** MLflow adds it when a registered model is downloaded, so it is not part of the model. */
const ADDED_BY_DOWNLOAD = 'registered_model_meta';
const DVC_SUFFIX = '.dvc';

/** The files of the model at `path`, a folder or one file. Refused: see `listModelFilesAt`. */
export async function findModelFiles(path: string, pointers: PointerPolicy): Promise<Result<FoundFiles>> {
  const stat = lookAt(path);
  if (stat === undefined) return findPointed(path, pointers);
  if (stat.isFile())
    return withoutPointers({ folder: dirname(path), files: [{ name: basename(path), path }] }, pointers);
  if (!stat.isDirectory()) return refuse(basename(path), 'is a symbolic link or a special file');
  const names: string[] = [];
  const problem = await collect(path, '', names, turns());
  if (problem) return problem;
  if (names.length === 0) return empty(basename(path));
  return withoutPointers({ folder: path, files: names.map((name) => ({ name, path: join(path, name) })) }, pointers);
}

/** Undefined where nothing can be seen at the path. What a link points to is not looked at. */
function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** A model that is wholly elsewhere: only a DVC pointer stands beside where it belongs. */
async function findPointed(path: string, pointers: PointerPolicy): Promise<Result<FoundFiles>> {
  const name = basename(path);
  const pointer = lookAt(`${path}${DVC_SUFFIX}`);
  if (pointer?.isFile() !== true) return fail('artifact-missing', `There is no model at “${name}”.`);
  if (pointers === 'refuse pointers') return missingOfDvc(name);
  const content = await contentOfDvcPointer(`${path}${DVC_SUFFIX}`);
  if (content === undefined) return missingOfDvc(name);
  if (content.kind === 'file') {
    return succeed({ folder: dirname(path), files: [{ name, path: content.path, pointed: { by: 'DVC', content } }] });
  }
  const deployed = content.files.filter((file) => file.name !== ADDED_BY_DOWNLOAD);
  if (deployed.length === 0) return empty(name);
  return succeed({ folder: path, files: sorted(deployed.map((file) => foundInDvc(file.name, file))) });
}

async function collect(
  root: string,
  folder: string,
  names: string[],
  turnOfOthers: () => Promise<void>,
): Promise<Result<never> | undefined> {
  await turnOfOthers();
  const entries = readdirSync(join(root, folder), { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries as unknown as Dirent<Buffer>[]) {
    const own = entry.name.toString('utf8');
    const name = folder === '' ? own : `${folder}/${own}`;
    if (name === ADDED_BY_DOWNLOAD && entry.isFile()) continue;
    if (!Buffer.from(own).equals(entry.name)) return refuse(name, 'has a name that is not UTF-8');
    if (/\p{Cc}/u.test(own)) return refuse(name, 'has a control character in its name');
    if (entry.isSymbolicLink()) return refuse(name, 'is a symbolic link');
    if (entry.isDirectory()) {
      const problem = await collect(root, name, names, turnOfOthers);
      if (problem) return problem;
    } else if (entry.isFile()) {
      names.push(name);
    } else {
      return refuse(name, 'is neither a file nor a folder');
    }
  }
  return undefined;
}

async function withoutPointers(found: FoundFiles, pointers: PointerPolicy): Promise<Result<FoundFiles>> {
  const turnOfOthers = turns();
  const files: FoundFile[] = [];
  for (const file of found.files) {
    await turnOfOthers();
    const start = startOf(file.path);
    if (isLfsPointer(start)) {
      const content = pointers === 'resolve pointers' ? await contentOfLfsPointer(start, file.path) : undefined;
      if (content === undefined) return missingOfLfs(file.name);
      files.push({ name: file.name, path: content.path, pointed: { by: 'Git LFS', content } });
      continue;
    }
    files.push(file);
    if (!file.name.endsWith(DVC_SUFFIX)) continue;
    const name = file.name.slice(0, -DVC_SUFFIX.length);
    if (lookAt(file.path.slice(0, -DVC_SUFFIX.length)) !== undefined) continue;
    const content = pointers === 'resolve pointers' ? await contentOfDvcPointer(file.path) : undefined;
    if (content === undefined) return missingOfDvc(name);
    if (content.kind === 'file') files.push(foundInDvc(name, content));
    else files.push(...content.files.map((each) => foundInDvc(`${name}/${each.name}`, each)));
  }
  return succeed({ folder: found.folder, files: sorted(files) });
}

function foundInDvc(name: string, content: PointedContent): FoundFile {
  return { name, path: content.path, pointed: { by: 'DVC', content } };
}

function sorted(files: readonly FoundFile[]): readonly FoundFile[] {
  return files.toSorted((a, b) => compareBytes(a.name, b.name));
}

/** What a small file says; empty for one that is too large to be a pointer, or that whoever hashes it will refuse. */
function startOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > LFS_POINTER_MOST_BYTES) return '';
  const read = readSmallFile(path, 'refuse links', LFS_POINTER_MOST_BYTES + 1);
  return read.ok ? read.value.content.toString('latin1') : '';
}

function empty(folder: string): Result<never> {
  return fail('model-empty', `The model’s folder “${folder}” holds no file.`);
}

function missingOfLfs(name: string): Result<never> {
  return fail(
    'model-pointer',
    `The model’s file “${name}” is missing: here is only its Git LFS pointer; run \`git lfs pull\`.`,
  );
}

function missingOfDvc(name: string): Result<never> {
  return fail(
    'model-pointer',
    `The model’s file “${name}” is missing: here is only its DVC pointer; run \`dvc pull\`.`,
  );
}

function refuse(name: string, why: string): Result<never> {
  return fail('model-refused', `The model’s file “${name}” ${why}, which is refused.`);
}
