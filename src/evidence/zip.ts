import { crc32, inflateRawSync } from 'node:zlib';
import { fail, type Result, succeed } from '../base/result.ts';
import { formatNumber } from '../base/text.ts';

/** A file inside a ZIP archive, as the central directory describes it; sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly method: number;
  readonly crc: number;
  readonly headerStart: number;
}

export const MOST_ENTRIES = 1000;
export const LARGEST_ENTRY = 256_000_000;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const ABSENT_16 = 0xffff;
const ABSENT_32 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * The files of a ZIP archive (APPNOTE 6.3), from its central directory, which alone can be relied on: NumPy's local
 * headers announce Zip64 sizes even for tiny arrays. Sizes above 4 GB may stand in a Zip64 extra field.
 *
 * Refused, with a problem that continues "the file …": what is no archive or cut short, encrypted files, names that
 * stand twice, more than `MOST_ENTRIES` files, a file above `LARGEST_ENTRY`, other methods than stored and deflated.
 */
export function readZip(bytes: Uint8Array): Result<readonly ZipEntry[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    return readDirectory(view);
  } catch (error) {
    if (error instanceof RangeError) return damaged();
    throw error;
  }
}

/** The content of one file of the archive, with its length and checksum verified. */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry): Result<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { headerStart, name, size, compressedSize } = entry;
  try {
    if (view.getUint32(headerStart, true) !== LOCAL) return damaged();
    const nameLength = view.getUint16(headerStart + 26, true);
    const start = headerStart + 30 + nameLength + view.getUint16(headerStart + 28, true);
    if (nameAt(view, headerStart + 30, nameLength) !== name) return damaged();
    if (start + compressedSize > bytes.length) return damaged();
    const raw = bytes.subarray(start, start + compressedSize);
    const content = entry.method === STORED ? raw : inflateRawSync(raw, { maxOutputLength: Math.max(size, 1) });
    return content.length === size && crc32(content) === entry.crc ? succeed(content) : damaged();
  } catch {
    return damaged();
  }
}

function readDirectory(view: DataView): Result<readonly ZipEntry[]> {
  const end = findEnd(view);
  if (end === undefined) return fail('zip-malformed', 'is not a ZIP archive, or is cut short');
  const directory = directoryOf(view, end);
  if (directory === undefined) return damaged();
  if (directory.count > MOST_ENTRIES) {
    return fail(
      'zip-too-large',
      `holds ${formatNumber(directory.count)} files; ${formatNumber(MOST_ENTRIES)} can be read`,
    );
  }
  const entries: ZipEntry[] = [];
  let at = directory.start;
  for (let index = 0; index < directory.count; index += 1) {
    if (view.getUint32(at, true) !== CENTRAL) return damaged();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const entry = readEntry(view, at, nameLength, extraLength);
    if (!entry.ok) return entry;
    entries.push(entry.value);
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) {
    return fail('zip-malformed', 'holds two files of one name');
  }
  return succeed(entries);
}

function readEntry(view: DataView, at: number, nameLength: number, extraLength: number): Result<ZipEntry> {
  const name = nameAt(view, at + 46, nameLength);
  const method = view.getUint16(at + 10, true);
  if ((view.getUint16(at + 8, true) & 1) !== 0) return fail('zip-encrypted', `holds “${name}” encrypted`);
  if (method !== STORED && method !== DEFLATED) {
    return fail('zip-method', `holds “${name}” packed by a method (${method}) that can’t be read`);
  }
  const wide = zip64Numbers(view, at + 46 + nameLength, extraLength);
  const take = (short: number): number => (short === ABSENT_32 ? (wide.shift() ?? Number.NaN) : short);
  const size = take(view.getUint32(at + 24, true));
  const compressedSize = take(view.getUint32(at + 20, true));
  const headerStart = take(view.getUint32(at + 42, true));
  if (![size, compressedSize, headerStart].every(Number.isSafeInteger)) return damaged();
  if (size > LARGEST_ENTRY || compressedSize > LARGEST_ENTRY) {
    return fail(
      'zip-too-large',
      `holds “${name}” of ${formatNumber(size)} bytes; ${formatNumber(LARGEST_ENTRY)} can be read`,
    );
  }
  if (method === STORED && size !== compressedSize) return damaged();
  return succeed({ name, method, size, compressedSize, headerStart, crc: view.getUint32(at + 16, true) });
}

/** The 8-byte numbers of the Zip64 extra field: those that don't fit their own places, in the places' order. */
function zip64Numbers(view: DataView, start: number, length: number): number[] {
  for (let at = start; at + 4 <= start + length; ) {
    const fieldLength = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      const count = Math.min(Math.floor(fieldLength / 8), 3);
      return Array.from({ length: count }, (_, index) => Number(view.getBigUint64(at + 4 + 8 * index, true)));
    }
    at += 4 + fieldLength;
  }
  return [];
}

function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    const ends = view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength;
    if (ends) return at;
  }
  return undefined;
}

function directoryOf(view: DataView, end: number): { readonly start: number; readonly count: number } | undefined {
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 && view.getUint16(end + 4, true) !== ABSENT_16) return undefined;
  if (count !== ABSENT_16 && start !== ABSENT_32) return { start, count };
  if (end < 20 || view.getUint32(end - 20, true) !== LOCATOR_64) return undefined;
  const wide = Number(view.getBigUint64(end - 12, true));
  if (!Number.isSafeInteger(wide) || view.getUint32(wide, true) !== END_64) return undefined;
  return { start: Number(view.getBigUint64(wide + 48, true)), count: Number(view.getBigUint64(wide + 32, true)) };
}

function nameAt(view: DataView, start: number, length: number): string {
  return Buffer.from(view.buffer, view.byteOffset + start, length).toString('utf8');
}

function damaged(): Result<never> {
  return fail('zip-malformed', 'is damaged or cut short');
}
