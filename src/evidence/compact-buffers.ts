import type { DuckDBVector } from '@duckdb/node-api';
import type { ColumnBuffer } from './column-buffers.ts';

/** The parts of DuckDB's vectors that its types keep private. */
interface RawVector {
  readonly items?: unknown;
  readonly validity?: { readonly data?: unknown };
}

/** No text has been met under this code yet. */
const NOT_MET = -2;

/** A buffer of numbers that are known to be bytes, none of them null. */
export function byteBuffer(capacity: number): ColumnBuffer {
  const values = new Int8Array(capacity);
  let length = 0;
  return {
    append(vector, from, rows) {
      const { items } = withoutNulls(vector);
      if (!(items instanceof Int8Array)) throw new Error('a column of bytes came as something else');
      values.set(items.subarray(from, from + rows), length);
      length += rows;
    },
    finish(rows) {
      length = 0;
      return { kind: 'number', values: values.subarray(0, rows), nulls: 0, nans: 0 };
    },
  };
}

/** A buffer of texts that come as 16 bits each: `texts` says which text, or null, the bits stand for. */
export function codedTextBuffer(capacity: number, texts: ReadonlyMap<number, string | null>): ColumnBuffer {
  const codes = new Int32Array(capacity);
  const codeOf = new Int32Array(1 << 16).fill(NOT_MET);
  let categories: string[] = [];
  let length = 0;
  let nulls = 0;

  /** Codes are given in the order of first appearance. */
  function meet(bits: number): number {
    const text = texts.get(bits);
    if (text === undefined) throw new Error('the texts of a column changed while it was read');
    const code = text === null ? -1 : categories.length;
    if (text !== null) categories.push(text);
    codeOf[bits] = code;
    return code;
  }

  return {
    append(vector, from, rows) {
      const { items } = withoutNulls(vector);
      if (!(items instanceof Uint16Array)) throw new Error('a column of coded texts came as something else');
      for (let row = 0; row < rows; row += 1) {
        const bits = items[from + row] as number;
        let code = codeOf[bits] as number;
        if (code === NOT_MET) code = meet(bits);
        codes[length + row] = code;
        nulls -= code >> 31;
      }
      length += rows;
    },
    finish(rows) {
      const column = { kind: 'text', codes: codes.subarray(0, rows), categories, nulls } as const;
      categories = [];
      codeOf.fill(NOT_MET);
      length = 0;
      nulls = 0;
      return column;
    },
  };
}

function withoutNulls(vector: DuckDBVector): RawVector {
  const raw = vector as unknown as RawVector;
  if (raw.validity?.data !== null) throw new Error('a column has nulls that its file denies');
  return raw;
}
