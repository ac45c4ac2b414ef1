import { fail, type Result, succeed } from '../../base/result.ts';
import { type Column, doublesOf } from '../../evidence/column-buffers.ts';
import { CATEGORICAL_METHODS, NUMERIC_METHODS } from '../../metrics/drift/column-drift.ts';
import type { ColumnPair, DriftColumn } from '../../metrics/drift/columns.ts';
import type { Dataset, DriftCheck } from '../../policy/schema.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { driftColumnsAs } from './columns-read-as.ts';

const VANISHED = 'column-vanished';

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
 * The columns that the check names; else every one that the reference has and that the method is for, but for those that
 * a data set declares as key, unit, query or weight. A column of numbers in one table and texts in the other stays, so
 * that it is seen to be not evaluable, and so does one that vanished from the current table, unless it tells what was
 * true or what the model said: a batch of production data has neither.
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
  const verdicts = new Set(verdictsOf(reference.dataset));
  const needed = [...inReference].filter((name) => !roles.has(name) && (inCurrent.has(name) || !verdicts.has(name)));
  const all = needed.map((name) => {
    if (inCurrent.has(name)) {
      const pair = pairOf(name);
      return { name, pair, isFit: fits(check, pair) };
    }
    const pair: Result<ColumnPair> = fail(
      VANISHED,
      `Column “${name}” of “${reference.name}” is missing in “${current.name}”.`,
    );
    return { name, pair, isFit: isFor(check, reference.column(name, as)) };
  });
  const onlyIn = [
    ...[...verdicts]
      .filter((name) => inReference.has(name) && !inCurrent.has(name))
      .map((name) => ({ name, dataset: reference.name })),
    ...[...inCurrent].filter((name) => !inReference.has(name)).map((name) => ({ name, dataset: current.name })),
  ].filter(({ name }) => !roles.has(name));
  return {
    columns: all.filter(({ isFit }) => isFit).map(({ name, pair }) => ({ name, pair })),
    leftOut: { unfit: all.filter(({ isFit }) => !isFit).map(({ name }) => name), onlyIn },
  };
}

/** What was true, and what the model said. */
function verdictsOf({ label, score, scores, prediction }: Dataset): string[] {
  return [label, score, prediction, ...Object.values(scores ?? {})].filter((column) => column !== undefined);
}

function rolesOf({ key, unit, query, weight }: Dataset): string[] {
  return [key, unit, query, weight].filter((column) => column !== undefined);
}

/** Whether the current table lacks the column, although the check does not name it. */
export function hasVanished({ pair }: ComparedColumn): boolean {
  return !pair.ok && pair.problem.code === VANISHED;
}

/** Whether the method is for such columns; a column with a problem stays, to be named. */
function fits(check: DriftCheck, pair: Result<ColumnPair>): boolean {
  if (!pair.ok || pair.value.reference.kind !== pair.value.current.kind) return true;
  return isFor(check, succeed(pair.value.reference));
}

function isFor({ method }: DriftCheck, column: Result<Pick<DriftColumn, 'kind'>>): boolean {
  if (!column.ok) return true;
  if ((NUMERIC_METHODS as readonly string[]).includes(method)) return column.value.kind === 'number';
  return column.value.kind === 'text' || !(CATEGORICAL_METHODS as readonly string[]).includes(method);
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
