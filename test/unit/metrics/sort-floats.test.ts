import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import { sortBySize, sortFloats } from '../../../src/metrics/sort-floats.ts';

const COUNTED_SIZE = 20_000;

test('numbers come out in ascending order, whatever their sign and size', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
      const sorted = [...sortFloats(Float64Array.from(values)).sorted];
      assert.deepEqual(
        sorted,
        values.map((value) => value + 0).sort((a, b) => a - b),
      );
    }),
  );
});

test('many numbers are sorted as few are: sorting by counting equals the built-in sort', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 50 }),
      fc.nat(1000),
      (some, salt) => {
        const values = Float64Array.from(
          { length: COUNTED_SIZE },
          (_, index) => (some[(index * 7919 + salt) % some.length] as number) * (1 + (index % 5)),
        );
        const finite = values.map((value) => (Number.isFinite(value) ? value : 1));
        assert.deepEqual(sortFloats(finite.slice()).sorted, finite.map((value) => value + 0).sort());
      },
    ),
    { numRuns: 20 },
  );
});

for (const size of [7, COUNTED_SIZE]) {
  test(`what is carried stays beside its number, and ties keep their order (${size} numbers)`, () => {
    const values = Float64Array.from({ length: size }, (_, index) => ((index * 7919) % 13) - 6);
    const carried = Float64Array.from({ length: size }, (_, index) => index);
    const { sorted, carried: along } = sortFloats(values.slice(), carried.slice());
    assert.ok(along);
    for (let index = 0; index < size; index += 1) {
      assert.equal(sorted[index], values[along[index] as number]);
      if (index === 0 || sorted[index - 1] !== sorted[index]) continue;
      assert.ok((along[index - 1] as number) < (along[index] as number));
    }
  });
}

/** Ways for many numbers to lie: each takes another way through the sort. */
const SPREADS: Readonly<Record<string, (uniform: number, row: number) => number>> = {
  'spread evenly': (uniform) => uniform,
  'of both signs': (uniform) => uniform - 0.5,
  'mostly near 0': (uniform) => uniform ** 30,
  'far apart': (uniform) => Math.tan(Math.PI * (uniform - 0.5)) * 1e300,
  'close together': (uniform) => 1 + uniform * 1e-12,
  'as far apart as there are': (uniform, row) => (row % 2 === 0 ? 1 : -1) * uniform * Number.MAX_VALUE,
  'in heaps of neighbours': (uniform, row) => (row % 1000 === 0 ? 2 : 1 + (row % 2) * 1e-9 + uniform * 1e-15),
  'of few values': (uniform) => Math.floor(uniform * 7) / 7,
  'all equal': () => 0.5,
  'so small that they have few digits': (uniform) => Math.floor(uniform * 1e6) * Number.MIN_VALUE,
};

for (const [how, numberOf] of Object.entries(SPREADS)) {
  test(`many numbers ${how}: sorted, with what they carry, and by their size`, () => {
    const random = seededRandom(7);
    const values = Float64Array.from({ length: 3 * COUNTED_SIZE }, (_, row) => numberOf(nextUniform(random), row));
    const expected = values.map((value) => value + 0).sort();
    assert.deepEqual(sortFloats(values.slice()).sorted, expected);

    const places = values.map((_, row) => row);
    const { sorted, carried = places } = sortFloats(values.slice(), places.slice());
    assert.deepEqual(sorted, expected);
    const stable = places.slice().sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
    assert.deepEqual(carried, stable);

    const bySize = sortBySize(values.slice(), new Float64Array(values.length)).sorted;
    assert.deepEqual(bySize.map(Math.abs), values.map(Math.abs).sort());
    assert.deepEqual(bySize.slice().sort(), values.slice().sort());
  });
}
