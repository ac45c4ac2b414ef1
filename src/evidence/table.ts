import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, formatNumber } from '../base/text.ts';
import { type Column, type ColumnBuffer, numberBuffer, textBuffer } from './column-buffers.ts';
import { type OpenTable, type ReadOptions, withTable } from './open-table.ts';
import {
  type ColumnRequest,
  detectNumbers,
  keyOf,
  nameOf,
  type PlannedColumn,
  planColumn,
  type TableColumn,
  type TableFiles,
} from './plan-columns.ts';
import { quoteName } from './table-source.ts';

/**
 * The columns that were asked for, by key; a column that can't be had is a problem of its own, and spoils no other.
 * All have `rows` entries, in the order of the rows in the files.
 */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Result<Column>>;
}

const ROWS_PER_REPORT = 1_000_000;

export type { ReadOptions } from './open-table.ts';
export type { ColumnRequest, TableColumn, TableFiles } from './plan-columns.ts';

/** Names and types of a table's columns, in its order. */
export async function describeTable(files: TableFiles, options: ReadOptions = {}): Promise<Result<TableColumn[]>> {
  return withTable(files, options, async ({ columns }) => succeed([...columns]));
}

/**
 * Reads the columns asked for, and no others, into typed arrays. Problems are sentences that name file and column:
 * a file that can't be read, files of one table with other columns, a column that is missing or holds something else.
 * Nulls and NaN are counted, not refused. An aborted signal interrupts DuckDB and throws its reason.
 */
export async function readColumns(
  files: TableFiles,
  requests: readonly ColumnRequest[],
  options: ReadOptions = {},
): Promise<Result<Table>> {
  return withTable(files, options, async (table) => {
    const { connection, format, source } = table;
    const columns = new Map<string, Result<Column>>();
    const numeric = await detectNumbers(connection, format, source, table.columns, requests);
    let plan: PlannedColumn[] = [];
    for (const request of requests) {
      const planned = planColumn(table.columns, request, format, files, numeric);
      if (planned.ok) plan.push(planned.value);
      else columns.set(keyOf(request), planned);
    }
    for (;;) {
      const streamed = await stream(table, plan, options);
      if (!('culprit' in streamed)) {
        for (const [key, column] of streamed.columns) columns.set(key, column);
        return succeed({ rows: streamed.rows, columns });
      }
      const { column, text } = streamed.culprit;
      const problem = `Column “${column.name}” of ${nameOf(files)} holds “${text}”, which is not ${column.cell}.`;
      for (const { key } of plan.filter((each) => each.expression === column.expression)) {
        columns.set(key, fail('column-type', problem));
      }
      plan = plan.filter((each) => each.expression !== column.expression);
    }
  });
}

interface NotANumber {
  readonly column: PlannedColumn;
  readonly text: string;
}

/** One pass over the files. A column with text among its numbers stops it, and is named. */
async function stream(
  table: OpenTable,
  plan: readonly PlannedColumn[],
  options: ReadOptions,
): Promise<Table | { readonly culprit: NotANumber }> {
  const { connection, files, source, rows: expected } = table;
  const { ResultReturnType } = await import('@duckdb/node-api');
  const distinct = plan.filter(
    ({ expression }, index) => plan.findIndex((each) => each.expression === expression) === index,
  );
  const buffers = distinct.map(
    (column): ColumnBuffer => (column.as === 'number' ? numberBuffer(expected) : textBuffer(expected)),
  );
  const expressions = plan.length > 0 ? distinct.map(({ expression }) => expression).join(', ') : '0';
  let rows = 0;
  let nextReport = ROWS_PER_REPORT;
  let fetched: Promise<DuckDBDataChunk | null> | undefined;
  try {
    const result = await connection.stream(`SELECT ${expressions} FROM ${source}`);
    // The next piece is fetched while this one is copied.
    fetched = result.fetchChunk();
    for (;;) {
      const chunk = await fetched;
      options.signal?.throwIfAborted();
      if (chunk === null || chunk.rowCount === 0) break;
      const count = chunk.rowCount;
      fetched = result.fetchChunk();
      for (const [index, buffer] of buffers.entries()) buffer.append(chunk.getColumnVector(index), count);
      rows += count;
      if (rows >= nextReport) {
        const fraction = expected > 0 ? { fraction: Math.min(rows / expected, 1) } : {};
        options.reportProgress?.({ message: `Reading ${files.relative[0]}: ${countOf(rows, 'row')}`, ...fraction });
        nextReport += ROWS_PER_REPORT;
      }
    }
    // DuckDB ends a stream that fails as it ends one that is read: only the result knows which it was.
    if (result.returnType !== ResultReturnType.QUERY_RESULT) {
      await sayWhy(connection, source, distinct);
      throw new Error('DuckDB gave up in the middle');
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    const culprit = await findNotANumber(connection, source, plan);
    if (culprit === undefined) throw error;
    return { culprit };
  } finally {
    // Nothing may still be on its way when the database is closed.
    await fetched?.catch(() => undefined);
  }
  if (rows !== expected) {
    throw new Error(`${countOf(rows, 'row')} of ${formatNumber(expected)} could be had`);
  }
  const read = new Map(distinct.map(({ expression }, index) => [expression, buffers[index]?.finish(rows)]));
  return {
    rows,
    columns: new Map(plan.map((column) => [column.key, finished(column, read.get(column.expression), files)])),
  };
}

function finished(planned: PlannedColumn, column: Column | undefined, files: TableFiles): Result<Column> {
  if (column === undefined) throw new Error(`No buffer for column ${planned.name}`);
  return planned.wide && !isExact(column)
    ? fail(
        'column-type',
        `Column “${planned.name}” of ${nameOf(files)} holds whole numbers too large to be compared exactly.`,
      )
    : succeed(column);
}

/** Reads every value once more, without keeping any, in a way that throws what is wrong. */
async function sayWhy(connection: DuckDBConnection, source: string, plan: readonly PlannedColumn[]): Promise<void> {
  const counts = plan.map(({ expression }) => `bit_xor(hash(${expression}))`);
  await connection.runAndReadAll(`SELECT ${['count(*)', ...counts].join(', ')} FROM ${source}`);
}

/** After a failed cast: the first cell, in the order of the columns, that is not what it should be. */
async function findNotANumber(
  connection: DuckDBConnection,
  source: string,
  plan: readonly PlannedColumn[],
): Promise<NotANumber | undefined> {
  for (const planned of plan) {
    if (planned.as !== 'number') continue;
    const column = quoteName(planned.name);
    try {
      const found = await connection.runAndReadAll(
        `SELECT CAST(${column} AS VARCHAR) FROM ${source} WHERE ${column} IS NOT NULL AND (${planned.attempt}) IS NULL LIMIT 1`,
      );
      const text = found.getRows()[0]?.[0];
      if (text != null) return { column: planned, text: String(text).slice(0, 60) };
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function isExact(column: Column): boolean {
  if (column.kind !== 'number') return true;
  return column.values.every((value) => !(Math.abs(value) > Number.MAX_SAFE_INTEGER));
}
