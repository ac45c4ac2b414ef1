import type { DuckDBVector } from '@duckdb/node-api';

/** Numbers of one column, in the order of the rows; NaN where the cell is null. */
export interface NumberColumn {
  readonly kind: 'number';
  /** Bytes where a `value` column of a large table holds nothing else; whatever is read as `number` is doubles. */
  readonly values: Float64Array | Int8Array;
  readonly nulls: number;
  /** Cells that hold NaN; nulls are not among them. */
  readonly nans: number;
}

/** Texts of one column: `categories[codes[row]]`, in the order of first appearance; the code is -1 where the cell is null. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly categories: readonly string[];
  readonly nulls: number;
}

export type Column = NumberColumn | TextColumn;

/** The numbers of a column as doubles, copied only where they are not. */
export function doublesOf({ values }: NumberColumn): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}

/** Takes a column's vectors one after the other and gives the whole column. */
export interface ColumnBuffer {
  /** Takes `rows` cells of the vector, from `from` on. */
  append(vector: DuckDBVector, from: number, rows: number): void;
  /** The column so far; what is appended then begins another one, in the same memory. */
  finish(rows: number): Column;
}

/** The parts of DuckDB's vectors that its types keep private: reading them in place is ten times as fast as cell by cell. */
interface RawVector {
  readonly items?: unknown;
  readonly dataView?: unknown;
  readonly validity?: { readonly data?: unknown };
}

const FIRST_CAPACITY = 4096;
/** No row has it: -1 is the code of nulls. */
const NO_CODE = -2;
/** Texts up to this many bytes stand in the vector itself, beside their length. */
const INLINE_BYTES = 12;
const CACHED_TEXTS = 32;
/** Places of the cache, a power of two; half of them stay empty, so that looking ends soon. */
const CACHE_SLOTS = 2 * CACHED_TEXTS;
const CACHE_SHIFT = 32 - Math.log2(CACHE_SLOTS);

/** @param capacity rows that are expected; the buffer grows when there are more */
export function numberBuffer(capacity: number): ColumnBuffer {
  let values = new Float64Array(Math.max(capacity, FIRST_CAPACITY));
  let length = 0;
  let nulls = 0;
  let nans = 0;
  return {
    append(vector, from, rows) {
      if (length + rows > values.length) values = grown(values, new Float64Array(2 * (length + rows)));
      const raw = rawItems(vector, from, rows);
      if (raw) {
        values.set(raw, length);
        for (let row = 0; row < rows; row += 1) if (Number.isNaN(raw[row])) nans += 1;
      } else {
        for (let row = 0; row < rows; row += 1) {
          const value = vector.getItem(from + row);
          const number = value === null ? Number.NaN : Number(value);
          if (value === null) nulls += 1;
          else if (Number.isNaN(number)) nans += 1;
          values[length + row] = number;
        }
      }
      length += rows;
    },
    finish(rows) {
      const column: NumberColumn = { kind: 'number', values: values.subarray(0, rows), nulls, nans };
      length = 0;
      nulls = 0;
      nans = 0;
      return column;
    },
  };
}

/** Where to look first for a text of 16 bytes. */
function slotOf(words: Int32Array, at: number): number {
  const length = words[at] as number;
  const mixed =
    (words[at + 1] as number) ^ Math.imul(words[at + 2] as number, 31) ^ Math.imul(words[at + 3] as number, 37);
  return Math.imul(mixed ^ length, 0x9e3779b1) >>> CACHE_SHIFT;
}

/** @param capacity rows that are expected; the buffer grows when there are more */
export function textBuffer(capacity: number): ColumnBuffer {
  let codes = new Int32Array(Math.max(capacity, FIRST_CAPACITY));
  let length = 0;
  let nulls = 0;
  const dictionary = new Map<string, number>();
  const cache = new Int32Array(CACHE_SLOTS * 4);
  const cachedCodes = new Int32Array(CACHE_SLOTS).fill(NO_CODE);
  let cached = 0;

  function codeOf(text: string): number {
    const known = dictionary.get(text);
    if (known !== undefined) return known;
    dictionary.set(text, dictionary.size);
    return dictionary.size - 1;
  }

  function codeOfCell(vector: DuckDBVector, row: number): number {
    const value = vector.getItem(row);
    if (value !== null) return codeOf(String(value));
    nulls += 1;
    return -1;
  }

  /** Few texts repeat over many rows: they are told apart by their 16 bytes, without making strings of them. */
  function appendInline(vector: DuckDBVector, words: Int32Array, from: number, rows: number): void {
    for (let row = 0, at = 0; row < rows; row += 1, at += 4) {
      let slot = slotOf(words, at);
      let code = cachedCodes[slot] as number;
      while (code !== NO_CODE && !isCachedAt(slot, words, at)) {
        slot = (slot + 1) % CACHE_SLOTS;
        code = cachedCodes[slot] as number;
      }
      if (code === NO_CODE) {
        code = codeOfCell(vector, from + row);
        if (cached < CACHED_TEXTS && (words[at] as number) <= INLINE_BYTES) {
          cache.set(words.subarray(at, at + 4), slot * 4);
          cachedCodes[slot] = code;
          cached += 1;
        }
      }
      codes[length + row] = code;
    }
  }

  function isCachedAt(slot: number, words: Int32Array, at: number): boolean {
    const mark = slot * 4;
    return (
      cache[mark] === words[at] &&
      cache[mark + 1] === words[at + 1] &&
      cache[mark + 2] === words[at + 2] &&
      cache[mark + 3] === words[at + 3]
    );
  }

  return {
    append(vector, from, rows) {
      if (length + rows > codes.length) codes = grown(codes, new Int32Array(2 * (length + rows)));
      const words = rawWords(vector, from, rows);
      if (words) appendInline(vector, words, from, rows);
      else for (let row = 0; row < rows; row += 1) codes[length + row] = codeOfCell(vector, from + row);
      length += rows;
    },
    finish(rows) {
      const categories = [...dictionary.keys()];
      const column: TextColumn = { kind: 'text', codes: codes.subarray(0, rows), categories, nulls };
      length = 0;
      nulls = 0;
      cached = 0;
      cachedCodes.fill(NO_CODE);
      dictionary.clear();
      return column;
    },
  };
}

/** A vector of doubles without nulls, in place; undefined when it has to be read cell by cell. */
function rawItems(vector: DuckDBVector, from: number, rows: number): Float64Array | undefined {
  const { items } = withoutNulls(vector) ?? {};
  return items instanceof Float64Array && items.length >= from + rows ? items.subarray(from, from + rows) : undefined;
}

/** A vector of texts without nulls as four words a text; undefined when it has to be read cell by cell. */
function rawWords(vector: DuckDBVector, from: number, rows: number): Int32Array | undefined {
  const { dataView } = withoutNulls(vector) ?? {};
  if (!(dataView instanceof DataView) || dataView.byteOffset % 4 !== 0 || dataView.byteLength < (from + rows) * 16)
    return undefined;
  return new Int32Array(dataView.buffer, dataView.byteOffset + from * 16, rows * 4);
}

function withoutNulls(vector: DuckDBVector): RawVector | undefined {
  const raw = vector as unknown as RawVector;
  return raw.validity !== undefined && raw.validity.data === null ? raw : undefined;
}

function grown<Values extends Float64Array | Int32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
