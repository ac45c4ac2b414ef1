import { fail, type Result, succeed } from '../base/result.ts';

/** Table formats by how the file's name ends; `.gz` and `.zst` may follow, except after `.parquet`. */
const FORMATS: ReadonlyMap<string, 'csv' | 'tsv' | 'parquet' | 'json'> = new Map([
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['parquet', 'parquet'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json'],
]);

export type TableFormat = 'csv' | 'tsv' | 'parquet' | 'json';

/** An identifier for DuckDB, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text for DuckDB, whatever is in it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The one format of the files, by their names. */
export function tableFormat(paths: readonly string[]): Result<TableFormat> {
  const formats = new Set(paths.map(formatOf));
  const [format, ...others] = formats;
  if (format === undefined) {
    return fail(
      'table-format',
      'is not a table that can be read; these can: csv, tsv, parquet, json, jsonl, also .gz and .zst',
    );
  }
  return others.length > 0
    ? fail('table-format', 'and the files beside it are tables of different formats')
    : succeed(format);
}

/**
 * The call that makes DuckDB read text tables, with nothing left to its guesses: every value is quoted, the dialect and
 * the names are given. Values are read as text and cast by us, since a guess from the first rows would round what
 * comes later.
 *
 * @param names what the columns are to be called, each once whatever its case
 */
export function csvSource(paths: readonly string[], delimiter: string, names: readonly string[]): string {
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  const dialect = `delim = ${quoteText(delimiter)}, quote = '"', escape = '"', comment = '', header = true, skip = 0`;
  const strictness = 'strict_mode = true, null_padding = false, ignore_errors = false';
  return `read_csv(${listOf(paths)}, auto_detect = false, hive_partitioning = false, columns = {${columns}}, ${dialect}, ${strictness})`;
}

/** As `csvSource`, for Parquet. */
export function parquetSource(paths: readonly string[]): string {
  return `read_parquet(${listOf(paths)}, hive_partitioning = false, union_by_name = false)`;
}

/** As `csvSource`, for JSON: a list of objects, or one object a line. */
export function jsonSource(paths: readonly string[]): string {
  return `read_json(${listOf(paths)}, hive_partitioning = false, sample_size = -1, maximum_sample_files = 100000)`;
}

/** The same records, each as one JSON value in the column `json`. */
export function jsonRecordsSource(paths: readonly string[]): string {
  return `read_json_objects(${listOf(paths)}, format = 'auto', hive_partitioning = false)`;
}

/** Paths as a list for DuckDB. */
export function listOf(paths: readonly string[]): string {
  return `[${paths.map(quoteText).join(', ')}]`;
}

function formatOf(path: string): TableFormat | undefined {
  const parts = path.toLowerCase().split('.');
  const last = parts.pop() ?? '';
  if (last !== 'gz' && last !== 'zst') return FORMATS.get(last);
  const inner = FORMATS.get(parts.pop() ?? '');
  return inner === 'parquet' ? undefined : inner;
}
