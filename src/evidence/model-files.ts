import { lstatSync, promises } from 'node:fs';
import { basename } from 'node:path';
import type { DigestCache } from '../base/digest-cache.ts';
import { type DigestedIdentity, digestFiles } from '../base/digest-files.ts';
import { identityOf, isSameIdentity } from '../base/file-identity.ts';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { turns } from '../base/turns.ts';
import { type FoundFile, type FoundFiles, findModelFiles, type PointerPolicy } from './find-model-files.ts';
import { locateModel, type ModelPlaces } from './locate-model.ts';
import { compareBytes } from './paths.ts';

const SHA256_OF_NOTHING = sha256Hex('');

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
  /** Absolute: that folder, or the one file that the model is. */
  readonly path: string;
}

export interface ModelFilesOptions {
  /** Pointers are refused when not given. */
  readonly pointers?: PointerPolicy;
  /** Only for looking: what is signed or verified is hashed anew. */
  readonly cache?: DigestCache | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly reportProgress?: ReportProgress | undefined;
}

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
  options: ModelPlaces & ModelFilesOptions,
): Promise<Result<ModelFiles>> {
  const path = await locateModel(reference, options);
  return path.ok ? listModelFilesAt(path.value, options) : path;
}

/**
 * Lists and hashes the files of the model at `path`, a folder or one file.
 *
 * Refused, each with a problem: symlinks and anything else that is not a file, Git LFS and DVC pointers (unless they are
 * to be resolved, and the local store has exactly their content), names that are not UTF-8 or have control characters, a
 * model without files, and one that changes meanwhile.
 */
export async function listModelFilesAt(path: string, options: ModelFilesOptions = {}): Promise<Result<ModelFiles>> {
  const { pointers = 'refuse pointers', signal } = options;
  try {
    const found = await findModelFiles(path, pointers);
    if (!found.ok) return found;
    const hashed = await hashFound(found.value.files, options);
    if (!hashed.ok) return hashed;
    // Hashing takes a while: what is signed was there all at once, under these names.
    const changed = await whatChanged(found.value, await findModelFiles(path, pointers), hashed.value);
    if (changed !== undefined)
      return fail('file-changed', `The model’s file “${changed}” changed while it was read; check again.`);
    const files = found.value.files.map(({ name }, index) => modelFile(name, hashed.value[index]));
    if (files.length > 0 && files.every(({ sha256 }) => sha256 === SHA256_OF_NOTHING)) return ofNothing(path);
    return succeed({ files, modelId: modelIdOf(files), folder: found.value.folder, path });
  } catch (error) {
    signal?.throwIfAborted();
    return fail('model-unreadable', `The model’s files can’t be read: ${(error as Error).message}`);
  }
}

/** What training that broke off leaves behind, or a placeholder that keeps a folder. */
function ofNothing(path: string): Result<never> {
  return fail('model-empty', `The model “${basename(path)}” holds nothing but empty files.`);
}

/**
 * The size in bytes of the files that will be deployed, and how many they are, without reading them. What
 * `listModelFiles` refuses is refused here, too; pointers count as what they stand for.
 */
export async function measureModelFiles(
  reference: string | undefined,
  places: ModelPlaces,
): Promise<Result<{ readonly bytes: number; readonly count: number }>> {
  const path = await locateModel(reference, places);
  if (!path.ok) return path;
  const found = await findModelFiles(path.value, 'resolve pointers');
  if (!found.ok) return found;
  const sizes = await Promise.all(found.value.files.map((file) => promises.lstat(file.path)));
  const bytes = sizes.reduce((total, { size }) => total + size, 0);
  return bytes > 0 ? succeed({ bytes, count: sizes.length }) : ofNothing(path.value);
}

