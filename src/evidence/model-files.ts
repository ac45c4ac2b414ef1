import { type Dirent, existsSync, readFileSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hashFile, sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { locateArtifact, onlyUsableModel, type Places } from './locate-artifact.ts';
import { compareBytes } from './paths.ts';

/** One file of a model. `name` is relative to the model's folder, `/`-separated; `size` is in bytes. */
export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** The files that will be deployed, sorted by the bytes of their names. */
export interface ModelFiles {
  readonly files: readonly ModelFile[];
  readonly modelId: string;
  /** Absolute folder that the names start at. */
  readonly folder: string;
}

/** MLflow adds it when a registered model is downloaded, so it is not part of the model. */
const ADDED_BY_DOWNLOAD = 'registered_model_meta';
/** As pointers begin since 2014, and before; Git LFS still reads both. */
const LFS_POINTERS = ['version https://git-lfs.github.com/spec/', 'version https://hawser.github.com/spec/'] as const;
const LFS_POINTER_MOST_BYTES = 1024;

/** What a signature is bound to: sha256 of the lines `<sha256>  <name>\n`, in the order of the names' bytes (contract). */
export function modelIdOf(files: readonly Pick<ModelFile, 'name' | 'sha256'>[]): string {
  const sorted = files.toSorted((a, b) => compareBytes(a.name, b.name));
  return sha256Hex(sorted.map(({ sha256, name }) => `${sha256}  ${name}\n`).join(''));
}

/**
 * Lists and hashes the files that will be deployed.
 *
 * @param reference the policy's `run.artifact`; without it, the one model that the run logged
 */
export async function listModelFiles(
  reference: string | undefined,
  options: Places & { readonly signal?: AbortSignal },
): Promise<Result<ModelFiles>> {
  const path = reference === undefined ? await loggedModelFolder(options) : pathOf(reference, options);
  return path.ok ? listModelFilesAt(path.value, options) : path;
}

/**
 * Lists and hashes the files of the model at `path`, a folder or one file.
 *
 * Refused, each with a problem: symlinks and anything else that is not a file, Git LFS and DVC pointers (the content
 * is elsewhere), names that are not UTF-8 or have control characters, and a model without files.
 */
export async function listModelFilesAt(
  path: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result<ModelFiles>> {
  try {
    const found = await findFiles(path);
    return found.ok ? await hashFiles(found.value, options) : found;
  } catch (error) {
    options.signal?.throwIfAborted();
    return fail('model-unreadable', `The model’s files can’t be read: ${(error as Error).message}`);
  }
}

/**
 * The size in bytes of the files that will be deployed, and how many they are, without reading them. What
 * `listModelFiles` refuses is refused here, too.
 */
export async function measureModelFiles(
  reference: string | undefined,
  places: Places,
): Promise<Result<{ readonly bytes: number; readonly count: number }>> {
  const path = reference === undefined ? await loggedModelFolder(places) : pathOf(reference, places);
  if (!path.ok) return path;
  const found = await findFiles(path.value);
  if (!found.ok) return found;
  const sizes = await Promise.all(found.value.names.map((name) => lstat(join(found.value.folder, name))));
  return succeed({ bytes: sizes.reduce((total, { size }) => total + size, 0), count: sizes.length });
}

/** Absolute folder of the model's files; a problem where the model is a lone file, or can't be had. */
export async function findModelFolder(reference: string | undefined, places: Places): Promise<Result<string>> {
  const path = reference === undefined ? await loggedModelFolder(places) : pathOf(reference, places);
  if (!path.ok) return path;
  const stat = await lstat(path.value).catch(() => undefined);
  return stat?.isDirectory() === true
    ? path
    : fail('model-not-a-folder', 'The model is a lone file, so nothing is described beside it.');
}

interface FoundFiles {
  readonly folder: string;
  readonly names: readonly string[];
}

async function findFiles(path: string): Promise<Result<FoundFiles>> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined) return fail('artifact-missing', `There is no model at “${basename(path)}”.`);
  if (stat.isFile()) return withoutPointers({ folder: dirname(path), names: [basename(path)] });
  if (!stat.isDirectory()) return refuse(basename(path), 'is a symbolic link or a special file');
  const names: string[] = [];
  const problem = await collect(path, '', names);
  if (problem) return problem;
  if (names.length === 0) return fail('model-empty', `The model’s folder “${basename(path)}” holds no file.`);
  return withoutPointers({ folder: path, names: names.sort(compareBytes) });
}

