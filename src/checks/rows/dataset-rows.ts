import { fail, type Result, succeed } from '../../base/result.ts';
import type { Column } from '../../evidence/column-buffers.ts';
import type { ColumnRequest, Table } from '../../evidence/table.ts';
import type { Task } from '../../policy/metric-names.ts';
import type { Dataset } from '../../policy/schema.ts';
import { type BinaryRows, binaryRows, restrictBinary } from './binary-rows.ts';
import { codesOf, type RowColumns, weightSumChecked, weightsOf, whereOf } from './columns.ts';
import { compactCodes, gatherColumn, gatherFloats, gatherInts } from './gather.ts';
import { type MulticlassRows, multiclassRows, restrictMulticlass } from './multiclass-rows.ts';
import { once } from './once.ts';
import { type RankingRows, rankingRows, restrictRanking } from './ranking-rows.ts';
import { type RegressionRows, regressionRows, restrictRegression } from './regression-rows.ts';
import { UnavailableError } from './unavailable.ts';

/** Which rows belong together: a number from 0 for each row, and how many numbers there are. */
export interface RowCodes {
  readonly codes: Int32Array;
  readonly count: number;
}

/**
 * Rows of a data set as checks need them: all rows, or those of a group. Everything is worked out on first use and
 * kept, so that checks share it, and can be a problem, in one sentence that names data set and column. Of `binary`,
 * `multiclass`, `regression` and `ranking`, ask the one of the policy's task.
 */
export interface DatasetRows {
  /** The data set's name in the policy. */
  readonly name: string;
  /** What messages call these rows: `holdout`, `holdout, sex = female`. */
  readonly title: string;
  readonly dataset: Dataset;
  readonly task: Task;
  /** How many rows there are. */
  readonly rows: number;
  readonly binary: BinaryRows;
  readonly multiclass: MulticlassRows;
  readonly regression: RegressionRows;
  readonly ranking: RankingRows;
  /** Finite numbers, none negative, not all 0; undefined when the data set has no weights. */
  weights(): Result<Float64Array | undefined>;
  /** Rows of one unit are resampled together; undefined when the data set has no `unit`. A null is a problem. */
  units(): Result<RowCodes | undefined>;
  /** A column of the table that some check asked for in `columnsNeeded`; these rows of it. */
  column(name: string, as: ColumnRequest['as']): Result<Column>;
  /** Names of the columns that were read as this, problems among them, in alphabetical order. */
  columnNames(as: ColumnRequest['as']): readonly string[];
  /** What is kept with these rows, worked out once for each key. */
  kept<Value>(key: string, work: () => Value): Value;
  /**
   * These rows alone.
   *
   * @param indices of rows of this view, in the order that the new one has
   * @param title what messages call them
   */
  only(indices: Int32Array, title: string): DatasetRows;
}

/** The key of a column in the tables that data sets are read from. */
export function columnKey(name: string, as: ColumnRequest['as']): string {
  return `${as} ${name}`;
}

/** @param table read with the keys of `columnKey` */
export function datasetRows(table: Table, dataset: Dataset, name: string, task: Task): DatasetRows {
  const source: RowColumns = {
    name,
    rows: table.rows,
    has: (column, as) => table.columns.has(columnKey(column, as)),
    column(column, as) {
      const found = table.columns.get(columnKey(column, as));
      if (found === undefined) throw new UnavailableError(`column “${column}” of data set “${name}” was not read`);
      return found;
    },
  };
  const weights = once(
    (): Result<Float64Array | undefined> =>
      dataset.weight === undefined ? succeed(undefined) : weightsOf(source, dataset.weight),
  );
  return viewOf({
    ...{ name, title: name, dataset, task, rows: table.rows, weights },
    binary: binaryRows(source, dataset, weights),
    multiclass: multiclassRows(source, dataset, weights),
    regression: regressionRows(source, dataset),
    ranking: rankingRows(source, dataset),
    units: once(
      (): Result<RowCodes | undefined> =>
        dataset.unit === undefined ? succeed(undefined) : codesOf(source, dataset.unit, 'unit'),
    ),
    column: source.column,
    columnNames: (as) =>
      [...table.columns.keys()]
        .flatMap((key) => (key.startsWith(columnKey('', as)) ? [key.slice(columnKey('', as).length)] : []))
        .sort(),
  });
}

/** Some rows of a view, whose indices may be worked out later, and whose counts may be known already. */
export interface Restriction {
  readonly title: string;
  readonly rows: number;
  readonly indices: () => Int32Array;
  readonly counted?: Partial<Pick<BinaryRows, 'confusion' | 'selection'>>;
}

export function restrict(whole: DatasetRows, { title, rows, indices, counted }: Restriction): DatasetRows {
  const { name, dataset, task } = whole;
  const weights = once((): Result<Float64Array | undefined> => {
    const all = whole.weights();
    if (!all.ok || all.value === undefined) return all;
    const where = `${whereOf('weight', dataset.weight, name)}, over “${title}”,`;
    return weightSumChecked(gatherFloats(all.value, indices()), where);
  });
  const empty = <Value>(): Result<Value> => fail('table-empty', `There are no rows in “${title}”.`);
  const some = rows > 0;
  return viewOf({
    ...{ name, title, dataset, task, rows },
    weights: some ? weights : empty,
    binary: restrictBinary(some ? whole.binary : allOf(whole.binary, empty), indices, weights, counted),
    multiclass: restrictMulticlass(some ? whole.multiclass : allOf(whole.multiclass, empty), indices, weights),
    regression: restrictRegression(some ? whole.regression : allOf(whole.regression, empty), indices),
    ranking: restrictRanking(some ? whole.ranking : allOf(whole.ranking, empty), indices),
    units: once((): Result<RowCodes | undefined> => {
      const all = whole.units();
      if (!all.ok || all.value === undefined) return all;
      const { codes, count } = compactCodes(gatherInts(all.value.codes, indices()), all.value.count);
      return succeed({ codes, count });
    }),
    column(column, as) {
      const all = whole.column(column, as);
      return all.ok ? succeed(gatherColumn(all.value, indices())) : all;
    },
    columnNames: whole.columnNames,
  });
}

/** Rows of which only counts are known: to ask for anything that needs the rows themselves is a bug, and throws. */
export function countedRows(
  rows: number,
  { dataset, name, task }: Pick<DatasetRows, 'dataset' | 'name' | 'task'>,
  counted: NonNullable<Restriction['counted']>,
): DatasetRows {
  const unread = datasetRows({ rows, columns: new Map() }, dataset, name, task);
  const indices = () => {
    throw new UnavailableError(`of the rows of “${name}” only counts were kept`);
  };
  return restrict(unread, { title: name, rows, indices, counted });
}

function viewOf(parts: Omit<DatasetRows, 'kept' | 'only'>): DatasetRows {
  const kept = new Map<string, unknown>();
  const view: DatasetRows = {
    ...parts,
    kept<Value>(key: string, work: () => Value): Value {
      if (!kept.has(key)) kept.set(key, work());
      return kept.get(key) as Value;
    },
    only: (indices, title) => restrict(view, { title, rows: indices.length, indices: () => indices }),
  };
  return view;
}

/** Every member answers the same: there are no rows to tell of. */
function allOf<Members extends object>(members: Members, answer: () => Result<never>): Members {
  return Object.fromEntries(Object.keys(members).map((key) => [key, answer])) as Members;
}
