import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { explainedVariance, r2 } from '../../../src/metrics/regression/explained-variance.ts';
import { maxError } from '../../../src/metrics/regression/max-error.ts';
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanPinballLoss,
  meanSquaredError,
  rootMeanSquaredError,
} from '../../../src/metrics/regression/mean-losses.ts';
import { medianAbsoluteError } from '../../../src/metrics/regression/median-absolute-error.ts';
import { selectFloats } from '../../../src/metrics/select-floats.ts';
import { assertAllClose, assertClose } from './close.ts';

interface Rows {
  readonly labels: Float64Array;
  readonly predictions: Float64Array;
  readonly weights: Float64Array;
}

const rows: fc.Arbitrary<Rows> = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 }), fc.nat(3)), {
    minLength: 1,
    maxLength: 60,
  })
  .map((picks) => ({
    labels: Float64Array.from(picks, ([label]) => label / 10),
    predictions: Float64Array.from(picks, ([, prediction]) => prediction / 10),
    weights: Float64Array.from(picks, ([, , weight]) => weight),
  }));

function reordered(given: Rows, order: readonly number[]): Rows {
  const pick = (values: Float64Array) => Float64Array.from(order, (row) => values[row] as number);
  return { labels: pick(given.labels), predictions: pick(given.predictions), weights: pick(given.weights) };
}

function values({ labels, predictions }: Rows, weights?: Float64Array): Record<string, number> {
  return {
    absolute: meanAbsoluteError(labels, predictions, weights),
    squared: meanSquaredError(labels, predictions, weights),
    root: rootMeanSquaredError(labels, predictions, weights),
    percentage: meanAbsolutePercentageError(labels, predictions, weights),
    pinball: meanPinballLoss(labels, predictions, 0.3, weights),
    median: medianAbsoluteError(labels, predictions, weights),
    r2: r2(labels, predictions, weights).value,
    explained: explainedVariance(labels, predictions, weights).value,
  };
}

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(
      rows.chain((given) =>
        fc
          .shuffledSubarray([...given.labels.keys()], { minLength: given.labels.length })
          .map((order) => ({ given, shuffled: reordered(given, order) })),
      ),
      ({ given, shuffled }) => {
        assertAllClose(values(shuffled), values(given));
        assertAllClose(values(shuffled, shuffled.weights), values(given, given.weights));
        assert.equal(maxError(shuffled.labels, shuffled.predictions), maxError(given.labels, given.predictions));
      },
    ),
  );
});

test('a weight is the same as so many equal rows', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const repeated = reordered(
        given,
        [...given.weights].flatMap((weight, row) => Array.from({ length: weight }, () => row)),
      );
      // R² of one row is undefined, however much it weighs.
      fc.pre(given.labels.length > 1 && repeated.labels.length > 1);
      assertAllClose(values(given, given.weights), values(repeated));
    }),
  );
});

test('the scale of the weights does not matter', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(1e-6, 0.1, 3, 1e6), (given, scale) =>
      assertAllClose(
        values(
          given,
          given.weights.map((weight) => weight * scale),
        ),
        values(given, given.weights),
      ),
    ),
  );
});

test('turning labels and predictions round changes no error but the pinball loss, which turns its quantile round', () => {
  fc.assert(
    fc.property(rows, ({ labels, predictions, weights }) => {
      const turned = {
        labels: labels.map((value) => -value),
        predictions: predictions.map((value) => -value),
        weights,
      };
      const { pinball: _, ...errors } = values({ labels, predictions, weights });
      assertAllClose(values(turned), errors);
      assertClose(meanPinballLoss(turned.labels, turned.predictions, 0.7), meanPinballLoss(labels, predictions, 0.3));
    }),
  );
});

test('known values', () => {
  const labels = Float64Array.of(3, -0.5, 2, 7);
  const predictions = Float64Array.of(2.5, 0, 2, 8);
  assert.equal(meanAbsoluteError(labels, predictions), 0.5);
  assert.equal(meanSquaredError(labels, predictions), 0.375);
  assert.equal(medianAbsoluteError(labels, predictions), 0.5);
  assert.equal(maxError(labels, predictions), 1);
  assertClose(r2(labels, predictions).value, 0.9486081370449679);
  assertClose(explainedVariance(labels, predictions).value, 0.9571734475374732);
  assertClose(meanAbsolutePercentageError(labels, predictions), 0.3273809523809524);
});

