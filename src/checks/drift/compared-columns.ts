import { type Result, succeed } from '../../base/result.ts';
import { type Column, doublesOf } from '../../evidence/column-buffers.ts';
import { CATEGORICAL_METHODS, NUMERIC_METHODS } from '../../metrics/drift/column-drift.ts';
import type { ColumnPair, DriftColumn } from '../../metrics/drift/columns.ts';
import type { Dataset, DriftCheck } from '../../policy/schema.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { driftColumnsAs } from './columns-read-as.ts';

/** A column to compare; a problem, in one sentence, where it can't be. */
export interface ComparedColumn {
  readonly name: string;
  readonly pair: Result<ColumnPair>;
}

export interface ComparedColumns {
  readonly columns: readonly ComparedColumn[];
  /** Columns that the check does not name and that are not compared, and why. */
  readonly leftOut: {
    readonly unfit: readonly string[];
    readonly onlyIn: readonly { name: string; dataset: string }[];
  };
}

/**
 * The columns that the check names; else every one that both tables have and that the method is for, but for those that
 * a data set declares as key, unit, query or weight. A column of numbers in one table and texts in the other is
 * compared, so that it is seen to be not evaluable.
 */
export function comparedColumns(check: DriftCheck, reference: DatasetRows, current: DatasetRows): ComparedColumns {
  const as = driftColumnsAs(check);
  const pairOf = (name: string) =>
    pairedColumn(reference.column(name, as), current.column(name, as), reference, current);
  if (check.columns !== undefined) {
    const columns = check.columns.map((name) => ({ name, pair: pairOf(name) }));
    return { columns, leftOut: { unfit: [], onlyIn: [] } };
  }
  const roles = new Set([reference.dataset, current.dataset].flatMap(rolesOf));
  const [inReference, inCurrent] = [reference, current].map((rows) => new Set(rows.columnNames(as))) as [
    Set<string>,
    Set<string>,
  ];
  const common = [...inReference].filter((name) => inCurrent.has(name) && !roles.has(name));
  const all = common.map((name) => ({ name, pair: pairOf(name) }));
  const onlyIn = [
    ...[...inReference].filter((name) => !inCurrent.has(name)).map((name) => ({ name, dataset: reference.name })),
    ...[...inCurrent].filter((name) => !inReference.has(name)).map((name) => ({ name, dataset: current.name })),
  ].filter(({ name }) => !roles.has(name));
  return {
    columns: all.filter(({ pair }) => fits(check, pair)),
    leftOut: { unfit: all.filter(({ pair }) => !fits(check, pair)).map(({ name }) => name), onlyIn },
  };
}

function rolesOf({ key, unit, query, weight }: Dataset): string[] {
  return [key, unit, query, weight].filter((column) => column !== undefined);
}

/** Whether the method is for such columns; a column with a problem stays, to be named. */
function fits({ method }: DriftCheck, pair: Result<ColumnPair>): boolean {
  if (!pair.ok || pair.value.reference.kind !== pair.value.current.kind) return true;
  if ((NUMERIC_METHODS as readonly string[]).includes(method)) return pair.value.reference.kind === 'number';
  return pair.value.reference.kind === 'text' || !(CATEGORICAL_METHODS as readonly string[]).includes(method);
}

function pairedColumn(
  first: Result<Column>,
  second: Result<Column>,
  reference: DatasetRows,
  current: DatasetRows,
): Result<ColumnPair> {
  if (!first.ok) return first;
  if (!second.ok) return second;
  if (first.value.kind === second.value.kind)
    return succeed({ reference: driftColumn(first.value), current: driftColumn(second.value) });
  // A text table writes its numbers as texts.
  return succeed({
    reference: untyped(first.value, reference.dataset),
    current: untyped(second.value, current.dataset),
  });
}

function driftColumn(column: Column): DriftColumn {
  return column.kind === 'number' ? { kind: 'number', values: doublesOf(column) } : column;
}

const TEXT_TABLE = /\.(?:csv|tsv)(?:\.gz|\.zst)?$/i;
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/** The column as numbers where it is of a text table and holds nothing else. */
function untyped(column: Column, { path }: Dataset): DriftColumn {
  if (column.kind === 'number' || !TEXT_TABLE.test(path) || !column.categories.every((text) => NUMBER.test(text)))
    return driftColumn(column);
  const numbers = Float64Array.from(column.categories, Number);
  return {
    kind: 'number',
    values: Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : (numbers[code] as number))),
  };
}
