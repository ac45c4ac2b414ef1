import { stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { namesRepeat, otherColumns, repeatedNames } from './column-names.ts';
import { type CsvShape, dialectInWords, scanCsv } from './csv-scan.ts';
import { openDuckDb } from './duckdb.ts';
import { partitionColumns, withPartitions } from './hive-partitions.ts';
import { checkKeyColumn } from './key-column.ts';
import { parquetFacts } from './parquet-facts.ts';
import { nameOf, type TableColumn, type TableFiles } from './plan-columns.ts';
import { csvSource, jsonRecordsSource, jsonSource, type TableFormat, tableFormat } from './table-source.ts';
import { unpackFiles } from './unpack.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
  /** Takes a sentence on how a text table was understood, where its name does not say it. */
  readonly noteDialect?: (sentence: string) => void;
  /** A column in which every row must have a value of its own, or the table is refused. */
  readonly keyColumn?: string;
  /** From how many rows on a Parquet table is asked how few bytes its cells need. */
  readonly compactFrom?: number;
}

/** A table whose files were looked at as a whole, before any of its values is believed. */
export interface OpenTable {
  readonly connection: DuckDBConnection;
  readonly format: TableFormat;
  readonly files: TableFiles;
  /** What stands behind `FROM` to read it. */
  readonly source: string;
  readonly columns: readonly TableColumn[];
  /** How many rows it must have, counted another way than they are read. */
  readonly rows: number;
}

type Facts = Pick<OpenTable, 'source' | 'columns' | 'rows'>;

/**
 * Opens a table and hands it on. Problems: files that are not there, packed ones that are damaged, files of one table
 * with other columns or another dialect, names of columns that repeat, and whatever `read` throws but an abort.
 */
export async function withTable<Value>(
  files: TableFiles,
  options: ReadOptions,
  read: (table: OpenTable) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  options.signal?.throwIfAborted();
  const format = tableFormat(files.absolute);
  if (!format.ok) return fail(format.problem.code, `${nameOf(files)} ${format.problem.message}.`);
  const refused = await refusedFile(files);
  if (!refused.ok) return refused;
  const unpacked = await unpackFiles(files, options);
  if (!unpacked.ok) return unpacked;
  const { paths, remove } = unpacked.value;
  try {
    return await readOpened(files, paths, format.value, options, read);
  } catch (error) {
    options.signal?.throwIfAborted();
    return fail('table-unreadable', `${nameOf(files)} can’t be read: ${reasonOf(error, files, paths)}.`);
  } finally {
    await remove();
  }
}

async function readOpened<Value>(
  files: TableFiles,
  paths: readonly string[],
  format: TableFormat,
  options: ReadOptions,
  read: (table: OpenTable) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const shape = format === 'csv' || format === 'tsv' ? await csvFacts(files, paths, format, options) : undefined;
  if (shape?.ok === false) return shape;
  options.signal?.throwIfAborted();
  const database = await openDuckDb(paths);
  const { connection } = database;
  const interrupt = () => connection.interrupt();
  options.signal?.addEventListener('abort', interrupt);
  try {
    const facts =
      shape ??
      (format === 'json' ? await jsonFacts(connection, files, paths) : await parquetFacts(connection, files, paths));
    if (!facts.ok) return facts;
    const partitions = partitionColumns(files, format, facts.value.columns);
    if (!partitions.ok) return partitions;
    const table = {
      connection,
      format,
      files,
      rows: facts.value.rows,
      source: withPartitions(facts.value.source, partitions.value),
      columns: [...facts.value.columns, ...partitions.value.map(({ name, type }) => ({ name, type }))],
    };
    const keyed = options.keyColumn === undefined ? undefined : await checkKeyColumn(table, options.keyColumn);
    return keyed?.ok === false ? keyed : await read(table);
  } finally {
    options.signal?.removeEventListener('abort', interrupt);
    database.close();
  }
}

