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
 * The call that makes DuckDB read the files, and nothing else: every value in it is quoted. Text tables are read as
 * text and cast by us, since a guess from the first rows would round what comes later.
 */
export function tableSource(format: TableFormat, paths: readonly string[]): string {
  const files = `[${paths.map(quoteText).join(', ')}]`;
  switch (format) {
    case 'parquet':
      return `read_parquet(${files}, hive_partitioning = false, union_by_name = false)`;
    case 'json':
      return `read_json(${files}, hive_partitioning = false, sample_size = -1, maximum_sample_files = 100000)`;
    default:
      return `read_csv(${files}, hive_partitioning = false, all_varchar = true, header = true, skip = 0, comment = ''${format === 'tsv' ? ", delim = '\\t'" : ''})`;
  }
}

function formatOf(path: string): TableFormat | undefined {
  const parts = path.toLowerCase().split('.');
  const last = parts.pop() ?? '';
  if (last !== 'gz' && last !== 'zst') return FORMATS.get(last);
  const inner = FORMATS.get(parts.pop() ?? '');
  return inner === 'parquet' ? undefined : inner;
}
