import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, type Result, succeed } from '../base/result.ts';
import { countOf, listInWords } from '../base/text.ts';
import { quoteName, type TableFormat } from './table-source.ts';

/**
 * What a check wants of a column: `number`; `value` (numbers where the file has numbers or truth values, else texts),
 * for labels and groups; `time`, as milliseconds since 1970 (a time without a zone is taken for UTC); or `detect`,
 * numbers where every cell is one, else texts.
 */
export interface ColumnRequest {
  readonly name: string;
  readonly as: 'number' | 'value' | 'time' | 'detect';
  /** What the table knows the column by; its name when not given. */
  readonly key?: string;
}

/** A table on disk: its files, and the names that people know them by. */
export interface TableFiles {
  readonly absolute: readonly string[];
  readonly relative: readonly string[];
  /** Where a glob found them: the same, from where the glob begins. */
  readonly matched?: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type, e.g. `DOUBLE`; text tables have `VARCHAR` throughout. */
  readonly type: string;
}

/** Texts that come as 16 bits each, and what the bits stand for. */
export interface CodedTexts {
  readonly kind: 'coded texts';
  readonly texts: ReadonlyMap<number, string | null>;
}

/** How a column is read. Two requests with one expression are one column. */
export interface PlannedColumn {
  readonly key: string;
  readonly name: string;
  readonly as: 'number' | 'text';
  /** What was asked for. */
  readonly asked: ColumnRequest['as'];
  /** Where its cells come in fewer bytes. */
  readonly compact?: { readonly kind: 'bytes' } | CodedTexts;
  /** A whole number may be too large to be a double without loss. */
  readonly wide: boolean;
  /** What each cell should be, for messages: `a number`. */
  readonly cell: string;
  readonly expression: string;
  /** As `expression`, but null instead of an error. */
  readonly attempt: string;
}