async function refusedFile(files: TableFiles): Promise<Result<undefined>> {
  for (const [index, path] of files.absolute.entries()) {
    const name = files.relative[index] ?? '';
    if (/[*?[\]]/.test(path))
      return fail('table-unreadable', `“${name}” has one of * ? [ ] in its path, which tables can’t have.`);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return fail('table-unreadable', `“${name}” can’t be read: it is not there.`);
    if (!found.isFile()) return fail('table-unreadable', `“${name}” can’t be read: it is not a file.`);
  }
  return succeed(undefined);
}

async function csvFacts(
  files: TableFiles,
  paths: readonly string[],
  format: 'csv' | 'tsv',
  options: ReadOptions,
): Promise<Result<Facts>> {
  let first: CsvShape | undefined;
  let rows = 0;
  for (const [index, path] of paths.entries()) {
    const name = `“${files.relative[index]}”`;
    const scanned = await scanCsv(path, format, options.signal ? { signal: options.signal } : {});
    if (!scanned.ok) return fail(scanned.problem.code, `${name} can’t be read: it ${scanned.problem.message}.`);
    const shape = scanned.value;
    first ??= shape;
    if (JSON.stringify(shape.names) !== JSON.stringify(first.names)) return otherColumns(files, index);
    if (shape.delimiter !== first.delimiter) {
      return fail(
        'table-columns-differ',
        `${name} has ${dialectInWords(shape.delimiter)}, “${files.relative[0]}” has ${dialectInWords(first.delimiter)}; files of one table must be written alike.`,
      );
    }
    rows += shape.records;
  }
  if (first === undefined) return fail('table-unreadable', 'A table needs at least one file.');
  if (first.delimiter !== (format === 'tsv' ? '\t' : ',')) {
    options.noteDialect?.(`${nameOf(files)} was read as UTF-8 text with ${dialectInWords(first.delimiter)}.`);
  }
  const repeated = repeatedNames([first.names.filter((name) => name !== '')]);
  if (repeated.length > 0) return namesRepeat(files, repeated);
  const names = withoutEmptyNames(first.names);
  const columns = names.map((name): TableColumn => ({ name, type: 'VARCHAR' }));
  return succeed({ source: csvSource(paths, first.delimiter, names), columns, rows });
}

/** Columns without a name, such as the index that pandas writes, are called by their place. */
function withoutEmptyNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  return names.map((name, index) => {
    if (name !== '') return name;
    let own = `column${index}`;
    while (taken.has(own)) own += '_';
    taken.add(own);
    return own;
  });
}

/** JSON's types are inferred over all files and rows; what keys each record has is asked beside. */
async function jsonFacts(
  connection: DuckDBConnection,
  files: TableFiles,
  paths: readonly string[],
): Promise<Result<Facts>> {
  const source = jsonSource(paths);
  const records = await connection.runAndReadAll(
    `SELECT to_json(keys)::VARCHAR, count(*) FROM (SELECT json_keys(json) AS keys FROM ${jsonRecordsSource(paths)}) GROUP BY keys`,
  );
  const found = records.getRows().map(([keys, count]) => ({
    keys: (JSON.parse(String(keys ?? '[]')) ?? []) as string[],
    count: Number(count),
  }));
  const repeated = repeatedNames(found.map(({ keys }) => keys));
  if (repeated.length > 0) return namesRepeat(files, repeated);
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  return succeed({
    source,
    columns: described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) })),
    rows: found.reduce((sum, { count }) => sum + count, 0),
  });
}

/** The first line of what was thrown, without this machine's folders. */
function reasonOf(error: unknown, files: TableFiles, paths: readonly string[]): string {
  let reason = String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
  for (const [index, path] of files.absolute.entries()) {
    const name = files.relative[index] ?? '';
    reason = reason.replaceAll(paths[index] ?? path, name).replaceAll(path, name);
  }
  return reason.replace(/^[A-Z][A-Za-z ]* Error: /, '').replace(/[.:\s]+$/, '');
}
