import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, formatNumber } from '../base/text.ts';
import { type Column, type ColumnBuffer, numberBuffer, textBuffer } from './column-buffers.ts';
import { byteBuffer, codedTextBuffer } from './compact-buffers.ts';
import { compactColumns } from './compact-columns.ts';
import { type OpenTable, type ReadOptions, withTable } from './open-table.ts';
import {
  type ColumnRequest,
  detectNumbers,
  keyOf,
  nameOf,
  numberAdvice,
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
/** Below it, asking how few bytes cells need takes as long as it saves. */
const COMPACT_FROM = 1_000_000;

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
  return withTable(files, options, async (table) =>
    succeed(await readWhole(table, await plan(table, requests, options), options)),
  );
}

/** How a table of more rows than `above` is handed on. */
export interface Slices {
  readonly above: number;
  /** Rows of a slice; the last one may have fewer. */
  readonly rows: number;
  /** Takes the next slice, whose arrays are used again afterwards; false where the whole table is needed after all. */
  readonly take: (slice: Table) => boolean;
}

/**
 * As `readColumns`, but in memory that does not grow with the rows: a large table goes through `take`, slice by slice
 * in the order of its rows. A table that is not large, of which a column can't be had, or of which a slice was not
 * taken is read whole.
 *
 * @returns the whole table; undefined when all of it was taken
 */
export async function readSlices(
  files: TableFiles,
  requests: readonly ColumnRequest[],
  slices: Slices,
  options: ReadOptions = {},
): Promise<Result<Table | undefined>> {
  return withTable(files, options, async (table) => {
    const planned = await plan(table, requests, options);
    if (table.rows > slices.above && planned.problems.size === 0) {
      if ((await stream(table, planned.columns, options, slices)) === 'taken') return succeed(undefined);
    }
    return succeed(await readWhole(table, planned, options));
  });
}

/** How the columns asked for are read, and what is wrong with those that can't be. */
interface Plan {
  readonly columns: readonly PlannedColumn[];
  readonly problems: ReadonlyMap<string, Result<Column>>;
}

async function plan(
  table: OpenTable,
  requests: readonly ColumnRequest[],
  { compactFrom = COMPACT_FROM }: ReadOptions,
): Promise<Plan> {
  const { connection, format, files, source } = table;
  const numeric = await detectNumbers(connection, format, source, table.columns, requests);
  const columns: PlannedColumn[] = [];
  const problems = new Map<string, Result<Column>>();
  for (const request of requests) {
    const planned = planColumn(table.columns, request, format, files, numeric);
    if (planned.ok) columns.push(planned.value);
    else problems.set(keyOf(request), planned);
  }
  if (format !== 'parquet' || table.rows < compactFrom) return { columns, problems };
  return { columns: await compactColumns(table, columns), problems };
}

/** A column that holds something else than it should is left out, and the others are read again. */
async function readWhole(table: OpenTable, { columns, problems }: Plan, options: ReadOptions): Promise<Table> {
  const read = new Map(problems);
  let left = columns;
  for (;;) {
    let whole: Table | undefined;
    const take = (slice: Table) => {
      whole = slice;
      return true;
    };
    const streamed = await stream(table, left, options, { rows: Number.POSITIVE_INFINITY, take });
    if (typeof streamed === 'object') {
      const { column, text } = streamed.culprit;
      const problem = `Column “${column.name}” of ${nameOf(table.files)} holds “${text}”, which is not ${column.cell}${numberAdvice(text)}.`;
      for (const { key } of left.filter((each) => each.expression === column.expression)) {
        read.set(key, fail('column-type', problem));
      }
      left = left.filter((each) => each.expression !== column.expression);
      continue;
    }
    const { rows, columns: found } = handedOn(whole);
    for (const [key, column] of found) read.set(key, column);
    return { rows, columns: read };
  }
}

function handedOn(whole: Table | undefined): Table {
  if (whole === undefined) throw new Error('no rows were handed on');
  return whole;
}

interface NotANumber {
  readonly column: PlannedColumn;
  readonly text: string;
}

/**
 * One pass over the files, in slices. A column with text among its numbers stops it, and is named; so does a slice that
 * is not taken. An empty table is one slice.
 */
async function stream(
  table: OpenTable,
  plan: readonly PlannedColumn[],
  options: ReadOptions,
  slices: Pick<Slices, 'rows' | 'take'>,
): Promise<'taken' | 'not taken' | { readonly culprit: NotANumber }> {
  const { connection, files, source, rows: expected } = table;
  const { ResultReturnType } = await import('@duckdb/node-api');
  const distinct = plan.filter(
    ({ expression }, index) => plan.findIndex((each) => each.expression === expression) === index,
  );
  const capacity = Math.min(slices.rows, expected);
  const buffers = distinct.map((column) => bufferOf(column, capacity));
  let filled = 0;
  const handOn = (): boolean => {
    const read = new Map(distinct.map(({ expression }, index) => [expression, buffers[index]?.finish(filled)]));
    const columns = plan.map((column) => [column.key, finished(column, read.get(column.expression), files)] as const);
    const slice = { rows: filled, columns: new Map(columns) };
    filled = 0;
    return slices.take(slice);
  };
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
      for (let from = 0; from < count; ) {
        const fitting = Math.min(count - from, slices.rows - filled);
        for (const [index, buffer] of buffers.entries()) buffer.append(chunk.getColumnVector(index), from, fitting);
        from += fitting;
        filled += fitting;
        if (filled === slices.rows && !handOn()) return 'not taken';
      }
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
  if (filled === 0 && rows > 0) return 'taken';
  return handOn() ? 'taken' : 'not taken';
}

function bufferOf({ as, compact }: PlannedColumn, capacity: number): ColumnBuffer {
  if (compact?.kind === 'bytes') return byteBuffer(capacity);
  if (compact?.kind === 'coded texts') return codedTextBuffer(capacity, compact.texts);
  return as === 'number' ? numberBuffer(capacity) : textBuffer(capacity);
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
