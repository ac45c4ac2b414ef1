import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accuracy } from '../../../src/metrics/accuracy.ts';
import { type ConfusionCounts, confusionCounts } from '../../../src/metrics/confusion.ts';
import { f1 } from '../../../src/metrics/f1.ts';
import { precision } from '../../../src/metrics/precision.ts';
import { predictAtThreshold } from '../../../src/metrics/predictions.ts';
import { recall } from '../../../src/metrics/recall.ts';
import { repeated, rows, shuffledRows } from './arbitraries.ts';

const METRICS = { accuracy, precision, recall, f1 };
const flags = (...values: number[]) => Uint8Array.from(values);

function countsOf(rowsGiven: { labels: Uint8Array; scores: Float64Array }, weights?: Float64Array): ConfusionCounts {
  return confusionCounts(rowsGiven.labels, predictAtThreshold(rowsGiven.scores, 0.5), weights);
}

test('rows are counted by label and prediction', () => {
  const counts = confusionCounts(flags(1, 1, 1, 0, 0, 0, 0), flags(1, 1, 0, 1, 0, 0, 0));
  assert.deepEqual(counts, { truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 3 });
  assert.equal(accuracy(counts).value, 5 / 7);
  assert.equal(precision(counts).value, 2 / 3);
  assert.equal(recall(counts).value, 2 / 3);
  assert.equal(f1(counts).value, 4 / 6);
});

test('a score on the threshold predicts the positive class', () => {
  assert.deepEqual(predictAtThreshold(Float64Array.of(0.49, 0.5, 0.51, Number.NaN), 0.5), flags(0, 1, 1, 0));
});

test('0/0 is 0, and says so', () => {
  const nothingPositive = confusionCounts(flags(0, 0), flags(0, 0));
  for (const metric of [precision, recall, f1])
    assert.deepEqual(metric(nothingPositive), { value: 0, zeroDivision: true });
  assert.deepEqual(accuracy(nothingPositive), { value: 1, zeroDivision: false });
});

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(shuffledRows, ({ given, shuffled }) => {
      assert.deepEqual(countsOf(given), countsOf(shuffled));
      assert.deepEqual(countsOf(given, given.weights), countsOf(shuffled, shuffled.weights));
    }),
  );
});

test('a weight is the same as so many equal rows', () => {
  fc.assert(fc.property(rows, (given) => assert.deepEqual(countsOf(given, given.weights), countsOf(repeated(given)))));
});

test('swapping the classes swaps the cells of the table', () => {
  fc.assert(
    fc.property(rows, ({ labels, scores }) => {
      const predictions = predictAtThreshold(scores, 0.5);
      const given = confusionCounts(labels, predictions);
      const swapped = confusionCounts(
        labels.map((label) => 1 - label),
        predictions.map((prediction) => 1 - prediction),
      );
      assert.deepEqual(swapped, {
        truePositives: given.trueNegatives,
        falsePositives: given.falseNegatives,
        falseNegatives: given.falsePositives,
        trueNegatives: given.truePositives,
      });
      assert.equal(accuracy(given).value, accuracy(swapped).value);
    }),
  );
});

test('every metric lies between 0 and 1', () => {
  fc.assert(
    fc.property(rows, (given) => {
      for (const metric of Object.values(METRICS)) {
        const { value } = metric(countsOf(given, given.weights));
        assert.ok(value >= 0 && value <= 1);
      }
    }),
  );
});
