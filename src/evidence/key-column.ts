import { fail, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import type { OpenTable } from './open-table.ts';
import { nameOf, plainColumn } from './plan-columns.ts';
import { quoteName } from './table-source.ts';

/**
 * Whether a column tells every row of the table from every other: none is null or NaN, none stands twice. A join that
 * matched too often repeats rows, and with them what every number and interval is made of. Values are compared as the
 * file has them, texts by their code points and whole numbers of any size exactly.
 */
export async function checkKeyColumn(table: OpenTable, name: string): Promise<Result<undefined>> {
  const { connection, source, files } = table;
  const found = plainColumn(table.columns, name, files);
  if (!found.ok) return found;
  const column = quoteName(name);
  const floating = found.value.type === 'DOUBLE' || found.value.type === 'FLOAT';
  const nan = floating ? `count(*) FILTER (isnan(${column}))` : '0';
  const counted = await connection.runAndReadAll(
    `SELECT count(*) - count(${column}), ${nan}, count(${column}) - count(DISTINCT ${column}) FROM ${source}`,
  );
  const [nulls = 0, nans = 0, repeated = 0] = (counted.getRows()[0] ?? []).map(Number);
  const where = `Column “${name}” of ${nameOf(files)} is a key, but`;
  if (nulls > 0) return fail('key-null', `${where} it is null in ${countOf(nulls, 'row')}.`);
  if (nans > 0) return fail('key-nan', `${where} it is NaN in ${countOf(nans, 'row')}.`);
  if (repeated === 0) return succeed(undefined);
  const most = await connection.runAndReadAll(
    `SELECT CAST(${column} AS VARCHAR) AS value, count(*) AS times FROM ${source} GROUP BY ${column} HAVING count(*) > 1 ORDER BY times DESC, value LIMIT 1`,
  );
  const [value, times] = most.getRows()[0] ?? [];
  return fail(
    'key-twice',
    `${where} “${String(value).slice(0, 40)}” stands in ${countOf(Number(times), 'row')}; rows that repeat would count more than once.`,
  );
}
