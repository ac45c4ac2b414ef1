import { fail, type Result, succeed } from '../../base/result.ts';
import type { Sorted } from './samples.ts';
import type { Counts } from './shares.ts';
import { sortSample } from './sort-sample.ts';

/** One column of a sample, as tables are read. A missing number is NaN; a missing text has the code -1. */
export type DriftColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly categories: readonly string[] };

export interface ColumnPair {
  readonly reference: DriftColumn;
  readonly current: DriftColumn;
}

/** Each row's cell, -1 where it is missing. */
export interface Cells {
  readonly reference: Int32Array;
  readonly current: Int32Array;
}

export function rowsOf(column: DriftColumn): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

/** Rows that have a value. */
export function presentOf(column: DriftColumn): number {
  let present = 0;
  if (column.kind === 'number') {
    for (const value of column.values) if (!Number.isNaN(value)) present += 1;
  } else {
    for (const code of column.codes) if (code >= 0) present += 1;
  }
  return present;
}

/** Both samples sorted; a problem where a number is infinite. */
export function sortedPair(
  reference: Float64Array,
  current: Float64Array,
): Result<{ reference: Sorted; current: Sorted }> {
  const sorted = { reference: sortSample(reference), current: sortSample(current) };
  for (const sample of [sorted.reference, sorted.current]) {
    if (sample.length > 0 && !(Number.isFinite(sample[0]) && Number.isFinite(sample[sample.length - 1])))
      return fail('drift-infinite', 'holds infinite numbers');
  }
  return succeed(sorted);
}

/**
 * The categories of both samples in one order, which doesn't depend on the order of the rows, and each row's.
 * Numbers are categories by their value. Both columns are of one kind.
 */
export function categoryCells({ reference, current }: ColumnPair): { readonly cells: Cells; readonly count: number } {
  if (reference.kind === 'number' && current.kind === 'number')
    return numberCategories(reference.values, current.values);
  if (reference.kind === 'text' && current.kind === 'text') {
    const names = [...new Set([...usedCategories(reference), ...usedCategories(current)])].sort();
    const cellOf = new Map(names.map((name, cell) => [name, cell]));
    const recode = ({ codes, categories }: Extract<DriftColumn, { kind: 'text' }>) => {
      const cellOfCode = Int32Array.from(categories, (name) => cellOf.get(name) ?? -1);
      return codes.map((code) => (code < 0 ? -1 : (cellOfCode[code] as number)));
    };
    return { cells: { reference: recode(reference), current: recode(current) }, count: names.length };
  }
  throw new Error('Categories of two kinds can not be compared.');
}

/** How many rows of each sample are in each cell; the missing ones in none. */
export function countCells({ reference, current }: Cells, count: number): Counts {
  return { reference: countOne(reference, count), current: countOne(current, count) };
}

function countOne(cells: Int32Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (const cell of cells) if (cell >= 0) counts[cell] = (counts[cell] as number) + 1;
  return counts;
}

function usedCategories({ codes, categories }: Extract<DriftColumn, { kind: 'text' }>): string[] {
  const used = new Uint8Array(categories.length);
  for (const code of codes) if (code >= 0) used[code] = 1;
  return categories.filter((_, code) => used[code] === 1);
}

function numberCategories(reference: Float64Array, current: Float64Array): { cells: Cells; count: number } {
  const distinct = new Set<number>();
  for (const values of [reference, current]) for (const value of values) if (!Number.isNaN(value)) distinct.add(value);
  const cellOf = new Map([...Float64Array.from(distinct).sort()].map((value, cell) => [value, cell]));
  const recode = (values: Float64Array) => Int32Array.from(values, (value) => cellOf.get(value) ?? -1);
  return { cells: { reference: recode(reference), current: recode(current) }, count: cellOf.size };
}
