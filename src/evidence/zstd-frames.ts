import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;

/**
 * Whether a zstd file is whole: frame after frame up to its very end, each with its last block and its checksum
 * (RFC 8878 §3.1). Some versions of Node.js unpack a file that is cut short without a word.
 */
export function isWholeZstd(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(4);
    const read = (at: number, length: number): number | undefined =>
      at + length <= size && readSync(file, bytes, 0, length, at) === length ? bytes.readUIntLE(0, length) : undefined;
    let at = 0;
    while (at < size) {
      const next = endOfFrame(at, read);
      if (next === undefined || next > size) return false;
      at = next;
    }
    return size > 0;
  } finally {
    closeSync(file);
  }
}

type ReadNumber = (at: number, length: number) => number | undefined;

/** Where the frame that begins at `start` ends; undefined when it does not. */
function endOfFrame(start: number, read: ReadNumber): number | undefined {
  const magic = read(start, 4);
  if (magic === undefined) return undefined;
  if (magic >>> 4 === SKIPPABLE >>> 4) {
    const length = read(start + 4, 4);
    return length === undefined ? undefined : start + 8 + length;
  }
  const descriptor = magic === MAGIC ? read(start + 4, 1) : undefined;
  if (descriptor === undefined) return undefined;
  let at = start + 5 + headerBytes(descriptor);
  for (;;) {
    const block = read(at, 3);
    if (block === undefined) return undefined;
    const isRepeated = ((block >>> 1) & 3) === 1;
    at += 3 + (isRepeated ? 1 : block >>> 3);
    if ((block & 1) === 1) return at + ((descriptor & 4) === 0 ? 0 : 4);
  }
}

/** Length of the frame's header behind its descriptor: window, dictionary, size of the contents. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >>> 6;
  const contentSize = sizeFlag === 0 && isSingleSegment ? 1 : (CONTENT_SIZE_BYTES[sizeFlag] ?? 0);
  return (isSingleSegment ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] ?? 0) + contentSize;
}
