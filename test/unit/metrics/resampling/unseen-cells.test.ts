import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multinomialBootstrap } from '../../../../src/metrics/resampling/multinomial-bootstrap.ts';
import { mostUnseenRows, unseenCells, withUnseen } from '../../../../src/metrics/resampling/unseen-cells.ts';

/** Of fn, tp, fp and tn. */
const balanced = ([fn = 0, tp = 0, fp = 0, tn = 0]: ArrayLike<number> & Iterable<number>) =>
  (tp / (fn + tp) + tn / (fp + tn)) / 2;
const everywhere = () => true;

test('as many rows may be unseen as are missing in no more than the tail’s share of samples', () => {
  // Clopper and Pearson's upper end for 0 successes of many trials.
  assert.ok(Math.abs(mostUnseenRows(0.95) - 3.688879454113936) < 1e-12);
  assert.ok(Math.abs(Math.exp(-mostUnseenRows(0.9)) - 0.05) < 1e-15);
});

test('an empty cell counts by what rows in it would change, whichever way; several count once', () => {
  const sums = Float64Array.of(0, 50, 0, 950);
  const { down, up } = unseenCells(sums, balanced, 4, everywhere);
  assert.equal(down, 1 - (50 / 54 + 1) / 2);
  assert.equal(up, 0);
  const onlyFalsePositives = unseenCells(sums, balanced, 4, (cell) => cell === 2);
  assert.equal(onlyFalsePositives.down, 1 - (1 + 950 / 954) / 2);
  assert.deepEqual(
    unseenCells(Float64Array.of(1, 1), ([a = 0]) => a, 4, everywhere),
    { down: 0, up: 0 },
  );
});

test('what is undefined with unseen rows leaves nothing certain', () => {
  const found = unseenCells(Float64Array.of(0, 1), ([a = 0]) => (a > 0 ? Number.NaN : 1), 4, everywhere);
  assert.deepEqual(found, { down: Number.POSITIVE_INFINITY, up: Number.POSITIVE_INFINITY });
});

test('ends move outwards by square-and-add, and zero width stays', () => {
  const moved = withUnseen({ low: 0.7, high: 0.9, method: 'm' }, 0.8, { down: 0.1, up: 0 });
  assert.ok(Math.abs(moved.low - (0.8 - Math.SQRT2 / 10)) < 1e-15 && moved.high === 0.9);
  assert.deepEqual(withUnseen({ low: 1, high: 1, method: 'm' }, 1, { down: 0.5, up: 0.5 }), {
    low: 1,
    high: 1,
    method: 'm',
  });
});

test('fifty positives that are all found do not make a balanced accuracy surer than they are', () => {
  const found = multinomialBootstrap([0, 50, 40, 1960], balanced, 0.95);
  // Clopper and Pearson's low end for 50 of 50 is 0.929; the false positives hardly vary.
  assert.ok(found && found.low < 0.5 * 0.94 + 0.5 * 0.98, String(found?.low));
});
