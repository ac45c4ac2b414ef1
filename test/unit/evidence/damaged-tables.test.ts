import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { readColumns } from '../../../src/evidence/table.ts';
import { unpackFiles } from '../../../src/evidence/unpack.ts';
import { isWholeZstd } from '../../../src/evidence/zstd-frames.ts';
import { numbersOf, problemOf, scratch } from './support/scratch.ts';

const folder = scratch();
/** So many that DuckDB has handed out rows long before it meets the damage. */
const ROWS = 400_000;
const GOOD_CSV = `y,p\n${'1,0.9\n0,0.1\n'.repeat(ROWS / 2)}`;
const GOOD_JSON = '{"y":1,"p":0.9}\n{"y":0,"p":0.1}\n'.repeat(ROWS / 2);
const COLUMNS = [
  { name: 'y', as: 'value' },
  { name: 'p', as: 'number' },
] as const;

test('a CSV file that is damaged behind hundreds of thousands of good rows gives no row', async () => {
  const damages: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ['too-few', '0\n', /1 value in line 400002, where its header has 2 names.*“,” between values and '"' around/],
    ['too-many', '0,0.99,3\n', /3 values in line 400002/],
    ['not-utf8', Buffer.from([0x30, 0x2c, 0xff, 0x0a]), /not UTF-8/],
    ['cut-character', Buffer.from([0x30, 0x2c, 0xe2, 0x82]), /not UTF-8/],
    ['null', '0,0.1\0\n', /null character in line 400002/],
    ['open-quote', '0,"0.99\n0,0.99\n', /quote that is never closed/],
    ['text-behind-quote', '0,"0.99"9\n', /text behind the closing quote in line 400002/],
    ['space-before-quote', '0, "0.99"\n', /space before the opening quote/],
    ['other-line-end', '0,0.99\r\n', /ends line 400002 in another way/],
  ];
  for (const [name, damage, complaint] of damages) {
    const bytes = Buffer.concat([Buffer.from(GOOD_CSV), Buffer.from(damage), Buffer.from('1,0.9\n')]);
    const problem = problemOf(await folder.read({ [`${name}.csv`]: bytes }, COLUMNS));
    assert.match(problem, complaint);
    assert.ok(problem.startsWith(`“${name}.csv” can’t be read: it `), problem);
  }
});

test('text among numbers is found behind hundreds of thousands of them', async () => {
  const table = await folder.read({ 'late-text.csv': `${GOOD_CSV}0,abc\n` }, COLUMNS);
  assert.equal(numbersOf(table, 'p'), 'Column “p” of “late-text.csv” holds “abc”, which is not a number.');
  assert.equal(table.ok && table.value.rows, ROWS + 1);
});

test('a JSON file that is damaged behind hundreds of thousands of good rows gives no row', async () => {
  for (const damage of ['{"y":0,"p":\n', '{"y":0,"p":0.99', 'x\n', '{"y":0,"p":0.99}}\n']) {
    assert.match(
      problemOf(await folder.read({ 'late.jsonl': GOOD_JSON + damage }, COLUMNS)),
      /“late\.jsonl” can’t be read/,
    );
  }
});

