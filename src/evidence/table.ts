import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { countOf, listInWords } from '../base/text.ts';
import { type Column, type ColumnBuffer, numberBuffer, textBuffer } from './column-buffers.ts';
import { openDuckDb } from './duckdb.ts';
import { quoteName, type TableFormat, tableFormat, tableSource } from './table-source.ts';

/**
 * What a check wants of a column: `number`, or `value` (numbers where the file has numbers or truth values, else
 * texts), for labels and groups.
 */
export interface ColumnRequest {
  readonly name: string;
  readonly as: 'number' | 'value';
}

/** A table on disk: its files, and the names that people know them by. */
export interface TableFiles {
  readonly absolute: readonly string[];
  readonly relative: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type, e.g. `DOUBLE`; text tables have `VARCHAR` throughout. */
  readonly type: string;
}

/**
 * The columns that were asked for, by name; a column that can't be had is a problem of its own, and spoils no other.
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

const NUMBER_TYPE = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;
const WIDE_INTEGER = /^U?(?:BIG|HUGE)INT$/;
const NESTED_TYPE = /^(?:STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY)|\[\d*\]$/;
const ROWS_PER_REPORT = 1_000_000;

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
    let plan: PlannedColumn[] = [];
    for (const request of requests) {
      const planned = planColumn(described.value, request, format, files);
      if (planned.ok) plan.push(planned.value);
      else columns.set(request.name, planned);
    }
    for (;;) {
      const streamed = await stream(connection, format, files, plan, options);
      if (!('culprit' in streamed)) {
        for (const [name, column] of streamed.columns) columns.set(name, column);
        return succeed({ rows: streamed.rows, columns });
      }
      const { name, text } = streamed.culprit;
      columns.set(
        name,
        fail('column-type', `Column “${name}” of ${nameOf(files)} holds “${text}”, which is not a number.`),
      );
      plan = plan.filter((column) => column.name !== name);
    }
  });
}

interface PlannedColumn {
  readonly name: string;
  readonly as: 'number' | 'text';
  /** A whole number may be too large to be a double without loss. */
  readonly wide: boolean;
  readonly expression: string;
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

function planColumn(
  columns: readonly TableColumn[],
  { name, as }: ColumnRequest,
  format: TableFormat,
  files: TableFiles,
): Result<PlannedColumn> {
  const type = columns.find((column) => column.name === name)?.type;
  if (type === undefined) return fail('column-missing', missingColumnSentence(name, columns, files));
  if (NESTED_TYPE.test(type)) {
    return fail(
      'column-type',
      `Column “${name}” of ${nameOf(files)} does not hold plain values (its type is ${type}).`,
    );
  }
  const isText = format === 'csv' || format === 'tsv';
  const numeric = NUMBER_TYPE.test(type);
  if (as === 'number' && !numeric && !isText) {
    return fail('column-type', `Column “${name}” of ${nameOf(files)} holds ${type}, not numbers.`);
  }
  const target = as === 'number' || numeric ? 'number' : 'text';
  return succeed({
    name,
    as: target,
    wide: as === 'value' && (WIDE_INTEGER.test(type) || type.startsWith('DECIMAL')),
    expression: `CAST(${quoteName(name)} AS ${target === 'number' ? 'DOUBLE' : 'VARCHAR'})`,
  });
}

interface NotANumber {
  readonly name: string;
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
  const buffers = plan.map(
    (column): ColumnBuffer => (column.as === 'number' ? numberBuffer(expected) : textBuffer(expected)),
  );
  const expressions = plan.length > 0 ? plan.map(({ expression }) => expression).join(', ') : '0';
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
  return {
    rows,
    columns: new Map(plan.map((column, index) => [column.name, finished(column, buffers[index], rows, files)])),
  };
}

function finished(
  planned: PlannedColumn,
  buffer: ColumnBuffer | undefined,
  rows: number,
  files: TableFiles,
): Result<Column> {
  const column = buffer?.finish(rows);
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

/** After a failed cast: the first cell, in the order of the columns, that is not a number. */
async function findNotANumber(
  connection: DuckDBConnection,
  source: string,
  plan: readonly PlannedColumn[],
): Promise<NotANumber | undefined> {
  for (const { name, as } of plan) {
    if (as !== 'number') continue;
    const column = quoteName(name);
    try {
      const found = await connection.runAndReadAll(
        `SELECT CAST(${column} AS VARCHAR) FROM ${source} WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS DOUBLE) IS NULL LIMIT 1`,
      );
      const text = found.getRows()[0]?.[0];
      if (text != null) return { name, text: String(text).slice(0, 60) };
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

function missingColumnSentence(name: string, columns: readonly TableColumn[], files: TableFiles): string {
  const shown = columns.slice(0, 12).map((column) => `“${column.name}”`);
  const more = columns.length > shown.length ? [...shown, `${columns.length - shown.length} more`] : shown;
  return `There is no column “${name}” in ${nameOf(files)}; it has ${listInWords(more)}.`;
}

function nameOf(files: TableFiles): string {
  const others = files.relative.length - 1;
  return others > 0 ? `“${files.relative[0]}” (and ${countOf(others, 'file')} more)` : `“${files.relative[0]}”`;
}

/** The first line of what DuckDB says, without this machine's folders. */
function reasonOf(error: unknown, files: TableFiles): string {
  let reason = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  for (const [index, path] of files.absolute.entries()) reason = reason.replaceAll(path, files.relative[index] ?? '');
  return reason.replace(/^[A-Z][A-Za-z ]* Error: /, '').replace(/[.:\s]+$/, '');
}
