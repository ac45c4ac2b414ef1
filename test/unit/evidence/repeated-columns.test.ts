import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readColumns } from '../../../src/evidence/table.ts';
import { fixturePath } from './support/fixtures.ts';
import { numbersOf, problemOf, scratch } from './support/scratch.ts';

const folder = scratch();
const COLUMNS = [
  { name: 'y', as: 'value' },
  { name: 'p', as: 'number' },
] as const;

function readFixture(name: string) {
  return readColumns({ absolute: [fixturePath(`tables/${name}`)], relative: [name] }, COLUMNS);
}

test('no column is taken for another of the same name', async () => {
  const texts = {
    'twice.csv': 'y,p,p\n1,0.1,0.9\n',
    'by-case.csv': 'y,P,p\n1,0.1,0.9\n',
    'quoted.csv': 'y,"p",p\n1,0.1,0.9\n',
    'as-renamed.csv': 'y,p,p,p_1\n1,0.9,0.1,0.1\n',
    'twice.tsv': 'y\tp\tp\n1\t0.1\t0.9\n',
    'twice.json': '[{"y":1,"p":0.1,"p":0.9}]',
    'by-case.json': '[{"y":1,"P":0.1,"p":0.9}]',
    'escaped.json': '[{"y":1,"\\u0070":0.1,"p":0.9}]',
    'by-row.jsonl': '{"y":1,"p":0.9}\n{"y":0,"P":0.9}\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    assert.match(problemOf(await folder.read({ [name]: text }, COLUMNS)), /Names of columns repeat in .*“p”/, name);
  }
  for (const name of ['names-twice.parquet', 'names-by-case.parquet']) {
    assert.match(problemOf(await readFixture(name)), /Names of columns repeat/, name);
  }
});

test('names inside a nested column, and columns without names, are not in the way', async () => {
  assert.deepEqual(numbersOf(await readFixture('struct-fields-twice.parquet'), 'p'), [0.9, 0.1, 0.8, 0.2]);
  assert.deepEqual(numbersOf(await folder.read({ 'unnamed.csv': ',y,p,\n0,1,0.5,x\n' }, COLUMNS), 'p'), [0.5]);
  assert.deepEqual(
    numbersOf(await folder.read({ 'n.jsonl': '{"y":1,"p":0.5,"o":{"y":1,"y":2}}\n' }, COLUMNS), 'p'),
    [0.5],
  );
});

test('decimals of more digits than DuckDB knows are refused, not misread', async () => {
  const table = await readFixture('decimal256.parquet');
  assert.match(String(numbersOf(table, 'p')), /Column “p” of “decimal256\.parquet” holds decimals of 60 digits/);
  assert.ok(table.ok && table.value.columns.get('y')?.ok);
});
