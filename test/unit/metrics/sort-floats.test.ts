import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sortFloats } from '../../../src/metrics/sort-floats.ts';

const RADIX_SIZE = 20_000;

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

test('many numbers are sorted as few are: the radix sort equals the built-in one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 50 }),
      fc.nat(1000),
      (some, salt) => {
        const values = Float64Array.from(
          { length: RADIX_SIZE },
          (_, index) => (some[(index * 7919 + salt) % some.length] as number) * (1 + (index % 5)),
        );
        const finite = values.map((value) => (Number.isFinite(value) ? value : 1));
        assert.deepEqual(sortFloats(finite.slice()).sorted, finite.map((value) => value + 0).sort());
      },
    ),
    { numRuns: 20 },
  );
});

for (const size of [7, RADIX_SIZE]) {
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
