import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { fail, type Result, succeed } from '../base/result.ts';
import { csvRecords } from './csv-records.ts';

/** What stands between two values of a line. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** How a text table is written, and how much of it there is. Quoting is always `"`, doubled inside. */
export interface CsvShape {
  readonly delimiter: Delimiter;
  /** The header's names as they are written; a name may be empty, or stand twice. */
  readonly names: readonly string[];
  /** Records below the header. */
  readonly records: number;
}

/** In the order that decides between delimiters that the header has equally often. */
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];
const CHUNK_BYTES = 1 << 20;
const LONGEST_HEADER_BYTES = 1 << 20;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Walks a whole CSV or TSV file, by RFC 4180 and without any guess from its contents except for the delimiter, which
 * is the one that the header has most often. What it counts is what the reader must find.
 *
 * Problems continue the file's name and say the dialect: not UTF-8, a null character, a line with more or fewer values
 * than the header, a quote that is never closed or that has text behind it, line ends of two kinds, no header.
 */
export async function scanCsv(
  path: string,
  format: 'csv' | 'tsv',
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result<CsvShape>> {
  let start: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  let scan: Scan | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES, ...options })) {
    if (scan === undefined) {
      start = Buffer.concat([start, chunk as Buffer]);
      const header = headerOf(start);
      if (header === undefined && start.length <= LONGEST_HEADER_BYTES) continue;
      if (header === undefined) return refuse('has a first line of more than a megabyte');
      scan = startScan(header, format);
      const complaint = scan.take(start);
      if (complaint !== undefined) return refuse(complaint);
      continue;
    }
    const complaint = scan.take(chunk as Buffer);
    if (complaint !== undefined) return refuse(complaint);
  }
  if (scan === undefined) {
    scan = startScan(start.toString(), format);
    const complaint = scan.take(start);
    if (complaint !== undefined) return refuse(complaint);
  }
  return scan.finish();
}

/** A dialect in words: `“,” between values and '"' around them`. */
export function dialectInWords(delimiter: Delimiter): string {
  return `${delimiter === '\t' ? 'a tab' : `“${delimiter}”`} between values and '"' around them`;
}

interface Scan {
  /** Takes the file's next bytes; what is wrong with them, if anything. */
  take(bytes: Buffer): string | undefined;
  finish(): Result<CsvShape>;
}

function startScan(headerLine: string, format: 'csv' | 'tsv'): Scan {
  const header = headerLine.replace(/^\ufeff/, '');
  const delimiter = format === 'tsv' ? '\t' : delimiterOf(header);
  const names = namesOf(header, delimiter);
  const records = csvRecords(delimiter.charCodeAt(0), names.length);
  const read = `, read with ${dialectInWords(delimiter)}`;
  let pending: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  let isStart = true;
  return {
    take(bytes) {
      const joined = pending.length > 0 ? Buffer.concat([pending, bytes]) : bytes;
      const end = endOfWholeCharacters(joined);
      if (isStart && startsAsUtf16(bytes)) return 'is UTF-16 text; save it as UTF-8';
      if (isStart && startsAsGzip(bytes)) return 'is no text but compressed; give its name the ending “.gz”';
      if (!isUtf8(joined.subarray(0, end))) {
        const wrong = endOfUtf8(joined.subarray(0, end));
        records.take(bytes.subarray(0, Math.max(0, wrong - (joined.length - bytes.length))));
        return `is not UTF-8 text: line ${records.line()} holds the byte 0x${(joined[wrong] ?? 0).toString(16)}, as files in Latin-1 or Windows-1252 do; save it as UTF-8`;
      }
      pending = joined.subarray(end);
      const hasMark = isStart && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK);
      isStart = false;
      const complaint = records.take(hasMark ? bytes.subarray(3) : bytes);
      return complaint && complaint + read;
    },
    finish() {
      if (pending.length > 0) return refuse('is not UTF-8 text at its end');
      const complaint = records.finish();
      if (complaint !== undefined) return refuse(complaint + read);
      if (names.every((name) => name === '')) return refuse('has no names of columns in its first line');
      if (areValues(names)) return refuse('has numbers in its first line, where the names of the columns belong');
      return succeed({ delimiter, names, records: records.count() - 1 });
    },
  };
}

/** The first line, when all of it is in the bytes. A quoted name may hold a line end. */
function headerOf(bytes: Buffer): string | undefined {
  let isQuoted = false;
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (!isQuoted && (byte === 0x0a || byte === 0x0d)) return bytes.toString('utf8', 0, at);
  }
  return undefined;
}

function delimiterOf(header: string): Delimiter {
  const unquoted = header.replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => unquoted.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function namesOf(header: string, delimiter: Delimiter): string[] {
  const names: string[] = [];
  let name = '';
  let isQuoted = false;
  let isStart = true;
  for (let at = 0; at < header.length; at += 1) {
    const character = header[at] as string;
    if (isQuoted && character === '"' && header[at + 1] === '"') {
      name += '"';
      at += 1;
    } else if (character === '"' && (isQuoted || isStart)) {
      isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      names.push(name);
      name = '';
      isStart = true;
      continue;
    } else {
      name += character;
    }
    isStart = false;
  }
  return [...names, name];
}

/**
 * Decimal numbers, of which one has a fraction: a table without a header. Whole numbers alone may be names, as pandas
 * gives them.
 */
function areValues(names: readonly string[]): boolean {
  const areNumbers = names.every((name) => /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(name));
  return areNumbers && names.some((name) => /[.e]/i.test(name));
}

function startsAsGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function startsAsUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** How many bytes at the start are UTF-8; fewer than all. */
function endOfUtf8(bytes: Buffer): number {
  let known = 0;
  let wrong = bytes.length;
  while (wrong - known > 1) {
    const middle = (known + wrong) >> 1;
    const start = bytes.subarray(0, middle);
    if (isUtf8(start.subarray(0, endOfWholeCharacters(start)))) known = middle;
    else wrong = middle;
  }
  // The byte that makes it wrong may be the first of a character that the next one does not continue.
  return endOfWholeCharacters(bytes.subarray(0, known));
}

/** Where the last character begins, when its bytes are not all here. */
function endOfWholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return back < lengthOf(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function lengthOf(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  return firstByte >= 0xe0 ? 3 : 2;
}

function refuse(complaint: string): Result<never> {
  return fail('table-unreadable', complaint);
}
