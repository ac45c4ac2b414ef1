import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quotientInterval, weightedSumInterval } from '../../../../src/metrics/fairness/combined-interval.ts';
import {
  ABSOLUTE_DIFFERENCE,
  contrastOf,
  FOLDED_RATIO,
  foldedInterval,
  foldedValue,
  LARGER_DIFFERENCE,
  MEAN_ABSOLUTE_DIFFERENCE,
  MEAN_DIFFERENCE,
  type PairMeasure,
  SIGNED_RATIO,
  SMALLER_RATIO,
} from '../../../../src/metrics/fairness/contrast.ts';
import { theilIndex } from '../../../../src/metrics/fairness/theil-index.ts';
import { newcombeUnpaired } from '../../../../src/metrics/resampling/newcombe.ts';
import { wilson } from '../../../../src/metrics/resampling/proportion.ts';

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const method = 'any';

function measured({ contrasts, fold }: PairMeasure, first: number[], second: number[]): number {
  return foldedValue(
    fold,
    contrasts.map((contrast) => contrastOf(contrast, first, second)),
  );
}

test('each measure is what its name says', () => {
  const [a, b] = [
    [0.6, 0.3],
    [0.8, 0.2],
  ] as [number[], number[]];
  nearly(measured(MEAN_DIFFERENCE, a, b), -0.05);
  nearly(measured(MEAN_ABSOLUTE_DIFFERENCE, a, b), 0.15);
  nearly(measured(LARGER_DIFFERENCE, a, b), 0.2);
  nearly(measured(ABSOLUTE_DIFFERENCE, a, b), 0.2);
  nearly(measured(SIGNED_RATIO, b, a), 0.8 / 0.6);
  nearly(measured(FOLDED_RATIO, b, a), 0.75);
  nearly(measured(SMALLER_RATIO, a, b), 2 / 3);
});

test('a ratio of 0 and 0, or of negative values, is undefined', () => {
  assert.ok(Number.isNaN(measured(FOLDED_RATIO, [0], [0])));
  assert.ok(Number.isNaN(measured(FOLDED_RATIO, [-0.1], [0.2])));
  assert.equal(measured(FOLDED_RATIO, [0.3], [0]), 0);
  assert.equal(measured(SIGNED_RATIO, [0.3], [0]), Number.POSITIVE_INFINITY);
  assert.ok(Number.isNaN(measured(SMALLER_RATIO, [0.5, 0], [0.5, 0])));
});

test('measures that have no direction are the same with the groups exchanged', () => {
  fc.assert(
    fc.property(fc.tuple(share, share), fc.tuple(share, share), (first, second) => {
      for (const measure of [
        ABSOLUTE_DIFFERENCE,
        MEAN_ABSOLUTE_DIFFERENCE,
        LARGER_DIFFERENCE,
        FOLDED_RATIO,
        SMALLER_RATIO,
      ]) {
        nearly(measured(measure, first, second), measured(measure, second, first));
      }
      nearly(measured(MEAN_DIFFERENCE, first, second), -measured(MEAN_DIFFERENCE, second, first));
    }),
  );
});

test('an interval folds as its values do: it holds the fold of every value in it', () => {
  const ends = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }));
  fc.assert(
    fc.property(ends, ends, share, share, (a, b, atA, atB) => {
      const intervals = [a, b].map(([one, other]) => ({
        low: Math.min(one, other),
        high: Math.max(one, other),
        method,
      }));
      const within = intervals.map(({ low, high }, index) => low + (index === 0 ? atA : atB) * (high - low));
      const spread = foldedInterval('largest', intervals);
      const value = foldedValue('largest', within);
      assert.ok(spread.low <= value + 1e-12 && value <= spread.high + 1e-12);
      const positive = intervals.map(({ low, high }) => ({ low: Math.exp(low), high: Math.exp(high), method }));
      const ratio = foldedInterval('smallest', positive);
      const folded = foldedValue('smallest', within.map(Math.exp));
      assert.ok(ratio.low <= folded + 1e-12 && folded <= ratio.high + 1e-12 && ratio.high <= 1);
    }),
  );
});

test('square-and-add over Wilson’s intervals is Newcombe’s', () => {
  const estimated = (successes: number, trials: number) => ({
    value: successes / trials,
    interval: wilson(successes, trials, 0.95),
  });
  const ours = weightedSumInterval([1, -1], [estimated(56, 70), estimated(48, 80)]);
  const theirs = newcombeUnpaired({ successes: 56, trials: 70 }, { successes: 48, trials: 80 }, 0.95);
  nearly(ours.low, theirs.low);
  nearly(ours.high, theirs.high);
});

test('a quotient’s interval reaches 0 or infinity where the parts reach 0', () => {
  const part = (value: number, low: number, high: number) => ({ value, interval: { low, high, method } });
  assert.equal(quotientInterval(part(0, 0, 0.1), part(0.5, 0.4, 0.6)).low, 0);
  nearly(quotientInterval(part(0, 0, 0.1), part(0.5, 0.4, 0.6)).high, 0.25);
  assert.equal(quotientInterval(part(0.5, 0.4, 0.6), part(0.1, 0, 0.2)).high, Number.POSITIVE_INFINITY);
  const { low, high } = quotientInterval(part(0.5, 0.4, 0.6), part(0.5, 0.4, 0.6));
  assert.ok(low < 1 && high > 1 && low > 0.4 / 0.6 && high < 0.6 / 0.4);
});

test('Theil’s index is 0 where all are predicted rightly, and undefined where all are false negatives', () => {
  const counts = (truePositives: number, falsePositives: number, falseNegatives: number, trueNegatives: number) => ({
    ...{ truePositives, falsePositives, falseNegatives, trueNegatives },
  });
  assert.equal(theilIndex(counts(10, 0, 0, 30)), 0);
  assert.ok(Number.isNaN(theilIndex(counts(0, 0, 7, 0))));
  assert.ok(Number.isNaN(theilIndex(counts(0, 0, 0, 0))));
  // Benefits 2, 1 and 0, one row each, of mean 1: (2 ln 2 + 0 + 0) / 3.
  nearly(theilIndex(counts(1, 1, 1, 0)), (2 * Math.LN2) / 3);
});

function nearly(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 1e-12, `${a} and ${b}`);
}