test('a Parquet file with a damaged page in a late row group gives no row', async () => {
  const path = folder.write('late.parquet', '');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT i % 2 AS y, random() AS p FROM range(1000000) t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 100000)`,
  );
  const found = await connection.runAndReadAll(
    `SELECT data_page_offset FROM parquet_metadata('${path}') WHERE path_in_schema = 'p' ORDER BY row_group_id DESC LIMIT 1`,
  );
  connection.closeSync();
  instance.closeSync();
  const files = { absolute: [path], relative: ['late.parquet'] };
  assert.equal((numbersOf(await readColumns(files, COLUMNS), 'p') as number[]).length, 1_000_000);
  const bytes = readFileSync(path);
  bytes.fill(0xff, Number(found.getRows()[0]?.[0]), Number(found.getRows()[0]?.[0]) + 4000);
  writeFileSync(path, bytes);
  assert.match(problemOf(await readColumns(files, COLUMNS)), /“late\.parquet” can’t be read/);
});

test('a compressed table is read when it is whole, of several members too', async () => {
  const gzip = zlib.gzipSync(GOOD_CSV);
  const two = Buffer.concat([zlib.gzipSync('y,p\n1,0.9\n'), zlib.gzipSync('0,0.1\n')]);
  const first = await folder.read({ 'whole.csv.gz': gzip }, COLUMNS);
  assert.equal(first.ok && first.value.rows, ROWS);
  assert.deepEqual(numbersOf(await folder.read({ 'two.csv.gz': two }, COLUMNS), 'p'), [0.9, 0.1]);
});

test('a gzip file that is cut short, damaged or followed by something gives no row', async () => {
  const gzip = zlib.gzipSync(GOOD_CSV);
  const wrongSum = Buffer.from(gzip);
  wrongSum[gzip.length - 8] = (gzip.at(-8) as number) ^ 1;
  const damages = {
    half: gzip.subarray(0, gzip.length / 2),
    'no-end': gzip.subarray(0, gzip.length - 1),
    'no-sum': gzip.subarray(0, gzip.length - 8),
    'wrong-sum': wrongSum,
    followed: Buffer.concat([gzip, Buffer.from('0,0.99\n')]),
    padded: Buffer.concat([gzip, Buffer.alloc(16)]),
    'half-member': Buffer.concat([gzip, gzip.subarray(0, 12)]),
    plain: Buffer.from(GOOD_CSV),
    empty: Buffer.alloc(0),
  };
  for (const [name, bytes] of Object.entries(damages)) {
    assert.match(
      problemOf(await folder.read({ [`${name}.csv.gz`]: bytes }, COLUMNS)),
      /^“[a-z-]+\.csv\.gz” can’t be read: it /,
    );
  }
  assert.match(
    problemOf(await folder.read({ 'cut.jsonl.gz': zlib.gzipSync(GOOD_JSON).subarray(0, -9) }, COLUMNS)),
    /cut short/,
  );
});

test('a zstd file is whole only with all of its frames', { skip: zlib.zstdCompressSync === undefined }, async () => {
  const checked = { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } };
  const random = Array.from({ length: 60_000 }, (_, row) => `${row % 2},${(row * 7919) % 10_007}\n`).join('');
  for (const options of [{}, checked]) {
    const zstd = zlib.zstdCompressSync(`y,p\n${random}`, options);
    const table = await folder.read({ 'whole.csv.zst': zstd }, COLUMNS);
    assert.equal(table.ok && table.value.rows, 60_000);
    for (let step = 0; step < 40; step += 1) {
      const path = folder.write('cut.zst', zstd.subarray(0, Math.floor((zstd.length * step) / 40)));
      assert.ok(!isWholeZstd(path), `cut at ${step}/40`);
    }
    assert.ok(!isWholeZstd(folder.write('cut.zst', zstd.subarray(0, -1))));
    assert.ok(!isWholeZstd(folder.write('more.zst', Buffer.concat([zstd, Buffer.from('0,0')]))));
    assert.match(
      problemOf(await folder.read({ 'cut.csv.zst': zstd.subarray(0, -5) }, COLUMNS)),
      /cut short or damaged/,
    );
  }
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);
  assert.ok(isWholeZstd(folder.write('skippable.zst', Buffer.concat([zlib.zstdCompressSync('a'), skippable]))));
});

test('a small file does not unpack without end, and nothing that was unpacked stays', async () => {
  const absolute = [folder.write('bomb.csv.gz', zlib.gzipSync(Buffer.alloc(10_000_000)))];
  const refused = await unpackFiles({ absolute, relative: ['bomb.csv.gz'] }, { mostBytes: 1_000_000 });
  assert.match(refused.ok ? '' : refused.problem.message, /“bomb\.csv\.gz” .*unpacks to more than 1,000,000 bytes/);
  const unpacked = await unpackFiles({ absolute, relative: ['bomb.csv.gz'] });
  assert.ok(unpacked.ok);
  const [path] = unpacked.value.paths;
  assert.equal(readFileSync(path as string).length, 10_000_000);
  await unpacked.value.remove();
  assert.throws(() => readFileSync(path as string), /ENOENT/);
});