const NUMBER_TYPE = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;
const WIDE_INTEGER = /^U?(?:BIG|HUGE)INT$/;
const NESTED_TYPE = /^(?:STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY)|\[\d*\]$/;
/** Texts, too: in text tables, and in JSON where it holds what DuckDB does not take for a time. */
const TIME_TYPE = /^(?:DATE|TIMESTAMP.*|VARCHAR)$/;
/** Also with points or blanks between thousands. */
const DECIMAL_COMMA = /^[-+]?\d{1,3}(?:[. ’']?\d{3})*,\d+$/;
/** DuckDB has no wider ones, and takes them for doubles that it misreads. */
export const MOST_DECIMAL_DIGITS = 38;

/** What the table knows a requested column by. */
export function keyOf({ name, key }: ColumnRequest): string {
  return key ?? name;
}

/** Which of the text columns to `detect` hold only numbers. */
export async function detectNumbers(
  connection: DuckDBConnection,
  format: TableFormat,
  source: string,
  columns: readonly TableColumn[],
  requests: readonly ColumnRequest[],
): Promise<ReadonlySet<string>> {
  const wanted = requests.filter(({ name, as }) => as === 'detect' && columns.some((column) => column.name === name));
  if (wanted.length === 0 || (format !== 'csv' && format !== 'tsv')) return new Set();
  const tests = wanted.map(({ name }) => {
    const column = quoteName(name);
    return `bool_and(${column} IS NULL OR (${plainNumber('TRY_CAST', column)}) IS NOT NULL)`;
  });
  const answer = await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${source}`);
  const row = answer.getRows()[0] ?? [];
  return new Set(wanted.flatMap(({ name }, index) => (row[index] === true ? [name] : [])));
}

/** How a request is read from the table; a problem when the column is not there or holds something else. */
export function planColumn(
  columns: readonly TableColumn[],
  request: ColumnRequest,
  format: TableFormat,
  files: TableFiles,
  detected: ReadonlySet<string>,
): Result<PlannedColumn> {
  const { name, as } = request;
  const found = plainColumn(columns, name, files);
  if (!found.ok) return found;
  const { type } = found.value;
  const isText = format === 'csv' || format === 'tsv';
  const numeric = NUMBER_TYPE.test(type);
  const column = quoteName(name);
  const planned = { key: keyOf(request), name, asked: as, wide: false, cell: 'a number' };
  if (as === 'time') {
    if (!TIME_TYPE.test(type)) {
      return fail('column-type', `Column “${name}” of ${nameOf(files)} holds ${shortened(type)}, not dates or times.`);
    }
    const cast = (how: string) => `CAST(epoch_ms(${how}(${column} AS TIMESTAMP)) AS DOUBLE)`;
    return succeed({
      ...planned,
      as: 'number',
      cell: 'a date or a time',
      expression: cast('CAST'),
      attempt: cast('TRY_CAST'),
    });
  }
  if (as === 'number' && !numeric && !isText) {
    return fail('column-type', `Column “${name}” of ${nameOf(files)} holds ${shortened(type)}, not numbers.`);
  }
  const digits = Number(/^DECIMAL\((\d+)/.exec(type)?.[1] ?? 0);
  if (digits > MOST_DECIMAL_DIGITS) {
    return fail(
      'column-type',
      `Column “${name}” of ${nameOf(files)} holds decimals of ${digits} digits; more than ${MOST_DECIMAL_DIGITS} can’t be read.`,
    );
  }
  const target = as === 'number' || numeric || detected.has(name) ? 'number' : 'text';
  const read = (how: 'CAST' | 'TRY_CAST') => {
    if (target === 'text') return `${how}(${column} AS VARCHAR)`;
    return isText ? plainNumber(how, column) : `${how}(${column} AS DOUBLE)`;
  };
  return succeed({
    ...planned,
    as: target,
    wide: as === 'value' && (WIDE_INTEGER.test(type) || type.startsWith('DECIMAL')),
    expression: read('CAST'),
    attempt: read('TRY_CAST'),
  });
}

/** The column of that name; a problem when it is not there, or holds lists, records or bytes. */
export function plainColumn(columns: readonly TableColumn[], name: string, files: TableFiles): Result<TableColumn> {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) return fail('column-missing', missingColumnSentence(name, columns, files));
  if (!NESTED_TYPE.test(found.type)) return succeed(found);
  return fail(
    'column-type',
    `Column “${name}” of ${nameOf(files)} does not hold plain values (its type is ${shortened(found.type)}).`,
  );
}

/**
 * A text as a number: decimal digits with a point and an exponent, NaN and infinity. DuckDB's own cast also takes `1_0`
 * and `+-1`, which are made unreadable.
 */
function plainNumber(how: 'CAST' | 'TRY_CAST', column: string): string {
  return `${how}(CASE WHEN contains(${column}, '_') OR contains(${column}, '+-') THEN 'not a number' ELSE ${column} END AS DOUBLE)`;
}

function missingColumnSentence(name: string, columns: readonly TableColumn[], files: TableFiles): string {
  const shown = columns.slice(0, 12).map((column) => `“${column.name}”`);
  const more = columns.length > shown.length ? [...shown, `${columns.length - shown.length} more`] : shown;
  return `There is no column “${name}” in ${nameOf(files)}; it has ${listInWords(more)}.`;
}

/** A nested type names all that is in it. */
function shortened(type: string): string {
  return type.length > 80 ? `${type.slice(0, 79)}…` : type;
}

/** What to do about a text that is a number but for how it is written; empty for any other. */
export function numberAdvice(text: string): string {
  return DECIMAL_COMMA.test(text.trim()) ? '; write decimals with a point, and thousands without a separator' : '';
}

/** `“a.csv”`, `“a.csv” (and 2 files more)`. */
export function nameOf(files: TableFiles): string {
  const others = files.relative.length - 1;
  return others > 0 ? `“${files.relative[0]}” (and ${countOf(others, 'file')} more)` : `“${files.relative[0]}”`;
}
