import type { Cell } from './sqlite-tables.ts';

/** Text of a cell; empty when there is none. */
export function textOf(cell: Cell | undefined): string {
  return cell == null ? '' : String(cell);
}

/** A number, undefined where there is none. Throws when the cell holds something else: then the file is damaged. */
export function optionalNumber(cell: Cell | undefined, column: string): number | undefined {
  if (cell == null) return undefined;
  if (typeof cell !== 'number') throw new Error(`its column “${column}” holds what is no number`);
  return cell;
}

/** A number, 0 where there is none: columns that old versions of MLflow had not count as 0. */
export function numberOr0(cell: Cell | undefined, column: string): number {
  return optionalNumber(cell, column) ?? 0;
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function sortedByKey<Value>(map: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Map([...map].sort(([a], [b]) => compareText(a, b)));
}