test('labels that do not vary have an R² of 1 when predicted perfectly, else 0, and say so', () => {
  // 0.1 can't be added up exactly; its variance is 0 all the same.
  const constant = new Float64Array(7).fill(0.1);
  const other = Float64Array.from(constant, (value, row) => value + row);
  const weights = Float64Array.of(0.3, 0.7, 1.1, 0.2, 0.9, 3, 0.1);
  for (const weighing of [undefined, weights]) {
    for (const metric of [r2, explainedVariance]) {
      assert.deepEqual(metric(constant, constant, weighing), { value: 1, zeroDivision: true });
      assert.deepEqual(metric(constant, other, weighing), { value: 0, zeroDivision: true });
    }
  }
});

test('one row has no R², and its variance is explained', () => {
  assert.deepEqual(r2(Float64Array.of(1), Float64Array.of(2)), { value: Number.NaN, zeroDivision: true });
  assert.deepEqual(explainedVariance(Float64Array.of(1), Float64Array.of(2)), { value: 1, zeroDivision: true });
});

test('without rows or weight everything is NaN', () => {
  const none = new Float64Array();
  for (const value of Object.values(values({ labels: none, predictions: none, weights: none })))
    assert.ok(Number.isNaN(value));
  const given = { labels: Float64Array.of(1, 2), predictions: Float64Array.of(2, 2), weights: new Float64Array(2) };
  for (const value of Object.values(values(given, given.weights))) assert.ok(Number.isNaN(value));
  assert.ok(Number.isNaN(maxError(none, none)));
});

test('a large mean costs R² no digits', () => {
  const labels = Float64Array.from({ length: 5000 }, (_, row) => (row % 100) / 8);
  const predictions = labels.map((label, row) => label + (row % 3) / 4);
  const offset = 2 ** 30;
  const far = r2(
    labels.map((value) => value + offset),
    predictions.map((value) => value + offset),
  );
  assertClose(far.value, r2(labels, predictions).value);
});

test('a row that outweighs all others by 300 digits costs none: the variance is that of scikit-learn 1.9.1', () => {
  const labels = Float64Array.of(0, 0, 1);
  const predictions = Float64Array.of(-4.829385867245162e-23, 0, 0);
  assertClose(explainedVariance(labels, predictions, Float64Array.of(1, 1e308, 1)).value, 0);
  const turned = r2(predictions, labels, Float64Array.of(1, 1e200, 1)).value;
  assertClose(turned, -4.2876189952663066e44);
});

test('a mean over more rows than one chunk counts each once', () => {
  const labels = Float64Array.from({ length: 10_001 }, (_, row) => row);
  assert.equal(meanAbsoluteError(labels, new Float64Array(labels.length)), 5000);
});

test('the median takes the middle of the two middle errors, also between weights', () => {
  const zeros = new Float64Array(4);
  assert.equal(medianAbsoluteError(Float64Array.of(1, 2, 4, 9), zeros), 3);
  assert.equal(medianAbsoluteError(Float64Array.of(1, 2, 4, 9), zeros, Float64Array.of(0.1, 0.1, 0.1, 0.1)), 3);
  assert.equal(medianAbsoluteError(Float64Array.of(1, 2, 4, 9), zeros, Float64Array.of(1, 1, 0, 2)), 5.5);
  assert.equal(medianAbsoluteError(Float64Array.of(1, 2, 4, 9), zeros, Float64Array.of(1, 1, 1, 9)), 9);
});

test('selecting a place finds what sorting puts there, and after it', () => {
  const numbers = fc.oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, 2));
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 50 }), fc.nat(), (picks, pick) => {
      const values = Float64Array.from(picks, (value) => value + 0);
      const place = pick % values.length;
      const sorted = values.slice().sort();
      const { value, next } = selectFloats(values, place);
      assert.equal(value, sorted[place]);
      assert.equal(next, sorted[Math.min(place + 1, sorted.length - 1)]);
    }),
    { numRuns: 500 },
  );
});
