import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import { type Column, type ColumnBuffer, numberBuffer, textBuffer } from './column-buffers.ts';
import { openDuckDb } from './duckdb.ts';
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
import { quoteName, type TableFormat, tableFormat, tableSource } from './table-source.ts';

/**
 * The columns that were asked for, by key; a column that can't be had is a problem of its own, and spoils no other.
 * All have `rows` entries, in the order of the rows in the files.
 */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Result<Column>>;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
}

const ROWS_PER_REPORT = 1_000_000;

export type { ColumnRequest, TableColumn, TableFiles } from './plan-columns.ts';

/** Names and types of a table's columns, in its order. */
export async function describeTable(files: TableFiles, options: ReadOptions = {}): Promise<Result<TableColumn[]>> {
  return withTable(files, options, (connection, format) => describe(connection, format, files));
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
  return withTable(files, options, async (connection, format) => {
    const described = await describe(connection, format, files);
    if (!described.ok) return described;
    const columns = new Map<string, Result<Column>>();
    const numeric = await detectNumbers(connection, format, files, described.value, requests);
    let plan: PlannedColumn[] = [];
    for (const request of requests) {
      const planned = planColumn(described.value, request, format, files, numeric);
      if (planned.ok) plan.push(planned.value);
      else columns.set(keyOf(request), planned);
    }
    for (;;) {
      const streamed = await stream(connection, format, files, plan, options);
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

async function withTable<Value>(
  files: TableFiles,
  options: ReadOptions,
  read: (connection: DuckDBConnection, format: TableFormat) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  options.signal?.throwIfAborted();
  const format = tableFormat(files.absolute);
  if (!format.ok) return fail(format.problem.code, `${nameOf(files)} ${format.problem.message}.`);
  const magic = files.relative.find((_, index) => /[*?[\]]/.test(files.absolute[index] ?? ''));
  if (magic !== undefined)
    return fail('table-unreadable', `“${magic}” has one of * ? [ ] in its path, which tables can’t have.`);
  const database = await openDuckDb(files.absolute);
  const interrupt = () => database.connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  try {
    return await read(database.connection, format.value);
  } catch (error) {
    options.signal?.throwIfAborted();
    return fail('table-unreadable', `${nameOf(files)} can’t be read: ${reasonOf(error, files)}.`);
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
    database.close();
  }
}

async function describe(
  connection: DuckDBConnection,
  format: TableFormat,
  files: TableFiles,
): Promise<Result<TableColumn[]>> {
  const columns = await columnsOf(connection, format, files.absolute);
  // JSON's types are inferred over all files; elsewhere the first file's types would be forced on the others.
  for (const [index, path] of files.absolute.entries()) {
    if (files.absolute.length === 1 || format === 'json') break;
    const own = await columnsOf(connection, format, [path]);
    if (JSON.stringify(own) !== JSON.stringify(columns)) {
      return fail(
        'table-columns-differ',
        `“${files.relative[index]}” has other columns than “${files.relative[0]}”; files of one table must have equal columns.`,
      );
    }
  }
  return succeed(columns);
}

async function columnsOf(
  connection: DuckDBConnection,
  format: TableFormat,
  paths: readonly string[],
): Promise<TableColumn[]> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${tableSource(format, paths)}`);
  return described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

interface NotANumber {
  readonly column: PlannedColumn;
  readonly text: string;
}

/** One pass over the files. A column with text among its numbers stops it, and is named. */
async function stream(
  connection: DuckDBConnection,
  format: TableFormat,
  files: TableFiles,
  plan: readonly PlannedColumn[],
  options: ReadOptions,
): Promise<Table | { readonly culprit: NotANumber }> {
  const source = tableSource(format, files.absolute);
  const expected = format === 'parquet' ? await countRows(connection, source) : 0;
  const distinct = plan.filter(
    ({ expression }, index) => plan.findIndex((each) => each.expression === expression) === index,
  );
  const buffers = distinct.map(
    (column): ColumnBuffer => (column.as === 'number' ? numberBuffer(expected) : textBuffer(expected)),
  );
  const expressions = plan.length > 0 ? distinct.map(({ expression }) => expression).join(', ') : '0';
  let rows = 0;
  let nextReport = ROWS_PER_REPORT;
  try {
    const result = await connection.stream(`SELECT ${expressions} FROM ${source}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      options.signal?.throwIfAborted();
      if (chunk === null || chunk.rowCount === 0) break;
      const count = chunk.rowCount;
      for (const [index, buffer] of buffers.entries()) buffer.append(chunk.getColumnVector(index), count);
      rows += count;
      if (rows >= nextReport) {
        const fraction = expected > 0 ? { fraction: Math.min(rows / expected, 1) } : {};
        options.reportProgress?.({ message: `Reading ${files.relative[0]}: ${countOf(rows, 'row')}`, ...fraction });
        nextReport += ROWS_PER_REPORT;
      }
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    const culprit = await findNotANumber(connection, source, plan);
    if (culprit === undefined) throw error;
    return { culprit };
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

async function countRows(connection: DuckDBConnection, source: string): Promise<number> {
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`);
  return Number(counted.getRows()[0]?.[0] ?? 0);
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

/** The first line of what DuckDB says, without this machine's folders. */
function reasonOf(error: unknown, files: TableFiles): string {
  let reason = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  for (const [index, path] of files.absolute.entries()) reason = reason.replaceAll(path, files.relative[index] ?? '');
  return reason.replace(/^[A-Z][A-Za-z ]* Error: /, '').replace(/[.:\s]+$/, '');
}
