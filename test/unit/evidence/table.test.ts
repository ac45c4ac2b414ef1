import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Column } from '../../../src/evidence/column-buffers.ts';
import {
  type ColumnRequest,
  describeTable,
  readColumns,
  type Table,
  type TableFiles,
} from '../../../src/evidence/table.ts';
import { scratchFolder } from './folder.ts';

const folder = scratchFolder();
const filesAt = (...absolute: string[]): TableFiles => ({
  absolute,
  relative: absolute.map((path) => relative(folder.path, path)),
});
const numberOf = (name: string): ColumnRequest => ({ name, as: 'number' });
const textOrNumberOf = (name: string): ColumnRequest => ({ name, as: 'value' });

async function readTable(files: TableFiles, ...requests: ColumnRequest[]): Promise<Table> {
  const table = await readColumns(files, requests);
  assert.ok(table.ok, JSON.stringify(table));
  return table.value;
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  assert.ok(column?.ok, JSON.stringify(column));
  return column.value;
}

function numbersOf(table: Table, name: string): number[] {
  const column = columnOf(table, name);
  assert.ok(column.kind === 'number');
  return [...column.values];
}

function textsOf(table: Table, name: string): (string | null)[] {
  const column = columnOf(table, name);
  assert.ok(column.kind === 'text');
  return [...column.codes].map((code) => column.categories[code] ?? null);
}

async function problemIn(files: TableFiles, ...requests: ColumnRequest[]): Promise<string> {
  const table = await readColumns(files, requests);
  if (!table.ok) return table.problem.message;
  const bad = [...table.value.columns.values()].find((column) => !column.ok);
  assert.ok(bad && !bad.ok, 'nothing was wrong');
  return bad.problem.message;
}