/** Absolute folder of the model's files; a problem where the model is a lone file, or can't be had. */
export async function findModelFolder(reference: string | undefined, places: ModelPlaces): Promise<Result<string>> {
  const path = await locateModel(reference, places);
  if (!path.ok) return path;
  const stat = await promises.lstat(path.value).catch(() => undefined);
  return stat?.isDirectory() === true
    ? path
    : fail('model-not-a-folder', 'The model is a lone file, so nothing is described beside it.');
}

/**
 * Names that a file system which folds case (macOS, Windows) or normalises Unicode can't keep apart, in groups. It is
 * said and not refused: such a model is whole where it was trained, and where a file is lost, verifying finds that.
 */
export function namesAlike(files: readonly Pick<ModelFile, 'name'>[]): readonly (readonly string[])[] {
  const groups = Map.groupBy(files, ({ name }) => name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC'));
  return [...groups.values()].filter(({ length }) => length > 1).map((group) => group.map(({ name }) => name));
}

async function hashFound(
  files: readonly FoundFile[],
  { cache, signal, reportProgress }: ModelFilesOptions,
): Promise<Result<readonly DigestedIdentity[]>> {
  const progress = reportProgress && { report: reportProgress, message: 'Hashing the model’s files' };
  const options = { links: 'refuse links', cache, signal, progress } as const;
  const hashed = await digestFiles(files.map(toDigest), options);
  if (!hashed.ok) return hashed;
  const inDvc = files.flatMap((file, index) => (file.pointed?.content.algorithm === 'md5' ? [{ file, index }] : []));
  const md5s = await digestFiles(
    inDvc.map(({ file }) => toDigest(file)),
    { ...options, algorithm: 'md5' },
  );
  if (!md5s.ok) return md5s;
  const md5Of = new Map(inDvc.map(({ index }, position) => [index, md5s.value[position]]));
  for (const [index, file] of files.entries()) {
    const sha256 = hashed.value[index];
    if (file.pointed && !isWhatPointerNames(file, [sha256, md5Of.get(index) ?? sha256])) return damaged(file);
  }
  return hashed;
}

function toDigest({ name, path }: FoundFile): { readonly path: string; readonly calledAs: string } {
  return { path, calledAs: `The model’s file “${name}”` };
}

/** `proof` may be of another algorithm than what is signed, and must be of the same bytes. */
function isWhatPointerNames(
  { pointed }: FoundFile,
  [signed, proof]: readonly [DigestedIdentity | undefined, DigestedIdentity | undefined],
): boolean {
  if (!pointed || !signed || !proof) return false;
  const { digest, size } = pointed.content;
  const sizeAgrees = size === undefined || BigInt(size) === signed.identity.size;
  return sizeAgrees && proof.digest === digest && isSameIdentity(signed.identity, proof.identity);
}

function damaged({ name, pointed }: FoundFile): Result<never> {
  const command = pointed?.by === 'DVC' ? 'dvc pull' : 'git lfs fsck` and `git lfs pull';
  return fail(
    'model-pointer',
    `The model’s file “${name}” is missing: here is only its ${pointed?.by} pointer, and what ${pointed?.by} keeps for it on this machine is damaged; run \`${command}\`.`,
  );
}

/** The name of a file that came, went, or is not any more what was hashed. */
async function whatChanged(
  before: FoundFiles,
  again: Result<FoundFiles>,
  hashed: readonly DigestedIdentity[],
): Promise<string | undefined> {
  const turnOfOthers = turns();
  const after = new Map(again.ok ? again.value.files.map(({ name, path }) => [name, path]) : []);
  for (const [index, { name, path }] of before.files.entries()) {
    const identity = hashed[index]?.identity;
    await turnOfOthers();
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (after.get(name) !== path || !now?.isFile() || !identity || !isSameIdentity(identityOf(now), identity))
      return name;
    after.delete(name);
  }
  const [added] = after.keys();
  return added;
}

function modelFile(name: string, hashed: DigestedIdentity | undefined): ModelFile {
  if (!hashed) throw new Error(`“${name}” was not hashed.`);
  return { name, sha256: hashed.digest, size: Number(hashed.identity.size) };
}
