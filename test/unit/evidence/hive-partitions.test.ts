import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Result } from '../../../src/base/result.ts';
import { locateArtifact } from '../../../src/evidence/locate-artifact.ts';
import { type ColumnRequest, describeTable, readColumns, type Table } from '../../../src/evidence/table.ts';
import { numbersOf, problemOf, scratch } from './support/scratch.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

let tables = 0;

/** Writes files into a folder of their own, and gives what a path of a policy there finds. */
function locate(folder: ReturnType<typeof scratch>, files: Files, path: string) {
  tables += 1;
  for (const [name, content] of Object.entries(files)) folder.write(`${tables}/${name}`, content);
  const policyFolder = join(folder.path, String(tables));
  const located = locateArtifact(path, { policyFolder, run: { artifactFolder: undefined, models: [] } });
  assert.ok(located.ok, located.ok ? '' : located.problem.message);
  return located.value;
}

function textsOf(table: Result<Table>, name: string): (string | null)[] {
  assert.ok(table.ok, table.ok ? '' : table.problem.message);
  const column = table.value.columns.get(name);
  assert.ok(column?.ok && column.value.kind === 'text', JSON.stringify(column));
  const { codes, categories } = column.value;
  return [...codes].map((code) => categories[code] ?? null);
}

const folder = scratch();
const value = (name: string): ColumnRequest => ({ name, as: 'value' });
const number = (name: string): ColumnRequest => ({ name, as: 'number' });

const BY_MONTH: Files = {
  'data/year=2026/month=01/a.csv': 'x\n1\n2\n',
  'data/year=2026/month=02/a.csv': 'x\n3\n',
  'data/year=2026/month=02/b.csv.gz': gzipSync('x\n4\n'),
};

test('folders called key=value are columns of CSV, as text that can be read as numbers', async () => {
  const files = locate(folder, BY_MONTH, 'data/year=*/month=*/*.csv*');
  const described = await describeTable(files);
  assert.ok(described.ok);
  assert.deepEqual(
    described.value.map(({ name, type }) => `${name} ${type}`),
    ['x VARCHAR', 'year VARCHAR', 'month VARCHAR'],
  );
  const table = await readColumns(files, [number('x'), number('year'), value('month')]);
  assert.deepEqual(numbersOf(table, 'x'), [1, 2, 3, 4]);
  assert.deepEqual(numbersOf(table, 'year'), [2026, 2026, 2026, 2026]);
  assert.deepEqual(textsOf(table, 'month'), ['01', '01', '02', '02']);
});

test('a path that names one file has no such columns', async () => {
  const files = locate(folder, BY_MONTH, 'data/year=2026/month=02/a.csv');
  const described = await describeTable(files);
  assert.deepEqual(described.ok && described.value.map(({ name }) => name), ['x']);
});

test('in JSON they are numbers where all are, else texts; Hive’s word for none is none, and values are decoded', async () => {
  const files = locate(
    folder,
    {
      'p/n=1/place=a%2Fb/a.jsonl': '{"x": 1}\n',
      'p/n=10/place=__HIVE_DEFAULT_PARTITION__/a.jsonl': '{"x": 2.5}\n',
      'p/n=2/place=50%/a.jsonl': '{"x": 3}\n',
    },
    'p/**/*.jsonl',
  );
  const table = await readColumns(files, [number('x'), value('n'), value('place')]);
  assert.deepEqual(numbersOf(table, 'x'), [1, 2.5, 3]);
  assert.deepEqual(numbersOf(table, 'n'), [1, 10, 2]);
  assert.deepEqual(textsOf(table, 'place'), ['a/b', null, '50%']);
});

test('what DuckDB itself writes in partitions is read as DuckDB reads it', async () => {
  const target = join(folder.path, 'written');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i AS x, i % 7 AS week, 'r ' || (i % 3) AS region FROM range(20000) t(i)) TO '${target}' (FORMAT parquet, PARTITION_BY (week, region))`,
  );
  const answer = await connection.runAndReadAll(
    `SELECT sum(x), sum(week), count(DISTINCT region) FROM read_parquet('${target}/**/*.parquet', hive_partitioning = true)`,
  );
  const [x, week] = (answer.getRows()[0] ?? []).map(Number);
  connection.closeSync();
  instance.closeSync();
  const located = locateArtifact('written/*/*/*.parquet', {
    policyFolder: folder.path,
    run: { artifactFolder: undefined, models: [] },
  });
  assert.ok(located.ok);
  const table = await readColumns(located.value, [number('x'), value('week'), value('region')]);
  const sum = (values: readonly number[] | string) =>
    typeof values === 'string' ? values : values.reduce((a, b) => a + b);
  assert.equal(sum(numbersOf(table, 'x')), x);
  assert.equal(sum(numbersOf(table, 'week')), week);
  const xs = numbersOf(table, 'x');
  const regions = textsOf(table, 'region');
  for (const [index, each] of regions.entries()) assert.equal(each, `r ${Number(xs[index]) % 3}`);
});

/** What is refused, and why. */
const REFUSED: readonly (readonly [string, Files, RegExp])[] = [
  [
    'a key that the files have as a column',
    { 'd/X=1/a.csv': 'x\n1\n' },
    /columns that it has already, case aside: “x” and “X”/,
  ],
  ['a key that stands twice', { 'd/k=1/k=2/a.csv': 'x\n1\n' }, /columns that it has already/],
  ['folders of other keys', { 'd/k=1/a.csv': 'x\n1\n', 'd/l=1/a.csv': 'x\n1\n' }, /other key=value folders/],
  ['a file outside of them', { 'd/k=1/a.csv': 'x\n1\n', 'd/a.csv': 'x\n1\n' }, /other key=value folders/],
  ['DuckDB’s own name', { 'd/k=1/a.csv': 'file_index\n1\n' }, /“file_index”/],
];

for (const [name, files, message] of REFUSED) {
  test(`refused: ${name}`, async () => {
    const table = await readColumns(locate(folder, files, 'd/**/*.csv'), [number('x')]);
    assert.match(problemOf(table), message);
  });
}

test('hostile names of folders are only names', async () => {
  const files = locate(folder, { "d/a'b\"c=1'); DROP TABLE x; --/a.csv": 'x\n1\n' }, 'd/**/*.csv');
  const table = await readColumns(files, [value('a\'b"c')]);
  assert.deepEqual(textsOf(table, 'a\'b"c'), ["1'); DROP TABLE x; --"]);
});

test('files without rows, and many files, leave every row with its own folder', async () => {
  const many: Record<string, string> = {};
  for (let index = 0; index < 300; index += 1) {
    const rows = index % 3 === 1 ? [] : Array.from({ length: index % 5 }, () => index);
    many[`m/k=${index}/a.csv`] = ['x,y', ...rows.map((each) => `${each},0`), ''].join('\n');
  }
  const table = await readColumns(locate(folder, many, 'm/*/*.csv'), [number('x'), number('k')]);
  const xs = numbersOf(table, 'x');
  assert.equal(xs.length, 400);
  assert.deepEqual(numbersOf(table, 'k'), xs);
  const json = { 'j/k=1/a.json': '[]', 'j/k=2/a.json': '[{"x": 2}]', 'j/k=3/a.json': '[{"x": 3}]' };
  const records = await readColumns(locate(folder, json, 'j/*/*.json'), [number('x'), number('k')]);
  assert.deepEqual(numbersOf(records, 'k'), numbersOf(records, 'x'));
});
