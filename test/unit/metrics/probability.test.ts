import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { averagePrecision } from '../../../src/metrics/average-precision.ts';
import { brierScore } from '../../../src/metrics/brier-score.ts';
import { type BinStrategy, calibrationBins } from '../../../src/metrics/calibration.ts';
import { calibrationCurve } from '../../../src/metrics/curves/calibration-curve.ts';
import { gainCurve } from '../../../src/metrics/curves/gain-curve.ts';
import { precisionRecallCurve } from '../../../src/metrics/curves/precision-recall-curve.ts';
import { rocCurve } from '../../../src/metrics/curves/roc-curve.ts';
import { expectedCalibrationError } from '../../../src/metrics/expected-calibration-error.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../../src/metrics/score-table.ts';
import { type Rows, repeated, rows, shuffledRows } from './arbitraries.ts';
import { assertAllClose, assertClose } from './close.ts';

const STRATEGIES: readonly BinStrategy[] = ['uniform', 'quantile'];
const table = ({ scores, labels }: Rows, weights?: Float64Array) => scoreTable(scores, labels, weights);

function values(given: Rows, weights?: Float64Array): Record<string, number> {
  const scored = table(given, weights);
  return {
    averagePrecision: averagePrecision(scored).value,
    brier: brierScore(given.scores, given.labels, weights),
    uniform: expectedCalibrationError(calibrationBins(scored, 7, 'uniform')),
    quantile: expectedCalibrationError(calibrationBins(scored, 7, 'quantile')),
  };
}

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(shuffledRows, ({ given, shuffled }) => {
      assertAllClose(values(shuffled), values(given));
      assertAllClose(values(shuffled, shuffled.weights), values(given, given.weights));
    }),
  );
});

test('a weight is the same as so many equal rows, in bins of equal mass too', () => {
  fc.assert(fc.property(rows, (given) => assertAllClose(values(given, given.weights), values(repeated(given)))));
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

test('average precision is 1 for the best order, and the share of positives when all scores are equal', () => {
  assert.equal(averagePrecision(scoreTable(Float64Array.of(0.1, 0.2, 0.9), Uint8Array.of(0, 0, 1))).value, 1);
  assert.equal(averagePrecision(scoreTable(Float64Array.of(5, 5, 5, 5), Uint8Array.of(0, 1, 0, 0))).value, 0.25);
});

test('average precision without positives is 0, and says so', () => {
  const none = scoreTable(Float64Array.of(0.3), Uint8Array.of(0));
  assert.deepEqual(averagePrecision(none), { value: 0, zeroDivision: true });
});

test('a rising function of the scores leaves average precision as it is', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const risen = { ...given, scores: given.scores.map((score) => 4 * score - 9) };
      assertClose(averagePrecision(table(risen)).value, averagePrecision(table(given)).value);
    }),
  );
});

test('swapping the classes leaves Brier score and calibration error in bins of equal width as they are', () => {
  fc.assert(
    fc.property(rows, (given) => {
      // A score on an edge goes to the bin below it: none may lie there.
      const scores = given.scores.map((score) => Math.round(score * 97) / 97);
      const one = { ...given, scores };
      const other = {
        ...given,
        scores: scores.map((score) => 1 - score),
        labels: given.labels.map((label) => 1 - label),
      };
      const error = (of: Rows) => expectedCalibrationError(calibrationBins(table(of), 7, 'uniform'));
      assertClose(error(other), error(one));
      assertClose(brierScore(other.scores, other.labels), brierScore(one.scores, one.labels));
    }),
  );
});

test('bins hold every row once', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 40 }), (given, bins) => {
      for (const strategy of STRATEGIES) {
        const { weight, positives } = calibrationBins(table(given), bins, strategy);
        assert.equal(weight.length, bins);
        assert.equal(
          weight.reduce((sum, value) => sum + value, 0),
          given.labels.length,
        );
        assert.equal(
          positives.reduce((sum, value) => sum + value, 0),
          given.labels.reduce((sum, value) => sum + value, 0),
        );
      }
    }),
  );
});

test('bins are open below and closed above, the first closed on both sides', () => {
  const scores = Float64Array.of(0, 0.5, 0.50001, 1);
  const { weight } = calibrationBins(scoreTable(scores, new Uint8Array(4)), 2, 'uniform');
  assert.deepEqual([...weight], [2, 2]);
});

test('bins of equal mass have as many rows each, but rows of one score stay together', () => {
  const distinct = Float64Array.from({ length: 12 }, (_, row) => row / 12);
  const bins = (scores: Float64Array) =>
    Array.from(calibrationBins(scoreTable(scores, new Uint8Array(scores.length)), 4, 'quantile').weight);
  assert.deepEqual(bins(distinct), [3, 3, 3, 3]);
  assert.deepEqual(bins(Float64Array.of(0.1, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.9)), [7, 0, 0, 1]);
});

test('a score that is the observed rate has no calibration error; certain and wrong ones have 1', () => {
  const quarter = scoreTable(new Float64Array(4).fill(0.25), Uint8Array.of(1, 0, 0, 0));
  const wrong = scoreTable(Float64Array.of(0, 1), Uint8Array.of(1, 0));
  for (const strategy of STRATEGIES) {
    assert.equal(expectedCalibrationError(calibrationBins(quarter, 10, strategy)), 0);
    assert.equal(expectedCalibrationError(calibrationBins(wrong, 10, strategy)), 1);
  }
  const none = scoreTable(new Float64Array(), new Uint8Array());
  assert.ok(Number.isNaN(expectedCalibrationError(calibrationBins(none, 10, 'uniform'))));
});

test('the area under the ROC curve’s points is ROC AUC', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const scored = table(given, given.weights);
      const { falsePositiveRates, truePositiveRates } = rocCurve(scored);
      let area = 0;
      for (let point = 1; point < falsePositiveRates.length; point += 1) {
        const width = (falsePositiveRates[point] as number) - (falsePositiveRates[point - 1] as number);
        area += (width * ((truePositiveRates[point] as number) + (truePositiveRates[point - 1] as number))) / 2;
      }
      const auc = rocAuc(scored);
      if (!Number.isNaN(auc)) assertClose(area, auc);
    }),
  );
});

test('the steps under the precision-recall curve’s points are average precision', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const scored = table(given, given.weights);
      const { precisions, recalls } = precisionRecallCurve(scored);
      let area = 0;
      for (let point = 1; point < recalls.length; point += 1)
        area += ((recalls[point - 1] as number) - (recalls[point] as number)) * (precisions[point - 1] as number);
      const { value, zeroDivision } = averagePrecision(scored);
      if (!zeroDivision) assertClose(area, value);
    }),
  );
});

test('a gain curve goes from nobody to everybody', () => {
  const { selected, captured, thresholds } = gainCurve(
    scoreTable(Float64Array.of(0.1, 0.9, 0.5), Uint8Array.of(0, 1, 1)),
  );
  assert.deepEqual([...selected], [0, 1 / 3, 2 / 3, 1]);
  assert.deepEqual([...captured], [0, 0.5, 1, 1]);
  assert.deepEqual([...thresholds], [Infinity, 0.9, 0.5, 0.1]);
});

test('curves of no rows are empty', () => {
  const none = scoreTable(new Float64Array(), new Uint8Array());
  assert.equal(rocCurve(none).thresholds.length, 0);
  assert.equal(gainCurve(none).thresholds.length, 0);
  assert.deepEqual([...precisionRecallCurve(none).precisions], [1]);
  assert.equal(calibrationCurve(calibrationBins(none, 5, 'quantile')).weight.length, 0);
});
