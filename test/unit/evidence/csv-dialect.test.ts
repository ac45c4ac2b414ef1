import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { csvRecords } from '../../../src/evidence/csv-records.ts';
import { numbersOf, problemOf, scratch, textsOf } from './support/scratch.ts';

const folder = scratch();
const COLUMNS = [
  { name: 'y', as: 'value' },
  { name: 'p', as: 'number' },
] as const;

test('only " quotes: an apostrophe or a backslash swallows no row', async () => {
  const apostrophes = `y,p,n\n1,0.9,'a\n0,0.99,b'\n0,0.1,c\n${"1,0.9,x\n0,0.99,'x\n0,0.99,x'\n".repeat(2000)}`;
  const table = await folder.read({ 'apostrophes.csv': apostrophes }, [...COLUMNS, { name: 'n', as: 'value' }]);
  assert.equal(table.ok && table.value.rows, 6003);
  assert.deepEqual(textsOf(table, 'n').slice(0, 3), ["'a", "b'", 'c']);
  const tabs = await folder.read({ 'a.tsv': "y\tp\tn\n1\t0.9\t'a\n0\t0.99\tb'\n0\t0.1\tc\n" }, COLUMNS);
  assert.deepEqual(numbersOf(tabs, 'p'), [0.9, 0.99, 0.1]);
  const backslash = await folder.read({ 'b.csv': 'y,p,n\n1,0.9,"a\\"\n0,0.99,"b"\n' }, COLUMNS);
  assert.deepEqual(numbersOf(backslash, 'p'), [0.9, 0.99]);
});

test('quoted values may hold delimiters, line ends and doubled quotes', async () => {
  const table = await folder.read({ 'quoted.csv': '"n","p"\r\n"a, ""b""\r\nc",0.5\r\n"",0.25' }, [
    { name: 'n', as: 'value' },
    { name: 'p', as: 'number' },
  ]);
  assert.deepEqual(textsOf(table, 'n'), ['a, "b"\r\nc', null]);
  assert.deepEqual(numbersOf(table, 'p'), [0.5, 0.25]);
});

test('the delimiter of a CSV file is the one that its header has most often', async () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const lines = [
      ['y', 'p', 'a b'],
      ['1', '0.9', 'x'],
      ['0', '0.1', "'"],
    ].map((cells) => cells.join(delimiter));
    const table = await folder.read({ 'any.csv': `\ufeff${lines.join('\n')}` }, COLUMNS);
    assert.deepEqual(numbersOf(table, 'p'), [0.9, 0.1], JSON.stringify(delimiter));
  }
  assert.deepEqual(
    numbersOf(await folder.read({ 'lone.csv': 'p\n0.5\n0.25\n' }, [{ name: 'p', as: 'number' }]), 'p'),
    [0.5, 0.25],
  );
  assert.match(problemOf(await folder.read({ 'commas.tsv': 'y,p\n1\t2\n' }, COLUMNS)), /a tab between values/);
});

test('a title above the header, no header and a second dialect in one table are refused', async () => {
  const titled = problemOf(await folder.read({ 'titled.csv': 'my predictions\n\ny,p\n1,0.9\n' }, COLUMNS));
  assert.match(titled, /2 values in line 3, where its header has 1 name/);
  assert.match(problemOf(await folder.read({ 'empty.csv': '' }, COLUMNS)), /no names of columns/);
  const mixed = await folder.read({ 'a.csv': 'y,p\n1,0.9\n', 'b.csv': 'y;p\n0;0.1\n' }, COLUMNS);
  assert.match(problemOf(mixed), /“b\.csv” has “;” between values .* “a\.csv” has “,” between values/);
});

test('lines may end in any one way, empty lines between are none, and a column may have no name', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const table = await folder.read({ 'ends.csv': [',y,p', '0,1,0.9', '', '1,0,0.1', ''].join(end) }, COLUMNS);
    assert.deepEqual(numbersOf(table, 'p'), [0.9, 0.1], JSON.stringify(end));
  }
});

