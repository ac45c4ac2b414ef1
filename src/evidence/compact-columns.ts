import type { DuckDBConnection } from '@duckdb/node-api';
import type { OpenTable } from './open-table.ts';
import type { CodedTexts, PlannedColumn } from './plan-columns.ts';
import { listOf, quoteName } from './table-source.ts';

const WHOLE_NUMBER = /^(?:U?(?:TINY|SMALL|BIG)INT|U?INTEGER|BOOLEAN)$/;
/** Bytes a row of a column that may have few texts, and how many of the files' entries are asked for that. */
const MOST_BYTES = 1.25;
const MOST_ENTRIES = 20_000;
/** So many texts can be told apart by 16 bits of their hash, most of the time. */
const MOST_TEXTS = 300;
const SHIFTS = [0, 16, 32, 48] as const;

/**
 * The columns of a Parquet table, those in fewer bytes that need no more: whole numbers that are bytes by what the files
 * say of their least and greatest, and texts of which there are few, by bits of their hash. What comes from DuckDB is
 * copied twice, so bytes are time.
 */
export async function compactColumns(
  { connection, source, rows, columns, files }: OpenTable,
  planned: readonly PlannedColumn[],
): Promise<PlannedColumn[]> {
  const typeOf = (name: string) => columns.find((column) => column.name === name)?.type ?? '';
  const asValues = ({ expression }: PlannedColumn) =>
    planned.every((other) => other.expression !== expression || other.asked === 'value');
  const numbers = planned.filter(
    (column) => column.as === 'number' && WHOLE_NUMBER.test(typeOf(column.name)) && asValues(column),
  );
  const bytes = await bytesAmong(connection, source, rows, numbers);
  const texts = planned.filter(({ as, name }) => as === 'text' && typeOf(name) === 'VARCHAR');
  const repetitive = texts.length > 0 ? await repetitiveColumns(connection, files.absolute) : new Set();
  const coded = new Map<string, Awaited<ReturnType<typeof codedTexts>>>();
  for (const { name, expression } of texts) {
    if (!repetitive.has(name) || coded.has(expression)) continue;
    coded.set(expression, await codedTexts(connection, source, expression));
  }
  return planned.map((column): PlannedColumn => {
    const few = coded.get(column.expression);
    if (few) return { ...column, compact: few, expression: few.expression };
    if (!bytes.has(column.expression)) return column;
    const expression = `CAST(${quoteName(column.name)} AS TINYINT)`;
    return { ...column, wide: false, compact: { kind: 'bytes' }, expression };
  });
}

/** The expressions whose numbers are all from -128 to 127, and none null. */
async function bytesAmong(
  connection: DuckDBConnection,
  source: string,
  rows: number,
  candidates: readonly PlannedColumn[],
): Promise<ReadonlySet<string>> {
  if (candidates.length === 0) return new Set();
  const facts = candidates.map(({ name }) => {
    const column = quoteName(name);
    const end = (of: 'min' | 'max') => `TRY_CAST(${of}(${column}) AS BIGINT)`;
    return `count(${column}) = ${rows} AND ${end('min')} >= -128 AND ${end('max')} <= 127`;
  });
  const answer = await connection.runAndReadAll(`SELECT ${facts.join(', ')} FROM ${source}`);
  const row = answer.getRows()[0] ?? [];
  return new Set(candidates.flatMap(({ expression }, index) => (row[index] === true ? [expression] : [])));
}

/**
 * Names of the columns that may have few texts: those that the files keep in a dictionary, in little more than a byte
 * a row.
 */
async function repetitiveColumns(connection: DuckDBConnection, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const entries = `(SELECT * FROM parquet_metadata(${listOf(paths)}) LIMIT ${MOST_ENTRIES})`;
  const found = await connection.runAndReadAll(
    `SELECT path_in_schema FROM ${entries} GROUP BY path_in_schema
     HAVING count(*) = count(dictionary_page_offset) AND sum(total_uncompressed_size) <= ${MOST_BYTES} * sum(num_values)`,
  );
  return new Set(found.getRows().map(([name]) => String(name)));
}

/** Every text is looked at here, so that no two of them can have the same bits. */
async function codedTexts(
  connection: DuckDBConnection,
  source: string,
  expression: string,
): Promise<(CodedTexts & Pick<PlannedColumn, 'expression'>) | undefined> {
  const distinct = `(SELECT DISTINCT ${expression} AS text FROM ${source})`;
  const found = await connection.runAndReadAll(`SELECT text, hash(text) FROM ${distinct} LIMIT ${MOST_TEXTS + 1}`);
  const rows = found.getRows() as [string | null, bigint][];
  if (rows.length > MOST_TEXTS) return undefined;
  for (const shift of SHIFTS) {
    const texts = new Map(rows.map(([text, hash]) => [Number((hash >> BigInt(shift)) & 0xffffn), text]));
    if (texts.size < rows.length) continue;
    return { kind: 'coded texts', texts, expression: `CAST((hash(${expression}) >> ${shift}) & 65535 AS USMALLINT)` };
  }
  return undefined;
}
