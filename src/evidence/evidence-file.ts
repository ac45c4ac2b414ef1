import { readFile, stat } from 'node:fs/promises';
import { digestFile } from '../base/digest-file.ts';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';
import { type Located, locateArtifact, type Places } from './locate-artifact.ts';

/** A file that was read whole: the bytes that were judged are the bytes that were hashed. */
export interface EvidenceBytes {
  readonly bytes: Uint8Array;
  /** `path` is relative to the policy's folder. */
  readonly file: { readonly path: string; readonly sha256: string };
  /** Absolute. */
  readonly location: string;
}

export interface ReadEvidenceOptions {
  /** What it is, to begin a sentence: "The report". */
  readonly what: string;
  readonly mostBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The one file that a policy's path names, read whole. Problems: those of `locateArtifact`, several files
 * (`several-files`), something that is not a file (`not-a-file`), too large (`too-large`), unreadable (`unreadable`).
 */
export async function readEvidence(
  reference: string,
  places: Places,
  options: ReadEvidenceOptions,
): Promise<Result<EvidenceBytes>> {
  const located = locateArtifact(reference, places);
  if (!located.ok) return located;
  const one = onlyFile(located.value, reference, options.what);
  return one.ok ? readEvidenceAt(one.value.absolute, one.value.relative, options) : one;
}

/** As `readEvidence`, for a file that is found already. */
export async function readEvidenceAt(
  absolute: string,
  relative: string,
  { what, mostBytes, signal }: ReadEvidenceOptions,
): Promise<Result<EvidenceBytes>> {
  try {
    const found = await stat(absolute);
    if (!found.isFile()) return fail('not-a-file', `${what} “${relative}” is not a file.`);
    if (found.size > mostBytes) {
      return fail('too-large', `${what} “${relative}” is larger than ${formatNumber(mostBytes / 1e6)} MB.`);
    }
    const bytes = await readFile(absolute, signal ? { signal } : {});
    return succeed({ bytes, file: { path: relative, sha256: sha256Hex(bytes) }, location: absolute });
  } catch (error) {
    signal?.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
    return fail('unreadable', `${what} “${relative}” can't be read (${code}).`);
  }
}

/** The digest of a file that something else reads, such as a table; for files too large to be held. */
export async function hashEvidenceAt(
  absolute: string,
  relative: string,
  { what, signal }: Omit<ReadEvidenceOptions, 'mostBytes'>,
): Promise<Result<EvidenceBytes['file']>> {
  try {
    const digested = await digestFile(absolute, { algorithm: 'sha256', links: 'follow links', signal });
    if (digested.ok) return succeed({ path: relative, sha256: digested.value.digest });
    return fail(digested.problem.code, `${what} “${relative}” ${digested.problem.message}.`);
  } catch (error) {
    signal?.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
    return fail('unreadable', `${what} “${relative}” can't be read (${code}).`);
  }
}

/** The bytes as UTF-8 text; undefined when they are something else. A byte-order mark is dropped. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The one file of what was located; several are a problem. */
export function onlyFile(
  located: Located,
  reference: string,
  what: string,
): Result<{ readonly absolute: string; readonly relative: string }> {
  const [absolute, ...others] = located.absolute;
  const [relative] = located.relative;
  if (absolute === undefined || relative === undefined || others.length > 0) {
    return fail('several-files', `${what} “${reference}” matches ${others.length + 1} files; one is needed.`);
  }
  return succeed({ absolute, relative });
}