test('only decimal numbers are numbers, whatever DuckDB would take for one', async () => {
  const accepted = ['1', '-0.5', '+2', '.5', '5.', '1e-3', '1E+2', ' 0.25 ', 'nan', 'inf', '-Infinity'];
  for (const text of accepted) {
    const table = await folder.read({ 'n.csv': `y,p\n1,${text}\n` }, [
      ...COLUMNS,
      { name: 'p', as: 'detect', key: 'd' },
    ]);
    assert.deepEqual(numbersOf(table, 'p'), [Number(text.replace(/inf$/, 'Infinity'))], text);
    assert.deepEqual(numbersOf(table, 'd'), numbersOf(table, 'p'), text);
  }
  const refused = [
    '1_0e-1',
    '1_000',
    '0.1_5',
    '+-1',
    '--1',
    '0x1',
    '1f',
    '1d',
    '1%',
    '1 000',
    '١',
    'true',
    'e5',
    '1e',
    '_',
  ];
  for (const text of refused) {
    const table = await folder.read({ 'n.csv': `y,p\n1,${text}\n` }, [
      ...COLUMNS,
      { name: 'p', as: 'detect', key: 'd' },
    ]);
    assert.equal(numbersOf(table, 'p'), `Column “p” of “n.csv” holds “${text}”, which is not a number.`);
    assert.equal(numbersOf(table, 'd'), 'texts', text);
  }
});

const cell = fc.string({ unit: fc.constantFrom(...'ab1 ,;"\'\n\\|é') });
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('what is written is what is counted and read, wherever the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), fc.nat(), async (rows, cut) => {
      const text = `${[['n', 'm'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`;
      const bytes = Buffer.from(text);
      const records = csvRecords(0x2c, 2);
      const at = cut % (bytes.length + 1);
      assert.equal(
        records.take(bytes.subarray(0, at)) ?? records.take(bytes.subarray(at)) ?? records.finish(),
        undefined,
      );
      assert.equal(records.count(), rows.length + 1);
      const table = await folder.read({ 'any.csv': bytes }, [
        { name: 'n', as: 'value' },
        { name: 'm', as: 'value' },
      ]);
      assert.deepEqual(
        textsOf(table, 'n'),
        rows.map(([n]) => (n === '' ? null : n)),
      );
      assert.deepEqual(
        textsOf(table, 'm'),
        rows.map(([, m]) => (m === '' ? null : m)),
      );
    }),
    { numRuns: 60 },
  );
});

/** What is no UTF-8 table, and the one sentence that says so. */
const OTHER_TEXT: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['UTF-16 with its mark', Buffer.from('\ufeffy,p\n1,0.9\n', 'utf16le'), /it is UTF-16 text; save it as UTF-8\.$/],
  [
    'gzip under a plain name',
    gzipSync('y,p\n1,0.9\n'),
    /it is no text but compressed; give its name the ending “\.gz”\.$/,
  ],
  ['UTF-16 without its mark', Buffer.from('y,p\n1,0.9\n', 'utf16le'), /a null character in line 1/],
  [
    'Latin-1',
    Buffer.from('y,p,n\n1,0.9,a\n1,0.8,"caf\ne"\n0,0.1,caf\xe9\n', 'latin1'),
    /line 5 holds the byte 0xe9, as files in Latin-1 or Windows-1252 do; save it as UTF-8/,
  ],
  ['Latin-1 in its header', Buffer.from('y,p,\xe9t\n1,0.9,a\n', 'latin1'), /line 1 holds the byte 0xe9/],
  ['no header', '0.5,1\n0.25,0\n', /numbers in its first line, where the names of the columns belong/],
  ['whole numbers for names', '0,1\n0.25,0\n', /There is no column “p” in “other\.csv”; it has “0” and “1”/],
];

for (const [name, content, message] of OTHER_TEXT) {
  test(`refused, saying why: ${name}`, async () => {
    const table = await folder.read({ 'other.csv': content }, [...COLUMNS, { name: 'n', as: 'value' }]);
    assert.match(String(table.ok ? numbersOf(table, 'p') : table.problem.message), message);
  });
}

test('the line of a byte that is no UTF-8 is right wherever the pieces of the file end', async () => {
  const good = 'y,p\n'.concat('1,0.5\n'.repeat(400_000));
  const bytes = Buffer.concat([Buffer.from(good), Buffer.from('1,\xe9\n', 'latin1'), Buffer.from('1,0.5\n')]);
  assert.match(problemOf(await folder.read({ 'long.csv': bytes }, COLUMNS)), /line 400002 holds the byte 0xe9/);
});

test('decimal commas are refused, saying what to write', async () => {
  for (const text of ['0,5', '-12,75', '1.234,5', "1'234,5"]) {
    const table = await folder.read({ 'commas.csv': `y;p\n1;${text}\n` }, COLUMNS);
    assert.match(String(numbersOf(table, 'p')), /which is not a number; write decimals with a point/, text);
  }
  for (const text of ['1,2,3', 'a,b']) {
    const table = await folder.read({ 'texts.csv': `y;p\n1;${text}\n` }, COLUMNS);
    assert.match(String(numbersOf(table, 'p')), /which is not a number\.$/, text);
  }
});
