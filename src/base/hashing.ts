import { createHash } from 'node:crypto';
import { digestFile } from './digest-file.ts';

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * SHA-256 of one file as lower-case hex, of any size. Symbolic links are followed. Several files are hashed faster by
 * `digestFiles`.
 *
 * Throws the system's error when the file can't be read, an error when it is not a file or changes meanwhile, and the
 * signal's reason when it is aborted.
 */
export async function hashFile(path: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
  const digested = await digestFile(path, { algorithm: 'sha256', links: 'follow links', ...options });
  if (!digested.ok) throw new Error(`The file ${digested.problem.message}`);
  return digested.value.digest;
}
