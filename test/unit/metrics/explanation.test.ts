import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { additivityError } from '../../../src/metrics/explanation/additivity.ts';
import { meanAbsolute, topShare } from '../../../src/metrics/explanation/importance.ts';
import { percentile } from '../../../src/metrics/percentile.ts';
import { midranks, spearman } from '../../../src/metrics/rank-correlation.ts';

const floats = (...values: number[]): Float64Array => Float64Array.from(values);
const some = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

test('the error of a row is relative to a prediction above 1 and absolute below', () => {
  assert.deepEqual(additivityError(floats(1, 2, 1, 0), 2, floats(0), floats(3, 0.5)), { value: 0.5, row: 1 });
  assert.deepEqual(additivityError(floats(90), 1, floats(0), floats(100)), { value: 0.1, row: 0 });
  assert.deepEqual(additivityError(floats(1, 1), 1, floats(0, 2), floats(1, 3)), { value: 0, row: 0 });
});

test('anything that is not finite makes the error NaN, at its row, and so does nothing', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.deepEqual(additivityError(floats(1, bad), 1, floats(0), floats(5, 1)), { value: Number.NaN, row: 1 });
    assert.deepEqual(additivityError(floats(1, 1), 1, floats(0), floats(1, bad)), { value: Number.NaN, row: 1 });
  }
  assert.ok(Number.isNaN(additivityError(floats(), 1, floats(0), floats()).value));
});

test('rounding does not add up over many features of different sizes', () => {
  const values = Float64Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? 1e15 : -1e15));
  values[500] = 0.5 + 1e15;
  assert.ok(additivityError(values, 1000, floats(0.25), floats(0.75)).value < 0.2);
  assert.equal(additivityError(floats(1e100, 1, -1e100), 3, floats(0), floats(1)).value, 0);
});

test('importance and share', () => {
  assert.deepEqual([...meanAbsolute(floats(1, -2, -3, 2), 2)], [2, 2]);
  assert.deepEqual(topShare(floats(1, 3)), { feature: 1, share: 0.75 });
  assert.deepEqual(topShare(floats(2, 2)), { feature: 0, share: 0.5 });
  assert.ok(Number.isNaN(topShare(floats(0, 0)).share));
  assert.ok(Number.isNaN(topShare(floats()).share));
});

test('equal values share the mean of their ranks', () => {
  assert.deepEqual([...midranks([10, 20, 10, 5])], [2.5, 4, 2.5, 1]);
});

/** By scipy.stats.spearmanr of SciPy 1.17.1. */
const SPEARMAN: readonly (readonly [number[], number[], number])[] = [
  [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
  [[1, 2, 2, 3], [4, 4, 1, 0], -0.8333333333333334],
  [[3, 1, 2], [3, 1, 2], 1],
];

test('rank correlation is SciPy’s, and undefined where one side ranks nothing', () => {
  for (const [a, b, rho] of SPEARMAN) assert.ok(Math.abs(spearman(a, b) - rho) < 1e-12);
  assert.ok(Number.isNaN(spearman([1, 1], [1, 2])));
  assert.ok(Number.isNaN(spearman([1], [1])));
  assert.ok(Number.isNaN(spearman([], [])));
});

test('laws: order of features, direction and monotone transforms', () => {
  fc.assert(
    fc.property(some, fc.integer(), (values, seed) => {
      const other = values.map((value, at) => Math.sin(value + at + seed));
      const rho = spearman(values, other);
      const reversed = spearman(values.toReversed(), other.toReversed());
      if (Number.isNaN(rho)) return assert.ok(Number.isNaN(reversed));
      assert.ok(Math.abs(rho - reversed) < 1e-12);
      assert.ok(Math.abs(spearman(other, values) - rho) < 1e-12);
      assert.ok(
        Math.abs(
          spearman(
            values.map((value) => -value),
            other,
          ) + rho,
        ) < 1e-12,
      );
      assert.ok(
        Math.abs(
          spearman(
            values.map((value) => value * 2),
            other,
          ) - rho,
        ) < 1e-12,
      );
    }),
  );
});

test('laws: a percentile lies between the least and the greatest, rises, and ignores the order', () => {
  fc.assert(
    fc.property(
      some,
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (list, p, q) => {
        const values = Float64Array.from(list);
        const [low, high] = [percentile(values, Math.min(p, q)), percentile(values, Math.max(p, q))];
        assert.ok(low <= high && low >= Math.min(...list) && high <= Math.max(...list));
        assert.equal(percentile(values.toReversed(), p), percentile(values, p));
      },
    ),
  );
  assert.ok(Number.isNaN(percentile(floats(), 50)));
  assert.equal(percentile(floats(7), 99), 7);
});
