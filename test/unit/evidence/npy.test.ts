import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NpyArray, readNpy } from '../../../src/evidence/npy.ts';
import { readNpz } from '../../../src/evidence/npz.ts';
import { damaged, fixture } from './support/fixtures.ts';

interface Expected {
  readonly kind: 'number' | 'text';
  readonly shape: readonly number[];
  readonly values: readonly (number | string | boolean)[];
}

const EXPECTED = JSON.parse(new TextDecoder().decode(fixture('explanations/arrays.json'))) as Record<string, Expected>;

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['object', /pickles.*runs whatever code is in it/],
  ['complex', /type “<c16”/],
  ['records', /records of several fields/],
  ['dates', /type “<M8/],
  ['int64-too-large', /too large to be read exactly/],
];

function sameAsNumpy(read: NpyArray, expected: Expected): void {
  assert.equal(read.kind, expected.kind);
  assert.deepEqual(read.shape, expected.shape);
  const values = expected.kind === 'text' ? expected.values : expected.values.map(toNumber);
  assert.deepEqual([...read.values], values);
}

function toNumber(value: number | string | boolean): number {
  if (typeof value !== 'string') return Number(value);
  if (value === 'nan') return Number.NaN;
  return value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`the array “${name}” reads as NumPy reads it, alone and in both kinds of archive`, () => {
    const alone = readNpy(fixture(`explanations/npy/${name}.npy`));
    assert.ok(alone.ok);
    sameAsNumpy(alone.value, expected);
    for (const archive of ['stored', 'deflated']) {
      const arrays = readNpz(fixture(`explanations/${archive}.npz`));
      assert.ok(arrays.ok);
      assert.deepEqual([...arrays.value.names].sort(), Object.keys(EXPECTED).sort());
      const read = arrays.value.read(name);
      assert.ok(read?.ok);
      sameAsNumpy(read.value, expected);
    }
  });
}

for (const [name, reason] of REFUSED) {
  test(`the array “${name}” is refused, saying why`, () => {
    const read = readNpy(fixture(`explanations/npy/${name}.npy`));
    assert.ok(!read.ok);
    assert.match(read.problem.message, reason);
  });
}

test('an array of objects in an archive spoils no other', () => {
  const arrays = readNpz(fixture('explanations/with-objects.npz'));
  assert.ok(arrays.ok);
  assert.ok(arrays.value.read('values')?.ok);
  const names = arrays.value.read('feature_names');
  assert.ok(names && !names.ok);
  assert.match(names.problem.message, /pickles/);
  assert.equal(arrays.value.read('nothing'), undefined);
});

/** A `.npy` file with any header; format 1. */
function npy(header: string, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = Buffer.from(`${header}\n`, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, text, data]);
}

const EIGHT = new Uint8Array(8);

test('headers that announce too much, contradict themselves or can’t be understood are refused', () => {
  const headers: readonly (readonly [string, RegExp])[] = [
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999), }", /elements/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", /damaged or cut short/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (), 'extra': 1}", /understood/],
    ["{'descr': '<f8', 'shape': ()}", /understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1), }", /understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", /understood/],
    ["{'descr': '<f8', 'descr': '|O', 'fortran_order': False, 'shape': (), }", /understood/],
    ["{'descr': '<f3', 'fortran_order': False, 'shape': (), }", /type/],
    ["{'descr': '<U999999', 'fortran_order': False, 'shape': (19999999,), }", /damaged or cut short/],
    ["{'descr': '=f8', 'fortran_order': False, 'shape': (), }", /type/],
  ];
  for (const [header, reason] of headers) {
    const read = readNpy(npy(header, EIGHT));
    assert.ok(!read.ok, header);
    assert.match(read.problem.message, reason, header);
  }
});

test('a pickle that calls itself an array is refused by name', () => {
  const read = readNpy(Buffer.from('\x80\x04\x95rest', 'latin1'));
  assert.ok(!read.ok);
  assert.match(read.problem.message, /is a pickle/);
});

test('damaged arrays and archives never throw, and damaged archives never answer other values', () => {
  for (const { bytes } of damaged(fixture('explanations/npy/float64-fortran-3d.npy'), 200)) readNpy(bytes);
  for (const { bytes } of damaged(fixture('explanations/npy/text.npy'), 200)) readNpy(bytes);
  for (const name of ['stored', 'deflated']) {
    for (const { how, bytes } of damaged(fixture(`explanations/${name}.npz`), 600)) {
      const arrays = readNpz(bytes);
      if (!arrays.ok) continue;
      for (const key of arrays.value.names) {
        const read = arrays.value.read(key);
        const expected = EXPECTED[key];
        // The checksum is over the content; a name in the directory and its copy would both have to change.
        if (read?.ok && expected) assert.doesNotThrow(() => sameAsNumpy(read.value, expected), how);
      }
    }
  }
});
