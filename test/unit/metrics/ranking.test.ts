import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { logLoss } from '../../../src/metrics/log-loss.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../../src/metrics/score-table.ts';
import { compensatedSum } from '../../../src/metrics/sums.ts';
import { type Rows, repeated, rows, shuffledRows } from './arbitraries.ts';

const TOLERANCE = 1e-12;

function aucOf({ scores, labels }: Rows, weights?: Float64Array): number {
  return rocAuc(scoreTable(scores, labels, weights));
}

/** By its definition: every pair of a positive and a negative row. */
function aucByPairs({ scores, labels, weights }: Rows): number {
  let won = 0;
  let pairs = 0;
  for (const [i, label] of labels.entries()) {
    for (const [j, other] of labels.entries()) {
      if (label !== 1 || other !== 0) continue;
      const weight = (weights[i] as number) * (weights[j] as number);
      const difference = (scores[i] as number) - (scores[j] as number);
      won += weight * (difference > 0 ? 1 : difference === 0 ? 0.5 : 0);
      pairs += weight;
    }
  }
  return pairs === 0 ? Number.NaN : won / pairs;
}

function assertClose(actual: number, expected: number): void {
  if (Number.isNaN(expected)) assert.ok(Number.isNaN(actual));
  else
    assert.ok(
      Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)),
      `${actual} is not ${expected}`,
    );
}

test('a score table has each score once, in ascending order, with the rows of both classes', () => {
  const table = scoreTable(Float64Array.of(0.9, 0.1, 0.9, 0.1, 0.5), Uint8Array.of(1, 0, 0, 0, 1));
  assert.deepEqual([...table.scores], [0.1, 0.5, 0.9]);
  assert.deepEqual([...table.positives], [0, 1, 1]);
  assert.deepEqual([...table.negatives], [2, 0, 1]);
});

test('with weights, a score table adds them up and leaves rows of no weight out', () => {
  const table = scoreTable(
    Float64Array.of(0.9, 0.1, 0.9, 0.3),
    Uint8Array.of(1, 0, 0, 1),
    Float64Array.of(2, 0.5, 3, 0),
  );
  assert.deepEqual([...table.scores], [0.1, 0.9]);
  assert.deepEqual([...table.positives], [0, 2]);
  assert.deepEqual([...table.negatives], [0.5, 3]);
});

test('-0 and 0 are one score', () => {
  assert.equal(scoreTable(Float64Array.of(-0, 0), Uint8Array.of(0, 1)).scores.length, 1);
});

test('ROC AUC is the share of pairs that are in the right order, ties counting half', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const plain = { ...given, weights: given.weights.map(() => 1) };
      assertClose(aucOf(plain), aucByPairs(plain));
      assertClose(aucOf(given, given.weights), aucByPairs(given));
    }),
  );
});

test('ROC AUC does not exist without both classes', () => {
  assert.ok(Number.isNaN(rocAuc(scoreTable(Float64Array.of(0.1, 0.2), Uint8Array.of(1, 1)))));
  assert.ok(Number.isNaN(rocAuc(scoreTable(Float64Array.of(0.1, 0.2), Uint8Array.of(1, 0), Float64Array.of(1, 0)))));
});

test('the order of rows changes neither ROC AUC nor log loss', () => {
  fc.assert(
    fc.property(shuffledRows, ({ given, shuffled }) => {
      assertClose(aucOf(given), aucOf(shuffled));
      assertClose(aucOf(given, given.weights), aucOf(shuffled, shuffled.weights));
      assertClose(logLoss(given.scores, given.labels), logLoss(shuffled.scores, shuffled.labels));
    }),
  );
});

test('swapping the classes turns ROC AUC round', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const swapped = { ...given, labels: given.labels.map((label) => 1 - label) };
      assertClose(aucOf(given), 1 - aucOf(swapped));
    }),
  );
});

test('a rising function of the scores leaves ROC AUC as it is', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const risen = { ...given, scores: given.scores.map((score) => 2 * score - 5) };
      assertClose(aucOf(given), aucOf(risen));
    }),
  );
});

test('a weight is the same as so many equal rows', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const more = repeated(given);
      if (more.labels.length === 0) return;
      assertClose(aucOf(given, given.weights), aucOf(more));
      assertClose(logLoss(given.scores, given.labels, given.weights), logLoss(more.scores, more.labels));
    }),
  );
});

test('log loss of a coin toss is ln 2, of a certain and right answer almost 0, of a wrong one finite', () => {
  assertClose(logLoss(Float64Array.of(0.5, 0.5), Uint8Array.of(1, 0)), Math.LN2);
  assertClose(logLoss(Float64Array.of(1, 0), Uint8Array.of(1, 0)), -Math.log(1 - Number.EPSILON));
  assertClose(logLoss(Float64Array.of(0), Uint8Array.of(1)), -Math.log(Number.EPSILON));
});

test('log loss of swapped classes and scores is the same', () => {
  fc.assert(
    fc.property(rows, ({ labels, scores }) => {
      const swapped = logLoss(
        scores.map((score) => 1 - score),
        labels.map((label) => 1 - label),
      );
      assert.ok(Math.abs(logLoss(scores, labels) - swapped) < 1e-9);
    }),
  );
});

test('a sum keeps small numbers beside large ones', () => {
  assert.equal(compensatedSum([1e16, 1, -1e16]), 1);
  assert.equal(compensatedSum(Float64Array.from({ length: 10_000_000 }, () => 0.1)), 1_000_000);
  assert.equal(compensatedSum([]), 0);
});