async function collect(root: string, folder: string, names: string[]): Promise<Result<never> | undefined> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries as unknown as Dirent<Buffer>[]) {
    const own = entry.name.toString('utf8');
    const name = folder === '' ? own : `${folder}/${own}`;
    if (name === ADDED_BY_DOWNLOAD && entry.isFile()) continue;
    if (!Buffer.from(own).equals(entry.name)) return refuse(name, 'has a name that is not UTF-8');
    if (/\p{Cc}/u.test(own)) return refuse(name, 'has a control character in its name');
    if (entry.isSymbolicLink()) return refuse(name, 'is a symbolic link');
    if (entry.isDirectory()) {
      const problem = await collect(root, name, names);
      if (problem) return problem;
    } else if (entry.isFile()) {
      names.push(name);
    } else {
      return refuse(name, 'is neither a file nor a folder');
    }
  }
  return undefined;
}

async function withoutPointers(found: FoundFiles): Promise<Result<FoundFiles>> {
  for (const name of found.names) {
    const path = join(found.folder, name);
    const { size } = await lstat(path);
    const start = size <= LFS_POINTER_MOST_BYTES ? readFileSync(path, 'latin1') : '';
    if (LFS_POINTERS.some((pointer) => start.startsWith(pointer))) {
      return fail(
        'model-pointer',
        `The model’s file “${name}” is missing: here is only its Git LFS pointer; run \`git lfs pull\`.`,
      );
    }
    if (name.endsWith('.dvc') && !existsSync(path.slice(0, -'.dvc'.length))) {
      return fail(
        'model-pointer',
        `The model’s file “${name.slice(0, -'.dvc'.length)}” is missing: here is only its DVC pointer; run \`dvc pull\`.`,
      );
    }
  }
  return succeed(found);
}

async function hashFiles(found: FoundFiles, options: { readonly signal?: AbortSignal }): Promise<Result<ModelFiles>> {
  const files: ModelFile[] = [];
  for (const name of found.names) {
    const path = join(found.folder, name);
    const { size } = await lstat(path);
    files.push({ name, sha256: await hashFile(path, options), size });
  }
  return succeed({ files, modelId: modelIdOf(files), folder: found.folder });
}

function pathOf(reference: string, places: Places): Result<string> {
  const located = locateArtifact(reference, places);
  if (!located.ok) return located;
  const [path, ...others] = located.value.absolute;
  if (path === undefined || others.length > 0) {
    return fail(
      'model-ambiguous',
      `The model’s path “${reference}” matches ${others.length + 1} files; name one file or one folder.`,
    );
  }
  return succeed(path);
}

/** MLflow 3 says which models a run logged; before, a model is a folder among the run's artifacts with an `MLmodel`. */
async function loggedModelFolder({ run }: Places): Promise<Result<string>> {
  if (run.models.length > 0) {
    const model = onlyUsableModel(run.models);
    return model.ok ? succeed(model.value.artifactFolder) : model;
  }
  const { artifactFolder } = run;
  const entries = artifactFolder === undefined ? [] : await readdir(artifactFolder).catch(() => []);
  const folders = entries.filter((name) => existsSync(join(artifactFolder as string, name, 'MLmodel')));
  const [folder, ...others] = folders;
  if (folder === undefined)
    return fail('artifact-missing', 'The run logged no model; name its files in `run.artifact`.');
  if (others.length > 0) {
    return fail('model-ambiguous', `The run logged ${folders.length} models; name one in \`run.artifact\`.`);
  }
  return succeed(join(artifactFolder as string, folder));
}

function refuse(name: string, why: string): Result<never> {
  return fail('model-refused', `The model’s file “${name}” ${why}, which is refused.`);
}
