import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { readColumns } from '../../../src/evidence/table.ts';
import { scratchFolder } from './folder.ts';

const folder = scratchFolder();

/** What is wrong with the key `id` of a table, or undefined. */
async function wrongWithKey(...paths: string[]): Promise<string | undefined> {
  const files = { absolute: paths, relative: paths.map((path) => relative(folder.path, path)) };
  const read = await readColumns(files, [{ name: 'x', as: 'number' }], { keyColumn: 'id' });
  return read.ok ? undefined : read.problem.message;
}

async function writeParquet(name: string, rows: string): Promise<string> {
  const path = join(folder.path, name);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM (VALUES ${rows}) t(id, x)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

test('a key that tells every row from every other is no problem, whatever it is made of', async () => {
  const tables = [
    folder.write('numbers.csv', 'id,x\n1,1\n2,1\n'),
    folder.write('texts.csv', 'id,x\n1,1\n01,1\n1.0,1\na,1\nA,1\n" a",1\n'),
    folder.write('composed.csv', 'id,x\né,1\ne\u0301,1\n'),
    folder.write('no-rows.csv', 'id,x\n'),
    folder.write('records.jsonl', '{"id":"a","x":1}\n{"id":"b","x":1}\n'),
    // As doubles, these two would be one.
    await writeParquet('wide.parquet', '(9007199254740992, 1), (9007199254740993, 1)'),
    await writeParquet('dates.parquet', "(DATE '2026-01-01', 1), (DATE '2026-01-02', 1)"),
  ];
  for (const table of tables) assert.equal(await wrongWithKey(table), undefined, table);
});

test('a key that stands twice is named, the most frequent first, with its rows', async () => {
  assert.equal(
    await wrongWithKey(folder.write('joined.csv', 'id,x\na,1\nb,1\nc,1\nc,2\nb,1\nb,3\n')),
    'Column “id” of “joined.csv” is a key, but “b” stands in 3 rows; rows that repeat would count more than once.',
  );
  const parquet = await writeParquet('joined.parquet', '(7, 1), (8, 1), (7, 1)');
  assert.match((await wrongWithKey(parquet)) ?? '', /“7” stands in 2 rows;/);
  const zero = await writeParquet('zeros.parquet', "(0.0::DOUBLE, 1), ('-0.0'::DOUBLE, 1)");
  assert.match((await wrongWithKey(zero)) ?? '', /stands in 2 rows;/);
});

test('the files of one table have one key', async () => {
  const [first, second] = [folder.write('part-1.csv', 'id,x\n1,1\n'), folder.write('part-2.csv', 'id,x\n1,1\n')];
  assert.match((await wrongWithKey(first, second)) ?? '', /“part-1.csv” \(and 1 file more\) is a key, but “1” stands/);
});

test('a key that is null, not a number or not there tells nothing apart', async () => {
  const words: [string, RegExp][] = [
    [folder.write('null.csv', 'id,x\n1,1\n,1\n'), /is a key, but it is null in 1 row\./],
    [await writeParquet('nan.parquet', "('nan'::DOUBLE, 1), (1.0, 1)"), /is a key, but it is NaN in 1 row\./],
    [folder.write('other.csv', 'ID,x\n1,1\n'), /^There is no column “id” in “other.csv”; it has “ID” and “x”\.$/],
    [folder.write('nested.jsonl', '{"id":[1],"x":1}\n{"id":[2],"x":1}\n'), /does not hold plain values/],
  ];
  for (const [table, expected] of words) assert.match((await wrongWithKey(table)) ?? 'nothing', expected);
});
