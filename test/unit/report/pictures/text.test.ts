import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { axisNumber, nameWithin, percent, shortNumber, widthOf } from '../../../../src/report/pictures/text.ts';

function written(values: readonly number[]): readonly string[] {
  return values.map(axisNumber(values));
}

describe('numbers of an axis', () => {
  test('are as short as may be', () => {
    assert.deepEqual(written([0, 0.25, 0.5]), ['0', '0.25', '0.5']);
    assert.deepEqual(written([0, 20_000, 40_000]), ['0', '20k', '40k']);
    assert.deepEqual(written([-2e-6, 0, 1.5e-6]), ['-2e-6', '0', '1.5e-6']);
    assert.deepEqual(written([1_000, 1_200]), ['1,000', '1,200']);
    assert.deepEqual(written([5e9, 2.5e6]), ['5G', '2.5M']);
  });

  test('are not rounded to one that stands elsewhere', () => {
    assert.deepEqual(written([0.9985, 0.999, 0.9995]), ['0.9985', '0.999', '0.9995']);
    assert.deepEqual(written([0.99985, 0.9999]), ['0.99985', '0.9999']);
    assert.deepEqual(written([1_000.5, 1_001]), ['1000.5', '1,001']);
    assert.deepEqual(written([10_005, 10_010]), ['10.005k', '10.01k']);
  });

  test('differ where the marks of an axis differ', () => {
    const axis = fc.record({
      start: fc.integer({ min: -9_999, max: 9_999 }),
      step: fc.constantFrom(1, 2, 5),
      power: fc.integer({ min: -12, max: 12 }),
    });
    fc.assert(
      fc.property(axis, ({ start, step, power }) => {
        const values = [0, 1, 2, 3].map((index) => Number(`${start + index * step}e${power}`));
        assert.equal(new Set(written(values)).size, values.length, written(values).join(' '));
      }),
    );
  });
});

test('a share that is not all is never 100 %', () => {
  assert.equal(percent(0.9999), '99.99 %');
  assert.equal(percent(1), '100 %');
  assert.equal(percent(0.12345), '12.3 %');
  assert.equal(percent(Number.NaN), '–');
});

test('a number where there is little room has three digits', () => {
  assert.deepEqual([0.12345, 4_884, 12_345, 1_234_567].map(shortNumber), ['0.123', '4,884', '12.3k', '1.23M']);
});

test('a name is cut only where it would be too wide, its dots included', () => {
  assert.equal(nameWithin('age', 100), 'age');
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (name, width) => {
      const cut = nameWithin(name, width);
      assert.ok(widthOf(cut) <= width, `${cut} is ${widthOf(cut)} wide`);
    }),
  );
});
