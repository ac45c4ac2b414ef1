import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { koopman } from '../../../../src/metrics/fairness/proportion-ratio.ts';
import { binomialPoint } from '../../../../src/metrics/resampling/beta.ts';
import type { Interval } from '../../../../src/metrics/resampling/interval.ts';
import { newcombePaired, newcombeUnpaired } from '../../../../src/metrics/resampling/newcombe.ts';
import { clopperPearson, proportionInterval, wilson } from '../../../../src/metrics/resampling/proportion.ts';

const proportion = fc
  .integer({ min: 1, max: 5000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }));

test('Wilson’s and Clopper and Pearson’s intervals are those of Newcombe’s paper of 1998', () => {
  assert.deepEqual(rounded(wilson(81, 263, 0.95)), [0.2553, 0.3662]);
  assert.deepEqual(rounded(wilson(15, 148, 0.95)), [0.0624, 0.1605]);
  assert.deepEqual(rounded(wilson(0, 20, 0.95)), [0, 0.1611]);
  assert.deepEqual(rounded(wilson(1, 29, 0.95)), [0.0061, 0.1718]);
  assert.deepEqual(rounded(clopperPearson(81, 263, 0.95)), [0.2527, 0.3676]);
  assert.deepEqual(rounded(clopperPearson(0, 20, 0.95)), [0, 0.1684]);
});

test('Newcombe’s intervals of differences are those of his papers of 1998', () => {
  const of = (a: number, m: number, b: number, n: number) =>
    rounded(newcombeUnpaired({ successes: a, trials: m }, { successes: b, trials: n }, 0.95));
  assert.deepEqual(of(56, 70, 48, 80), [0.0524, 0.3339]);
  assert.deepEqual(of(9, 10, 3, 10), [0.1705, 0.809]);
  assert.deepEqual(of(10, 10, 0, 20), [0.6791, 1]);
  assert.deepEqual(
    rounded(newcombePaired({ both: 36, onlyFirst: 12, onlySecond: 2, neither: 0 }, 0.95)),
    [0.0569, 0.3404],
  );
});

test('a proportion’s interval is that of its complement, turned round', () => {
  fc.assert(
    fc.property(proportion, fc.constantFrom(0.8, 0.95, 0.99), ({ successes, trials }, confidence) => {
      for (const intervalOf of [wilson, clopperPearson, proportionInterval]) {
        const own = intervalOf(successes, trials, confidence);
        const other = intervalOf(trials - successes, trials, confidence);
        nearly(own.low, 1 - other.high);
        nearly(own.high, 1 - other.low);
        assert.ok(own.low >= 0 && own.low <= successes / trials + 1e-12);
        assert.ok(own.high <= 1 && own.high >= successes / trials - 1e-12 && own.low < own.high);
      }
    }),
  );
});

test('exchanging the groups turns a difference round and a ratio over', () => {
  fc.assert(
    fc.property(proportion, proportion, (first, second) => {
      const there = newcombeUnpaired(first, second, 0.95);
      const back = newcombeUnpaired(second, first, 0.95);
      nearly(there.low, -back.high);
      nearly(there.high, -back.low);
      if (first.successes === 0 || second.successes === 0) return;
      const ratio = koopman(first, second, 0.95);
      const over = koopman(second, first, 0.95);
      assert.ok(Math.abs(ratio.low * over.high - 1) < 1e-9 && Math.abs(ratio.high * over.low - 1) < 1e-9);
      const value = (first.successes * second.trials) / (second.successes * first.trials);
      assert.ok(ratio.low <= value * (1 + 1e-9) && ratio.high >= value * (1 - 1e-9));
    }),
  );
});

test('a paired difference of models that agree everywhere is still not certain', () => {
  const { low, high } = newcombePaired({ both: 90, onlyFirst: 0, onlySecond: 0, neither: 10 }, 0.95);
  assert.ok(low < 0 && high > 0);
});

test('neither end of the interval that checks use is wrong in more than 4.5 % of samples, whatever the truth', () => {
  for (const trials of [1, 5, 20, 31, 50, 200, 1000]) {
    const lows = Array.from({ length: trials + 1 }, (_, successes) => proportionInterval(successes, trials, 0.95).low);
    for (let truth = 0.002; truth < 1; truth += 0.002) {
      let wrong = 0;
      for (const [successes, low] of lows.entries()) {
        if (low >= truth) wrong += binomialPoint(successes, trials, truth);
      }
      assert.ok(wrong <= 0.045, `${trials} trials, truth ${truth}: ${wrong}`);
    }
  }
});

function rounded({ low, high }: Interval): number[] {
  return [low, high].map((end) => Math.round(end * 10_000) / 10_000);
}

function nearly(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 1e-11, `${a} and ${b}`);
}