async function writeParquet(name: string, select: string): Promise<string> {
  const path = join(folder.path, name);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

const CSV = 'label,score,sex\n1,0.5,male\n0,nan,female\n1,,male\n';

test('every format gives the same columns, packed or not', async () => {
  const jsonLines =
    '{"label":1,"score":0.5,"sex":"male"}\n{"label":0,"score":NaN,"sex":"female"}\n{"label":1,"score":null,"sex":"male"}\n';
  const files = [
    folder.write('t.csv', CSV),
    folder.write('t.tsv', CSV.replaceAll(',', '\t')),
    folder.write('semicolons.csv', CSV.replaceAll(',', ';')),
    folder.write('bom.csv', `\ufeff${CSV}`),
    folder.write('crlf.csv', CSV.replaceAll('\n', '\r\n')),
    folder.write('t.csv.gz', gzipSync(CSV)),
    folder.write('t.csv.zst', zstdCompressSync(CSV)),
    folder.write('t.jsonl', jsonLines),
    folder.write('t.ndjson.gz', gzipSync(jsonLines)),
    folder.write('t.json', `[${jsonLines.trim().replaceAll('\n', ',')}]`),
    await writeParquet(
      't.parquet',
      "SELECT * FROM (VALUES (1, 0.5::DOUBLE, 'male'), (0, 'nan'::DOUBLE, 'female'), (1, NULL, 'male')) t(label, score, sex)",
    ),
  ];
  for (const file of files) {
    const table = await readTable(filesAt(file), numberOf('label'), numberOf('score'), textOrNumberOf('sex'));
    assert.equal(table.rows, 3, file);
    assert.deepEqual(numbersOf(table, 'label'), [1, 0, 1], file);
    assert.deepEqual(numbersOf(table, 'score'), [0.5, Number.NaN, Number.NaN], file);
    const score = columnOf(table, 'score');
    assert.deepEqual(score.kind === 'number' && [score.nulls, score.nans], [1, 1], file);
    assert.deepEqual(textsOf(table, 'sex'), ['male', 'female', 'male'], file);
  }
});

test('only the columns asked for are read; without any, rows are still counted', async () => {
  const file = folder.write('counted.csv', CSV);
  const table = await readTable(filesAt(file));
  assert.deepEqual([table.rows, table.columns.size], [3, 0]);
  const described = await describeTable(filesAt(file));
  assert.deepEqual(described.ok && described.value.map(({ name }) => name), ['label', 'score', 'sex']);
});

test('values are numbers where the file has numbers or truth values, else texts; nulls are counted', async () => {
  const file = await writeParquet(
    'kinds.parquet',
    "SELECT * FROM (VALUES (true, 1::BIGINT, 1.5::DECIMAL(4,1), 'a'), (false, 2, 2.5, NULL)) t(b, i, d, t)",
  );
  const table = await readTable(
    filesAt(file),
    textOrNumberOf('b'),
    textOrNumberOf('i'),
    textOrNumberOf('d'),
    textOrNumberOf('t'),
  );
  assert.deepEqual(numbersOf(table, 'b'), [1, 0]);
  assert.deepEqual(numbersOf(table, 'i'), [1, 2]);
  assert.deepEqual(numbersOf(table, 'd'), [1.5, 2.5]);
  assert.deepEqual(textsOf(table, 't'), ['a', null]);
  assert.equal(columnOf(table, 't').nulls, 1);
});

test('many rows with many texts, long and short, keep their order', async () => {
  const file = await writeParquet(
    'many.parquet',
    "SELECT i AS row, 'name-' || (i % 97) AS short, 'a name that is too long to stand inline ' || (i % 5) AS long, CASE WHEN i % 7 = 0 THEN NULL ELSE 'x' END AS holes FROM range(20000) t(i)",
  );
  const table = await readTable(
    filesAt(file),
    numberOf('row'),
    textOrNumberOf('short'),
    textOrNumberOf('long'),
    textOrNumberOf('holes'),
  );
  assert.equal(table.rows, 20_000);
  assert.deepEqual(
    numbersOf(table, 'row'),
    Array.from({ length: 20_000 }, (_, row) => row),
  );
  assert.deepEqual(
    textsOf(table, 'short'),
    Array.from({ length: 20_000 }, (_, row) => `name-${row % 97}`),
  );
  assert.deepEqual(
    textsOf(table, 'long'),
    Array.from({ length: 20_000 }, (_, row) => `a name that is too long to stand inline ${row % 5}`),
  );
  assert.deepEqual(
    textsOf(table, 'holes'),
    Array.from({ length: 20_000 }, (_, row) => (row % 7 === 0 ? null : 'x')),
  );
});

test('a text table’s late numbers are not rounded to the kind of its first ones', async () => {
  const lines = Array.from({ length: 30_000 }, (_, row) => (row < 25_000 ? '1' : '0.25'));
  const table = await readTable(filesAt(folder.write('late.csv', `score\n${lines.join('\n')}\n`)), numberOf('score'));
  assert.equal(numbersOf(table, 'score').at(-1), 0.25);
  const json = lines.map((score) => `{"score":${score}}`).join('\n');
  const late = await readTable(filesAt(folder.write('late.jsonl', json)), numberOf('score'));
  assert.equal(numbersOf(late, 'score').at(-1), 0.25);
});

test('several files are one table, in their order', async () => {
  const a = folder.write('parts/a.csv', 'score,label\n0.1,1\n');
  const b = folder.write('parts/b.csv', 'score,label\n0.2,0\n');
  assert.deepEqual(numbersOf(await readTable(filesAt(a, b), numberOf('score')), 'score'), [0.1, 0.2]);
});

test('files with other columns, or columns of other types, are not one table', async () => {
  const a = folder.write('mixed/a.csv', 'score,label\n0.1,1\n');
  const b = folder.write('mixed/b.csv', 'label,score\n0,0.2\n');
  assert.match(
    await problemIn(filesAt(a, b), numberOf('score')),
    /“mixed\/b\.csv” has other columns than “mixed\/a\.csv”/,
  );
  const whole = await writeParquet('whole.parquet', 'SELECT 1 AS score');
  const parts = await writeParquet('fraction.parquet', 'SELECT 0.5::DOUBLE AS score');
  assert.match(await problemIn(filesAt(whole, parts), numberOf('score')), /has other columns/);
  const text = folder.write('mixed/t.tsv', 'score\n1\n');
  assert.match(await problemIn(filesAt(a, text), numberOf('score')), /different formats/);
});

test('a missing column is named, with those that are there; case matters', async () => {
  const file = filesAt(folder.write('m.csv', CSV));
  assert.equal(
    await problemIn(file, numberOf('Score')),
    'There is no column “Score” in “m.csv”; it has “label”, “score” and “sex”.',
  );
});

test('a column with something else in it is named, and spoils no other', async () => {
  const file = filesAt(folder.write('words.csv', 'label,score\n1,0.5\n0,n/a\n'));
  const table = await readTable(file, numberOf('score'), numberOf('label'));
  assert.deepEqual(numbersOf(table, 'label'), [1, 0]);
  const score = table.columns.get('score');
  assert.equal(
    score && !score.ok && score.problem.message,
    'Column “score” of “words.csv” holds “n/a”, which is not a number.',
  );
  const text = await writeParquet('text.parquet', "SELECT '0.5' AS score, [1, 2] AS list, 9007199254740993 AS big");
  assert.match(await problemIn(filesAt(text), numberOf('score')), /holds VARCHAR, not numbers/);
  assert.match(await problemIn(filesAt(text), textOrNumberOf('list')), /does not hold plain values/);
  assert.match(await problemIn(filesAt(text), textOrNumberOf('big')), /too large to be compared exactly/);
});

test('what is no table is one sentence without a folder of this machine', async () => {
  const cases: [string, string | Uint8Array, RegExp][] = [
    ['bad.parquet', 'nope', /“bad\.parquet” can’t be read/],
    ['bad.json', '{"a":', /“bad\.json” can’t be read/],
    ['bad.csv.gz', 'nope', /“bad\.csv\.gz” can’t be read/],
    ['model.pkl', 'x', /“model\.pkl” is not a table that can be read; these can: csv, /],
    ['empty.csv', '', /can’t be read|no column/],
    ['not-utf8.csv', Buffer.from([...Buffer.from('score\n'), 0xff, 0xfe, 0x0a]), /can’t be read|not a number/],
    ['odd[1].csv', CSV, /has one of \* \? \[ \]/],
  ];
  for (const [name, content, expected] of cases) {
    const message = await problemIn(filesAt(folder.write(name, content)), numberOf('score'));
    assert.match(message, expected);
    assert.ok(!message.includes(folder.path), message);
    assert.ok(!message.includes('\n'), message);
  }
});

test('hostile names of files and columns are only names', async () => {
  const column = `x"); COPY (SELECT 1) TO '${join(folder.path, 'written.csv')}'; --`;
  const path = folder.write("it's '); DROP TABLE x; --.csv", `"${column.replaceAll('"', '""')}",score\n7,1\n`);
  assert.deepEqual(numbersOf(await readTable(filesAt(path), numberOf(column)), column), [7]);
  const missing = `score" FROM read_csv('${folder.write('other.csv', 'score\n9\n')}') --`;
  assert.match(await problemIn(filesAt(path), numberOf(missing)), /There is no column/);
  assert.ok(!existsSync(join(folder.path, 'written.csv')));
});

test('no path reaches the network', async (context) => {
  let visits = 0;
  const server = createServer((_, response) => {
    visits += 1;
    response.end('score\n1\n');
  });
  context.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const url = `http://127.0.0.1:${address.port}/t.csv`;
  for (const path of [url, 's3://bucket/t.parquet', url.replace('t.csv', 't.parquet')]) {
    assert.match(await problemIn({ absolute: [path], relative: ['t.csv'] }, numberOf('score')), /can’t (be read|have)/);
  }
  assert.equal(visits, 0);
});

test('an aborted signal stops the reading and throws its reason', async () => {
  const file = filesAt(await writeParquet('long.parquet', 'SELECT random() AS score FROM range(3000000)'));
  const reason = new Error('enough');
  await assert.rejects(readColumns(file, [numberOf('score')], { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const reading = readColumns(file, [numberOf('score')], {
    signal: controller.signal,
    reportProgress: () => controller.abort(reason),
  });
  await assert.rejects(reading, reason);
});
