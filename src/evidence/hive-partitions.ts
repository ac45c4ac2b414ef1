import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { repeatedNames } from './column-names.ts';
import type { TableColumn, TableFiles } from './plan-columns.ts';
import { quoteName, quoteText, type TableFormat } from './table-source.ts';

/** A column that the folders of a table spell out: `year=2026/month=01/…`. */
export interface PartitionColumn extends TableColumn {
  /** One for each file; null where there is none. */
  readonly values: readonly (string | null)[];
}

/** How Hive and Spark call the folder of the rows without a value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';
/** DuckDB’s own column: which of the files a row is from. */
const FILE_INDEX = 'file_index';

/**
 * The columns that folders called `key=value` stand for, where a glob found the files; none where the path names one
 * file. Keys and values are percent-decoded, as Spark writes them.
 *
 * In Parquet and JSON such a column is of numbers where all of its values are decimal (`01` is 1, as for Spark and
 * PyArrow), else of texts; in CSV and TSV it is text as every other. Refused: files of one table in folders of other
 * keys, a key that stands twice or that the files have as a column.
 */
export function partitionColumns(
  files: TableFiles,
  format: TableFormat,
  columns: readonly TableColumn[],
): Result<readonly PartitionColumn[]> {
  const { matched } = files;
  if (matched === undefined) return succeed([]);
  const found = matched.map(pairsOf);
  const keys = found[0]?.map(([key]) => key) ?? [];
  const other = found.findIndex((pairs) => JSON.stringify(pairs.map(([key]) => key)) !== JSON.stringify(keys));
  if (other >= 0) {
    return fail(
      'table-columns-differ',
      `“${files.relative[other]}” has other key=value folders than “${files.relative[0]}”; files of one table must be partitioned alike.`,
    );
  }
  if (keys.length === 0) return succeed([]);
  const taken = repeatedNames([[...columns.map(({ name }) => name), ...keys, FILE_INDEX]]);
  if (taken.length > 0) {
    const names = listInWords(taken.map((name) => `“${name}”`));
    return fail(
      'column-repeated',
      `The folders of “${files.relative[0]}” give it columns that it has already, case aside: ${names}; rename the folders or the columns.`,
    );
  }
  return succeed(
    keys.map((name, at): PartitionColumn => {
      const values = found.map((pairs) => pairs[at]?.[1] ?? null);
      return { name, type: format === 'csv' || format === 'tsv' ? 'VARCHAR' : typeOf(values), values };
    }),
  );
}

/** What stands behind `FROM` to read the table with such columns behind its own. */
export function withPartitions(source: string, columns: readonly PartitionColumn[]): string {
  if (columns.length === 0) return source;
  const added = columns.map(({ name, type, values }) => {
    const list = values.map((value) => (value === null ? 'NULL' : quoteText(value))).join(', ');
    return `CAST(list_extract([${list}]::VARCHAR[], CAST(${FILE_INDEX} AS BIGINT) + 1) AS ${type}) AS ${quoteName(name)}`;
  });
  return `(SELECT *, ${added.join(', ')} FROM ${source})`;
}

function pairsOf(path: string): (readonly [string, string | null])[] {
  return path
    .split('/')
    .slice(0, -1)
    .flatMap((folder) => {
      const at = folder.indexOf('=');
      if (at <= 0) return [];
      const value = folder.slice(at + 1);
      return [[decoded(folder.slice(0, at)), value === NO_VALUE ? null : decoded(value)] as const];
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function typeOf(values: readonly (string | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => /^-?\d{1,15}$/.test(value))) return 'BIGINT';
  return known.length > 0 && known.every((value) => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) ? 'DOUBLE' : 'VARCHAR';
}
