import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { balancedAccuracy } from '../../../src/metrics/balanced-accuracy.ts';
import { cohenKappa } from '../../../src/metrics/cohen-kappa.ts';
import { type ConfusionCounts, confusionCounts } from '../../../src/metrics/confusion.ts';
import { falseNegativeRate, falsePositiveRate } from '../../../src/metrics/error-rates.ts';
import { bestThreshold, expectedValue, type Payoff } from '../../../src/metrics/expected-value.ts';
import { f1 } from '../../../src/metrics/f1.ts';
import { fbeta } from '../../../src/metrics/fbeta.ts';
import { jaccard } from '../../../src/metrics/jaccard.ts';
import { matthewsCorrcoef } from '../../../src/metrics/matthews-corrcoef.ts';
import { precision } from '../../../src/metrics/precision.ts';
import { predictAtThreshold } from '../../../src/metrics/predictions.ts';
import { recall } from '../../../src/metrics/recall.ts';
import { scoreTable } from '../../../src/metrics/score-table.ts';
import { selectionRate } from '../../../src/metrics/selection-rate.ts';
import { specificity } from '../../../src/metrics/specificity.ts';
import { type Rows, repeated, rows, shuffledRows } from './arbitraries.ts';
import { assertAllClose, assertClose } from './close.ts';

const PAYOFF: Payoff = { tp: 25, fp: -50, fn: -900, tn: 120 };
const NOTHING: ConfusionCounts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
const METRICS = {
  balancedAccuracy,
  specificity,
  fbeta: (counts: ConfusionCounts) => fbeta(counts, 2),
  jaccard,
  matthewsCorrcoef,
  cohenKappa,
  selectionRate,
  falsePositiveRate,
  falseNegativeRate,
  expectedValue: (counts: ConfusionCounts) => expectedValue(counts, PAYOFF),
};

function countsOf(given: Rows, weights?: Float64Array): ConfusionCounts {
  return confusionCounts(given.labels, predictAtThreshold(given.scores, 0.5), weights);
}

function values(counts: ConfusionCounts): Record<string, number> {
  return Object.fromEntries(Object.entries(METRICS).map(([name, metric]) => [name, metric(counts).value]));
}

test('without rows every ratio is 0/0, and says so', () => {
  for (const [name, metric] of Object.entries(METRICS)) {
    const { value, zeroDivision } = metric(NOTHING);
    assert.ok(zeroDivision, name);
    if (name === 'cohenKappa') assert.ok(Number.isNaN(value));
    else assert.equal(value, 0, name);
  }
});

test('balanced accuracy without a class is the recall of the other, and says so', () => {
  assert.deepEqual(balancedAccuracy({ ...NOTHING, truePositives: 3, falseNegatives: 1 }), {
    value: 0.75,
    zeroDivision: true,
  });
});

test('kappa of one class alone is undefined', () => {
  assert.deepEqual(cohenKappa({ ...NOTHING, trueNegatives: 5 }), { value: Number.NaN, zeroDivision: true });
});

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(shuffledRows, ({ given, shuffled }) => {
      assertAllClose(values(countsOf(shuffled, shuffled.weights)), values(countsOf(given, given.weights)));
    }),
  );
});

test('a weight is the same as so many equal rows', () => {
  fc.assert(
    fc.property(rows, (given) =>
      assertAllClose(values(countsOf(given, given.weights)), values(countsOf(repeated(given)))),
    ),
  );
});

test('swapping the classes turns each rate into that of the other class', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const counts = countsOf(given);
      const swapped: ConfusionCounts = {
        truePositives: counts.trueNegatives,
        falsePositives: counts.falseNegatives,
        falseNegatives: counts.falsePositives,
        trueNegatives: counts.truePositives,
      };
      assert.deepEqual(specificity(counts), recall(swapped));
      assert.deepEqual(falsePositiveRate(counts), falseNegativeRate(swapped));
      assertClose(matthewsCorrcoef(counts).value, matthewsCorrcoef(swapped).value);
      assertClose(cohenKappa(counts).value, cohenKappa(swapped).value);
      assertClose(balancedAccuracy(counts).value, balancedAccuracy(swapped).value);
      if (!specificity(counts).zeroDivision)
        assertClose(falsePositiveRate(counts).value, 1 - specificity(counts).value);
    }),
  );
});

test('turning every prediction round turns the correlation round', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const counts = countsOf(given);
      const turned: ConfusionCounts = {
        truePositives: counts.falseNegatives,
        falseNegatives: counts.truePositives,
        trueNegatives: counts.falsePositives,
        falsePositives: counts.trueNegatives,
      };
      assertClose(matthewsCorrcoef(turned).value, -matthewsCorrcoef(counts).value);
    }),
  );
});

test('fbeta is F1 at 1, and nears recall or precision as beta grows or shrinks', () => {
  const counts = { truePositives: 8, falsePositives: 4, falseNegatives: 1, trueNegatives: 20 };
  assert.equal(fbeta(counts, 1).value, f1(counts).value);
  assert.ok(Math.abs(fbeta(counts, 1e6).value - recall(counts).value) < 1e-9);
  assert.ok(Math.abs(fbeta(counts, 1e-6).value - precision(counts).value) < 1e-9);
});

test('the expected value is the mean payoff of a row', () => {
  const counts = { truePositives: 1, falsePositives: 2, falseNegatives: 3, trueNegatives: 4 };
  assert.equal(expectedValue(counts, PAYOFF).value, (25 - 100 - 2700 + 480) / 10);
});

test('no threshold beats the best one, and it brings what it promises', () => {
  fc.assert(
    fc.property(rows, fc.record({ tp: fc.nat(9), fp: fc.nat(9), fn: fc.nat(9), tn: fc.nat(9) }), (given, payoff) => {
      const { labels, scores, weights } = given;
      fc.pre(weights.some((weight) => weight > 0));
      const best = bestThreshold(scoreTable(scores, labels, weights), payoff);
      const at = (threshold: number) =>
        expectedValue(confusionCounts(labels, predictAtThreshold(scores, threshold), weights), payoff).value;
      assert.ok(best);
      assertClose(best.expectedValue, at(best.threshold));
      for (const threshold of [...scores, Infinity]) assert.ok(at(threshold) <= best.expectedValue + 1e-12);
    }),
  );
});

test('of equally good thresholds the highest is reported, and none without rows', () => {
  const indifferent: Payoff = { tp: 1, fp: 1, fn: 1, tn: 1 };
  const table = scoreTable(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
  assert.deepEqual(bestThreshold(table, indifferent), { threshold: Infinity, expectedValue: 1 });
  assert.deepEqual(bestThreshold(table, PAYOFF), { threshold: 0.8, expectedValue: 72.5 });
  assert.equal(bestThreshold(scoreTable(new Float64Array(), new Uint8Array()), PAYOFF), undefined);
});
