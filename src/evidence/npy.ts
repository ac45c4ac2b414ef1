import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, formatNumber } from '../base/text.ts';

/** A NumPy array of numbers (truth values are 0 and 1), in C order: the last axis runs fastest. */
export interface NumberArray {
  readonly kind: 'number';
  /** Empty for a single number. */
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A NumPy array of texts, in C order. */
export interface TextArray {
  readonly kind: 'text';
  readonly shape: readonly number[];
  readonly values: readonly string[];
}

export type NpyArray = NumberArray | TextArray;

export const MOST_ELEMENTS = 20_000_000;
const MOST_DIMENSIONS = 8;
const MOST_HEADER_BYTES = 65_536;
const MAGIC = '\x93NUMPY';

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

type ReadItem = (view: DataView, offset: number, littleEndian: boolean) => number;

/** By NumPy's letter and size in bytes. */
const NUMBERS: ReadonlyMap<string, ReadItem> = new Map<string, ReadItem>([
  ['f2', (view, at, little) => halfFloat(view.getUint16(at, little))],
  ['f4', (view, at, little) => view.getFloat32(at, little)],
  ['f8', (view, at, little) => view.getFloat64(at, little)],
  ['i1', (view, at) => view.getInt8(at)],
  ['i2', (view, at, little) => view.getInt16(at, little)],
  ['i4', (view, at, little) => view.getInt32(at, little)],
  ['i8', (view, at, little) => Number(view.getBigInt64(at, little))],
  ['u1', (view, at) => view.getUint8(at)],
  ['u2', (view, at, little) => view.getUint16(at, little)],
  ['u4', (view, at, little) => view.getUint32(at, little)],
  ['u8', (view, at, little) => Number(view.getBigUint64(at, little))],
]);

/**
 * Reads a NumPy `.npy` file, format 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html):
 * float16/32/64, integers, truth values, and fixed-length texts; either byte order, C or Fortran order, 0-d too.
 *
 * Refused, with a problem that continues "the array …": Python objects (they are pickles, and reading one runs its
 * code), other types, whole numbers that a double can't hold exactly, more than `MOST_ELEMENTS`, and a length that
 * differs from what the header says.
 */
export function readNpy(bytes: Uint8Array): Result<NpyArray> {
  const header = readHeader(bytes);
  if (!header.ok) return header;
  const { descr, shape } = header.value;
  const [, order, kind, sizeText] = /^([<>|=])([a-zA-Z])(\d{1,6})$/.exec(descr) ?? [];
  const size = Number(sizeText);
  const count = shape.reduce((product, length) => product * length, 1);
  if (!(count <= MOST_ELEMENTS)) {
    return fail('npy-too-large', `has ${formatNumber(count)} elements; ${formatNumber(MOST_ELEMENTS)} can be read`);
  }
  if (order === undefined || kind === undefined || order === '=') return unreadableType(descr);
  const littleEndian = order !== '>';
  const texts = kind === 'U' || kind === 'S';
  const itemBytes = kind === 'U' ? 4 * size : size;
  const read = kind === 'b' && size === 1 ? truthValue : NUMBERS.get(`${kind}${size}`);
  if (!texts && read === undefined) return unreadableType(descr);
  const { dataStart } = header.value;
  const length = bytes.length - dataStart;
  if (length !== count * itemBytes) {
    return fail(
      'npy-length',
      `holds ${countOf(length, 'byte')} where its header announces ${formatNumber(count * itemBytes)}: it is damaged or cut short`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, length);
  const place = header.value.fortran ? fortranPlaces(shape) : undefined;
  if (texts || read === undefined) return readTexts(view, { shape, count, kind, itemBytes, littleEndian, place });
  const values = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const value = read(view, index * itemBytes, littleEndian);
    if ((kind === 'i' || kind === 'u') && !Number.isSafeInteger(value)) {
      return fail('npy-inexact', `holds the whole number ${value}, which is too large to be read exactly`);
    }
    values[place ? place(index) : index] = value;
  }
  return succeed({ kind: 'number', shape, values });
}

function readHeader(bytes: Uint8Array): Result<Header> {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (text(0, 6) !== MAGIC) return fail('npy-malformed', notNpy(bytes));
  const major = bytes[6] ?? 0;
  if (major < 1 || major > 3 || bytes.length < 12) {
    return fail('npy-malformed', 'has a format version that is not known, or is cut short');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const lengthBytes = major === 1 ? 2 : 4;
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = 8 + lengthBytes + headerLength;
  if (headerLength > MOST_HEADER_BYTES || dataStart > bytes.length) {
    return fail('npy-malformed', 'has a header that is too long, or is cut short');
  }
  return parseHeader(text(8 + lengthBytes, dataStart), dataStart);
}

/** The header is a Python dictionary with exactly these three keys, written by `repr`. */
function parseHeader(header: string, dataStart: number): Result<Header> {
  const shapeText = /'shape':\s*\(([\d, L]*)\)/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)\b/.exec(header)?.[1];
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  if (descr === undefined && /'descr':\s*\[/.test(header)) {
    return fail('npy-type', 'holds records of several fields, which can’t be read; save each field as an array');
  }
  const keys = [...header.matchAll(/'([a-z_]+)':/g)].map(([, key]) => key);
  const isExact = keys.length === 3 && new Set(keys).size === 3;
  if (shapeText === undefined || fortran === undefined || descr === undefined || !isExact) {
    return fail('npy-malformed', 'has a header that can’t be understood');
  }
  const shape = shapeText
    .split(',')
    .map((length) => length.trim().replace(/L$/, ''))
    .filter((length) => length !== '')
    .map(Number);
  if (shape.length > MOST_DIMENSIONS || !shape.every((length) => Number.isSafeInteger(length))) {
    return fail('npy-malformed', 'has a shape that can’t be understood');
  }
  return succeed({ descr, fortran: fortran === 'True', shape, dataStart });
}

function notNpy(bytes: Uint8Array): string {
  return bytes[0] === 0x80
    ? 'is a pickle: reading one runs whatever code is in it, so it is refused; save it with `numpy.save` or `numpy.savez`'
    : 'is not in NumPy’s format';
}

function unreadableType(descr: string): Result<never> {
  if (/[|<>=]?O/.test(descr)) {
    return fail(
      'npy-pickle',
      'holds Python objects, which are pickles: reading one runs whatever code is in it, so it is refused; save numbers and texts (`dtype=float`, `dtype=str`)',
    );
  }
  return fail('npy-type', `has the type “${descr.slice(0, 20)}”, which can’t be read; save it as numbers or texts`);
}

interface TextLayout {
  readonly shape: readonly number[];
  readonly count: number;
  readonly kind: string;
  readonly itemBytes: number;
  readonly littleEndian: boolean;
  readonly place: ((index: number) => number) | undefined;
}

function readTexts(view: DataView, layout: TextLayout): Result<NpyArray> {
  const { shape, count, kind, itemBytes, littleEndian, place } = layout;
  const values = new Array<string>(count).fill('');
  for (let index = 0; index < count; index += 1) {
    const start = index * itemBytes;
    const text = kind === 'U' ? utf32(view, start, itemBytes, littleEndian) : byteText(view, start, itemBytes);
    if (text === undefined) return fail('npy-text', 'holds a text that is not valid Unicode');
    values[place ? place(index) : index] = text;
  }
  return succeed({ kind: 'text', shape, values });
}

function utf32(view: DataView, start: number, bytes: number, littleEndian: boolean): string | undefined {
  let text = '';
  let end = bytes;
  while (end > 0 && view.getUint32(start + end - 4, littleEndian) === 0) end -= 4;
  for (let at = 0; at < end; at += 4) {
    const code = view.getUint32(start + at, littleEndian);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
}

function byteText(view: DataView, start: number, bytes: number): string | undefined {
  const raw = new Uint8Array(view.buffer, view.byteOffset + start, bytes);
  let end = bytes;
  while (end > 0 && raw[end - 1] === 0) end -= 1;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw.subarray(0, end));
  } catch {
    return undefined;
  }
}

function truthValue(view: DataView, at: number): number {
  return view.getUint8(at) === 0 ? 0 : 1;
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Where the n-th element in Fortran order stands in C order. */
function fortranPlaces(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  return (index) => {
    let rest = index;
    let at = 0;
    for (const [axis, length] of shape.entries()) {
      at += (rest % length) * (strides[axis] as number);
      rest = Math.floor(rest / length);
    }
    return at;
  };
}
