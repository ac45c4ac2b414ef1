import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { ModelFile, ModelFiles } from '../model-files.ts';
import { LONE_FILE, type SignedManifest } from './manifest.ts';

/** What the specification leaves out at the top of a model’s folder. */
const ALWAYS_LEFT_OUT = ['.git', '.gitignore', '.gitattributes', '.github'] as const;

/** How a model’s files differ from those that were signed; names of files, in the model’s order. */
export interface SignedDifferences {
  readonly changed: readonly string[];
  /** Signed, and not in the model. */
  readonly missing: readonly string[];
  /** In the model, and not signed. */
  readonly unsigned: readonly string[];
  /** In the model, not signed, and allowed so. */
  readonly leftOut: readonly string[];
  /** How many files are as they were signed. */
  readonly same: number;
}

/**
 * Compares the model’s files with those that were signed (spec/v1.0.md §8.4). Files that were not signed may only be
 * those that the specification leaves out at the top (`.git` and the like), the bundle itself, and what `allowed`
 * names; what the signer chose to leave out does not count. An empty file has no piece, so that a signature over
 * pieces does not cover it.
 *
 * @param bundle absolute path of the bundle
 */
export async function compareWithSigned(
  model: ModelFiles,
  manifest: SignedManifest,
  options: { readonly bundle: string; readonly allowed: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<Result<SignedDifferences>> {
  if (manifest.hash === 'blake3') return fail('hash-unknown', 'was made with BLAKE3, which can’t be computed here');
  const allowed = [...ALWAYS_LEFT_OUT, ...options.allowed];
  const files = model.files.filter(({ name }) => join(model.folder, name) !== options.bundle);
  const isLone = files.length === 1 && manifest.digests.has(LONE_FILE);
  const known = new Set<string>();
  const found = { changed: [] as string[], unsigned: [] as string[], leftOut: [] as string[], same: 0 };
  for (const file of files) {
    if (piecesOf(file, manifest) > manifest.digests.size) {
      found.changed.push(file.name);
      continue;
    }
    const digests = await digestsOf(file, model, manifest, isLone ? LONE_FILE : file.name, options.signal);
    const names = [...digests.keys()];
    const signed = names.filter((name) => manifest.digests.has(name));
    for (const name of signed) known.add(name);
    if (signed.length === 0) {
      const isAllowed = allowed.some((path) => file.name === path || file.name.startsWith(`${path}/`));
      (isAllowed ? found.leftOut : found.unsigned).push(file.name);
    } else if (names.every((name) => manifest.digests.get(name) === digests.get(name))) {
      found.same += 1;
    } else {
      found.changed.push(file.name);
    }
  }
  const missing = [...manifest.digests.keys()].filter((name) => !known.has(name));
  return succeed({ ...found, missing });
}

/** More of them than were signed in all need not be hashed. */
function piecesOf({ size }: ModelFile, { shardSize }: SignedManifest): number {
  return shardSize === undefined ? 1 : size / shardSize;
}

/** The digests that the manifest must have for a file, by the names that it must have there. */
async function digestsOf(
  file: ModelFile,
  { folder }: ModelFiles,
  { hash, shardSize }: SignedManifest,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  const path = join(folder, file.name);
  if (shardSize === undefined) {
    return new Map([[name, hash === 'sha256' ? file.sha256 : await hashPiece(path, hash, 0, file.size, signal)]]);
  }
  const digests = new Map<string, string>();
  for (let start = 0; start < file.size; start += shardSize) {
    const end = Math.min(start + shardSize, file.size);
    digests.set(`${name}:${start}:${end}`, await hashPiece(path, hash, start, end, signal));
  }
  return digests;
}

/** @param end exclusive */
async function hashPiece(
  path: string,
  hash: 'sha256' | 'blake2b' | 'blake3',
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const sum = createHash(hash === 'blake2b' ? 'blake2b512' : 'sha256');
  if (end <= start) return sum.digest('hex');
  for await (const piece of createReadStream(path, { start, end: end - 1, ...(signal ? { signal } : {}) })) {
    sum.update(piece as Buffer);
  }
  return sum.digest('hex');
}
