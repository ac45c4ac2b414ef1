import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import type { Column } from '../../../src/evidence/column-buffers.ts';
import { type ColumnRequest, readColumns, readSlices, type Table } from '../../../src/evidence/table.ts';
import { scratchFolder } from './folder.ts';

const folder = scratchFolder();
const ALWAYS = { compactFrom: 1 };
const NEVER = { compactFrom: Number.POSITIVE_INFINITY };

/** A Parquet file of the rows that the query gives, in row groups of 2048. */
async function parquetOf(query: string) {
  const path = join(folder.path, 'rows.parquet');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
  instance.closeSync();
  return { absolute: [path], relative: ['rows.parquet'] };
}

async function read(query: string, requests: readonly ColumnRequest[], options: typeof ALWAYS): Promise<Table> {
  const table = await readColumns(await parquetOf(query), requests, options);
  assert.ok(table.ok, JSON.stringify(table));
  return table.value;
}

/** Cells as they mean, however many bytes they take. */
function cellsOf({ rows, columns }: Table) {
  const cells = [...columns].map(([key, column]) => [key, column.ok ? plain(column.value) : column] as const);
  return { rows, columns: Object.fromEntries(cells) };
}

function plain(column: Column) {
  return column.kind === 'number' ? { ...column, values: [...column.values] } : { ...column, codes: [...column.codes] };
}

function numbersIn(table: Table, key: string): Column {
  const column = table.columns.get(key);
  assert.ok(column?.ok);
  return column.value;
}

const INTEGER = fc.oneof(fc.constantFrom(-129, -128, 0, 1, 127, 128), fc.integer({ min: -3, max: 3 }));
const TEXT = fc.constantFrom('', 'a', 'b', "it's", 'a longer text than twelve bytes', 'ü', '(missing)');
const NULLABLE = fc.boolean();
const TYPE = fc.constantFrom('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'DOUBLE', 'DECIMAL(9, 2)');
const TABLE = fc.record({
  numbers: fc.array(INTEGER, { minLength: 1, maxLength: 40 }),
  texts: fc.array(TEXT, { minLength: 1, maxLength: 40 }),
  nullable: NULLABLE,
  type: TYPE,
});

test('cells in fewer bytes say the same', async () => {
  const requests: ColumnRequest[] = [
    { name: 'n', as: 'value' },
    { name: 't', as: 'value' },
    { name: 'b', as: 'value' },
  ];
  await fc.assert(
    fc.asyncProperty(TABLE, async ({ numbers, texts, nullable, type }) => {
      const sizes = type === 'TINYINT' ? numbers.filter((number) => number >= -128 && number <= 127) : numbers;
      const list = (values: readonly (number | string)[]) =>
        `[${values.map((value) => (typeof value === 'number' ? value : `'${value.replaceAll("'", "''")}'`)).join(', ')}]`;
      const cell = (values: readonly (number | string)[], as: string) =>
        `${nullable ? 'CASE WHEN i % 7 = 3 THEN NULL ELSE' : '('} ${list(values.length > 0 ? values : [0])}[1 + i % ${Math.max(values.length, 1)}]::${as} ${nullable ? 'END' : ')'}`;
      const query = `SELECT ${cell(sizes, type)} AS n, ${cell(texts, 'VARCHAR')} AS t, i % 3 = 0 AS b FROM range(5000) r(i)`;
      assert.deepEqual(cellsOf(await read(query, requests, ALWAYS)), cellsOf(await read(query, requests, NEVER)));
    }),
    { numRuns: 30 },
  );
});

test('labels come as bytes, scores and whole numbers beyond bytes as doubles', async () => {
  const table = await read(
    'SELECT (i % 2)::BIGINT AS label, i / 5000 AS score, i AS id, (i % 2)::INTEGER AS both FROM range(5000) r(i)',
    [
      { name: 'label', as: 'value' },
      { name: 'score', as: 'number' },
      { name: 'id', as: 'value' },
      { name: 'both', as: 'value', key: 'value' },
      { name: 'both', as: 'number', key: 'number' },
    ],
    ALWAYS,
  );
  const kinds = [...table.columns.keys()].map((key) => {
    const column = numbersIn(table, key);
    return [key, column.kind === 'number' && column.values.constructor.name];
  });
  assert.deepEqual(Object.fromEntries(kinds), {
    ...{ label: 'Int8Array', score: 'Float64Array', id: 'Float64Array' },
    ...{ value: 'Float64Array', number: 'Float64Array' },
  });
});

test('texts of which there are many are read as texts', async () => {
  const query = "SELECT 'customer ' || (i % 400) AS t FROM range(20000) r(i)";
  const requests: ColumnRequest[] = [{ name: 't', as: 'value' }];
  assert.deepEqual(cellsOf(await read(query, requests, ALWAYS)), cellsOf(await read(query, requests, NEVER)));
});

test('in slices, the texts of each have their codes in the order of first appearance', async () => {
  const files = await parquetOf("SELECT CASE WHEN i < 5000 THEN 'b' ELSE 'a' END AS t FROM range(10000) r(i)");
  const seen: (readonly string[])[] = [];
  const take = ({ columns }: Table) => {
    const column = columns.get('t');
    if (column?.ok && column.value.kind === 'text') seen.push(column.value.categories);
    return true;
  };
  const whole = await readSlices(files, [{ name: 't', as: 'value' }], { above: 0, rows: 4000, take }, ALWAYS);
  assert.ok(whole.ok && whole.value === undefined);
  assert.deepEqual(seen, [['b'], ['b', 'a'], ['a']]);
});
