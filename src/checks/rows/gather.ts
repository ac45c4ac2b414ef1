import type { Column } from '../../evidence/column-buffers.ts';

/** The numbers at the indices. */
export function gatherFloats(values: Float64Array | Int8Array, indices: Int32Array): Float64Array<ArrayBuffer> {
  const gathered = new Float64Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) gathered[at] = values[indices[at] as number] as number;
  return gathered;
}

export function gatherInts(values: Int32Array, indices: Int32Array): Int32Array<ArrayBuffer> {
  const gathered = new Int32Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) gathered[at] = values[indices[at] as number] as number;
  return gathered;
}

export function gatherBytes(values: Uint8Array, indices: Int32Array): Uint8Array<ArrayBuffer> {
  const gathered = new Uint8Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) gathered[at] = values[indices[at] as number] as number;
  return gathered;
}

/** The cells of a column at the indices; texts keep the whole column's categories. */
export function gatherColumn(column: Column, indices: Int32Array): Column {
  if (column.kind === 'text') {
    const codes = gatherInts(column.codes, indices);
    let nulls = 0;
    for (let at = 0; at < codes.length; at += 1) if ((codes[at] as number) < 0) nulls += 1;
    return { kind: 'text', codes, categories: column.categories, nulls };
  }
  const values = gatherFloats(column.values, indices);
  let missing = 0;
  for (let at = 0; at < values.length; at += 1) if (Number.isNaN(values[at])) missing += 1;
  // Nulls and NaN look alike in the values; where the whole column has only one of them, so do these rows.
  const nulls = column.nans === 0 ? missing : column.nulls === 0 ? 0 : Math.min(missing, column.nulls);
  return { kind: 'number', values, nulls, nans: missing - nulls };
}

/** Renumbers codes so that those that occur are 0, 1, … in the order of their first rows. */
export function compactCodes(codes: Int32Array, bound: number): { codes: Int32Array; count: number; old: Int32Array } {
  const renumbered = new Int32Array(bound).fill(-1);
  const compact = new Int32Array(codes.length);
  const old: number[] = [];
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    let next = renumbered[code] as number;
    if (next < 0) {
      next = old.length;
      renumbered[code] = next;
      old.push(code);
    }
    compact[row] = next;
  }
  return { codes: compact, count: old.length, old: Int32Array.from(old) };
}
