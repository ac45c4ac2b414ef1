import type { DuckDBConnection } from '@duckdb/node-api';
import { type Result, succeed } from '../base/result.ts';
import { namesRepeat, otherColumns, repeatedNames } from './column-names.ts';
import { MOST_DECIMAL_DIGITS, type TableColumn, type TableFiles } from './plan-columns.ts';
import { listOf, parquetSource } from './table-source.ts';

/**
 * What Parquet files say of themselves: the columns, by the names in their own schema, and the rows, by their own
 * count. Problems: names that repeat, files with other columns than the first.
 */
export async function parquetFacts(
  connection: DuckDBConnection,
  files: TableFiles,
  paths: readonly string[],
): Promise<Result<{ readonly source: string; readonly columns: readonly TableColumn[]; readonly rows: number }>> {
  let columns: TableColumn[] | undefined;
  for (const [index, path] of paths.entries()) {
    const own = await schemaOf(connection, path);
    const repeated = repeatedNames([own.map(({ name }) => name)]);
    if (repeated.length > 0) return namesRepeat(files, repeated);
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquetSource([path])}`);
    const types = described.getRows().map(([name, type], at): TableColumn => {
      const declared = own[at];
      if (declared?.name !== name) throw new Error(`column ${at + 1} is not what its schema says`);
      return { name: String(name), type: declared?.wideDecimal ?? String(type) };
    });
    columns ??= types;
    // The first file's types would be forced on the others.
    if (JSON.stringify(types) !== JSON.stringify(columns)) return otherColumns(files, index);
  }
  const counted = await connection.runAndReadAll(`SELECT sum(num_rows) FROM parquet_file_metadata(${listOf(paths)})`);
  return succeed({
    source: parquetSource(paths),
    columns: columns ?? [],
    rows: Number(counted.getRows()[0]?.[0] ?? Number.NaN),
  });
}

interface SchemaColumn {
  readonly name: string;
  /** The type of a decimal that DuckDB calls a double, since it has none so wide. */
  readonly wideDecimal: string | undefined;
}

/** The columns at the top of the schema's tree, which Parquet lists depth first under one root. */
async function schemaOf(connection: DuckDBConnection, path: string): Promise<SchemaColumn[]> {
  const rows = (
    await connection.runAndReadAll(
      `SELECT name, num_children, converted_type, precision, logical_type FROM parquet_schema(${listOf([path])})`,
    )
  ).getRows();
  const columns: SchemaColumn[] = [];
  let inside = 0;
  for (const [name, children, converted, precision, logical] of rows.slice(1)) {
    if (inside === 0) {
      const decimal = converted === 'DECIMAL' || String(logical ?? '').startsWith('DecimalType');
      const digits = Number(precision ?? /precision=(\d+)/.exec(String(logical))?.[1] ?? 0);
      const isWide = decimal && digits > MOST_DECIMAL_DIGITS;
      columns.push({ name: String(name), wideDecimal: isWide ? `DECIMAL(${digits})` : undefined });
      inside = 1;
    }
    inside += Number(children ?? 0) - 1;
  }
  return columns;
}
