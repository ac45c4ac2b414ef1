import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, type Result, succeed } from '../base/result.ts';
import { type OpenTable, type ReadOptions, withTable } from './open-table.ts';
import { nameOf, type TableColumn, type TableFiles } from './plan-columns.ts';
import { quoteName, tableFormat } from './table-source.ts';

/** What is shown of a table to somebody who writes about it. */
export interface TablePreview {
  readonly rows: number;
  readonly columns: readonly ColumnPreview[];
}

export interface ColumnPreview {
  readonly name: string;
  readonly type: 'number' | 'text' | 'time' | 'truth value' | 'nested';
  /** Its values as texts, in order, where they are few; nulls left out. */
  readonly values?: readonly string[];
  /** Whether every row was looked at. */
  readonly complete?: boolean;
}

/** Names and types of Parquet stand at its end; other formats have to be read, so larger ones are left alone. */
const LARGEST_TEXT_BYTES = 64e6;
const MOST_ROWS = 50_000;
const MOST_VALUES = 20;
const LONGEST_VALUE = 100;
/** Of a wider table only these columns get their values looked at. */
const MOST_COLUMNS = 200;

const NUMBER = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;
const TIME = /^(?:DATE|TIME.*)$/;
const NESTED = /^(?:STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY)|\[\d*\]$/;

/**
 * Columns, their types, and the values of those that have few; from the first 50,000 rows at most. For showing only:
 * nothing is decided by it. Problems: those of reading tables, and `table-large` for text tables of more than 64 MB.
 */
export async function previewTable(files: TableFiles, options: ReadOptions = {}): Promise<Result<TablePreview>> {
  const format = tableFormat(files.absolute);
  if (format.ok && format.value !== 'parquet' && (await bytesOf(files)) > LARGEST_TEXT_BYTES) {
    return fail('table-large', `${nameOf(files)} is too large to be looked at while somebody types.`);
  }
  return withTable(files, options, async (table) => {
    const columns: ColumnPreview[] = [];
    for (const [index, column] of table.columns.entries()) {
      options.signal?.throwIfAborted();
      columns.push(
        index < MOST_COLUMNS ? await previewColumn(table, column) : { name: column.name, type: typeOf(column) },
      );
    }
    return succeed({ rows: table.rows, columns });
  });
}

async function bytesOf({ absolute }: TableFiles): Promise<number> {
  const sizes = await Promise.all(absolute.map(async (path) => (await stat(path).catch(() => undefined))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function previewColumn(table: OpenTable, column: TableColumn): Promise<ColumnPreview> {
  const written = typeOf(column);
  const { name } = column;
  if (written === 'nested' || written === 'time') return { name, type: written };
  const isText = table.format === 'csv' || table.format === 'tsv';
  const type = isText && (await holdsNumbers(table, name)) ? 'number' : written;
  const values = await fewValues(table.connection, table.source, name, type);
  return values === undefined ? { name, type } : { name, type, values, complete: table.rows <= MOST_ROWS };
}

function typeOf({ type }: TableColumn): ColumnPreview['type'] {
  if (NESTED.test(type)) return 'nested';
  if (NUMBER.test(type)) return 'number';
  if (TIME.test(type)) return 'time';
  return type === 'BOOLEAN' ? 'truth value' : 'text';
}

/** Text tables say of no column what it holds: it is numbers where every cell that has something reads as one. */
async function holdsNumbers({ connection, source }: OpenTable, name: string): Promise<boolean> {
  const column = quoteName(name);
  const found = await connection.runAndReadAll(
    `SELECT count(${column}), count(TRY_CAST(${column} AS DOUBLE)) FROM (SELECT ${column} FROM ${source} LIMIT ${MOST_ROWS})`,
  );
  const [cells, numbers] = found.getRows()[0] ?? [];
  return Number(cells) > 0 && Number(cells) === Number(numbers);
}

async function fewValues(
  connection: DuckDBConnection,
  source: string,
  name: string,
  type: ColumnPreview['type'],
): Promise<readonly string[] | undefined> {
  const column = quoteName(name);
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT CAST(${column} AS VARCHAR) FROM (SELECT ${column} FROM ${source} LIMIT ${MOST_ROWS}) WHERE ${column} IS NOT NULL LIMIT ${MOST_VALUES + 1}`,
  );
  const values = found.getRows().map(([value]) => (type === 'number' ? String(Number(value)) : String(value)));
  if (values.length > MOST_VALUES || values.some((value) => value.length > LONGEST_VALUE)) return undefined;
  return type === 'number' ? values.sort((one, other) => Number(one) - Number(other)) : values.sort();
}
