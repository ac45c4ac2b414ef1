import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

const READ_SIZE = 4 * 1024 * 1024;

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as lower-case hex. */
export function sha256Hex(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * SHA-256 of a file as lower-case hex. The file is streamed, so its size does not matter.
 *
 * Throws the system's error when the file can't be read, and the signal's reason when it is aborted.
 */
export async function hashFile(path: string, options: { readonly signal?: AbortSignal } = {}): Promise<string> {
  options.signal?.throwIfAborted();
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: READ_SIZE })) {
    options.signal?.throwIfAborted();
    hash.update(piece);
  }
  return hash.digest('hex');
}
