import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { averagePrecision } from '../../../src/metrics/average-precision.ts';
import { brierScore } from '../../../src/metrics/brier-score.ts';
import { confusionCounts } from '../../../src/metrics/confusion.ts';
import { confusionMatrix, countsOfClasses, matrixOfCells } from '../../../src/metrics/confusion-matrix.ts';
import { f1 } from '../../../src/metrics/f1.ts';
import { jaccard } from '../../../src/metrics/jaccard.ts';
import { logLoss } from '../../../src/metrics/log-loss.ts';
import { multiclassAccuracy } from '../../../src/metrics/multiclass/accuracy.ts';
import {
  averagePrecisionOfClass,
  multiclassAveragePrecision,
} from '../../../src/metrics/multiclass/average-precision.ts';
import { averaged, perClass } from '../../../src/metrics/multiclass/averaged.ts';
import { multiclassBalancedAccuracy } from '../../../src/metrics/multiclass/balanced-accuracy.ts';
import { multiclassBrierScore } from '../../../src/metrics/multiclass/brier-score.ts';
import { multiclassCohenKappa } from '../../../src/metrics/multiclass/cohen-kappa.ts';
import { multiclassLogLoss } from '../../../src/metrics/multiclass/log-loss.ts';
import { multiclassMatthewsCorrcoef } from '../../../src/metrics/multiclass/matthews-corrcoef.ts';
import { rocAucOfClass, rocAucOneVsOne, rocAucOneVsRest } from '../../../src/metrics/multiclass/roc-auc.ts';
import { firstRowNotAddingToOne, predictHighest, topLabel } from '../../../src/metrics/multiclass/scores.ts';
import { precision } from '../../../src/metrics/precision.ts';
import { recall } from '../../../src/metrics/recall.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../../src/metrics/score-table.ts';
import { specificity } from '../../../src/metrics/specificity.ts';
import { rows } from './arbitraries.ts';
import { assertAllClose, assertClose } from './close.ts';
import {
  type ClassRows,
  classRows,
  renamedClassRows,
  repeatedClasses,
  shuffledClassRows,
} from './multiclass-arbitraries.ts';

const codes = (...values: number[]) => Int32Array.from(values);
const CLASS_METRICS = { precision, recall, specificity, f1, jaccard };

/** Those that the classes' order doesn't change, then those that it does. */
function values(given: ClassRows, weights?: Float64Array): Record<string, number> {
  const { labels, scores, classes } = given;
  const matrix = confusionMatrix(labels, given.predictions, classes, weights);
  const found: Record<string, number> = {
    accuracy: multiclassAccuracy(matrix).value,
    balanced: multiclassBalancedAccuracy(matrix).value,
    matthews: multiclassMatthewsCorrcoef(matrix).value,
    kappa: multiclassCohenKappa(matrix, 'none').value,
    brier: multiclassBrierScore(labels, scores, weights),
    logLoss: multiclassLogLoss(labels, scores, weights),
  };
  for (const average of ['macro', 'weighted', 'micro'] as const) {
    for (const [name, metric] of Object.entries(CLASS_METRICS))
      found[`${name} ${average}`] = averaged(matrix, metric, average).value;
    found[`average precision ${average}`] = multiclassAveragePrecision(labels, scores, average, weights).value;
  }
  for (const average of ['macro', 'weighted'] as const) {
    found[`one vs rest ${average}`] = rocAucOneVsRest(labels, scores, average, weights);
    found[`one vs one ${average}`] = rocAucOneVsOne(labels, scores, average, weights);
  }
  return found;
}

test('rows are counted by label and prediction', () => {
  const matrix = confusionMatrix(codes(0, 0, 1, 2, 2), codes(0, 1, 1, 0, 2), 4);
  assert.deepEqual([...matrix.cells], [1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
  assert.deepEqual([...matrix.present], [1, 1, 1, 0]);
  assert.deepEqual(countsOfClasses(matrix)[0], {
    truePositives: 1,
    falsePositives: 1,
    falseNegatives: 1,
    trueNegatives: 2,
  });
});

test('a class that only rows of no weight have is present all the same', () => {
  const matrix = confusionMatrix(codes(0, 1), codes(0, 1), 2, Float64Array.of(1, 0));
  assert.deepEqual([...matrix.present], [1, 1]);
  assert.deepEqual(averaged(matrix, f1, 'macro'), { value: 0.5, zeroDivision: true });
});

test('averages leave out classes that no row has, and say when a class was 0/0', () => {
  const matrix = confusionMatrix(codes(0, 0, 1), codes(0, 1, 1), 5);
  assert.deepEqual(averaged(matrix, recall, 'macro'), { value: 0.75, zeroDivision: false });
  const unseen = confusionMatrix(codes(0, 0, 1), codes(0, 2, 1), 3);
  assert.deepEqual(averaged(unseen, recall, 'macro'), { value: 0.5, zeroDivision: true });
  assert.deepEqual(multiclassBalancedAccuracy(unseen), { value: 0.75, zeroDivision: true });
});

test('without rows every value is 0/0 or NaN, and none throws', () => {
  const matrix = matrixOfCells(new Float64Array(9), 3);
  assert.deepEqual(averaged(matrix, f1, 'micro'), { value: 0, zeroDivision: true });
  assert.deepEqual(multiclassAccuracy(matrix), { value: 0, zeroDivision: true });
  assert.deepEqual(multiclassMatthewsCorrcoef(matrix), { value: 0, zeroDivision: true });
  assert.deepEqual(multiclassBalancedAccuracy(matrix), { value: 0, zeroDivision: true });
  assert.ok(Number.isNaN(multiclassCohenKappa(matrix, 'linear').value));
  const none = [0, 1, 2].map(() => new Float64Array());
  assert.ok(Number.isNaN(multiclassBrierScore(codes(), none)));
  assert.ok(Number.isNaN(rocAucOneVsOne(codes(), none, 'macro')));
  assert.ok(Number.isNaN(rocAucOneVsRest(codes(), none, 'weighted')));
});

test('the highest score is the prediction, of equal ones the first class’s', () => {
  const scores = [Float64Array.of(0.2, 0.5, 0.1), Float64Array.of(0.4, 0.5, 0.1), Float64Array.of(0.4, 0, 0.8)];
  assert.deepEqual(predictHighest(scores), codes(1, 0, 2));
  assert.deepEqual(topLabel(codes(1, 1, 2), scores), {
    confidence: Float64Array.of(0.4, 0.5, 0.8),
    correct: Uint8Array.of(1, 0, 1),
  });
  assert.equal(firstRowNotAddingToOne(scores, 1e-9), -1);
  assert.equal(firstRowNotAddingToOne([...scores, Float64Array.of(0, 0.1, 0)], 1e-9), 1);
});

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(shuffledClassRows, ({ given, shuffled }) => {
      assertAllClose(values(shuffled), values(given));
      assertAllClose(values(shuffled, shuffled.weights), values(given, given.weights));
    }),
  );
});

test('other names for the classes change nothing', () => {
  fc.assert(
    fc.property(renamedClassRows, ({ given, renamed }) => {
      assertAllClose(values(renamed), values(given));
      assertAllClose(values(renamed, given.weights), values(given, given.weights));
    }),
  );
});

test('a weight is the same as so many equal rows', () => {
  fc.assert(
    fc.property(classRows, (given) => {
      // A class of no weight is present in the one and absent in the other.
      fc.pre(given.weights.every((weight) => weight > 0));
      assertAllClose(values(given, given.weights), values(repeatedClasses(given)));
    }),
  );
});

test('of a single weight, all weights are as good as none', () => {
  fc.assert(
    fc.property(classRows, fc.constantFrom(0.1, 3, 1e9), (given, weight) =>
      assertAllClose(values(given, new Float64Array(given.labels.length).fill(weight)), values(given)),
    ),
  );
});

test('with two classes every formula is that of the binary task', () => {
  fc.assert(
    fc.property(rows, ({ labels, scores, weights }) => {
      fc.pre(weights.some((weight) => weight > 0));
      const classes = Int32Array.from(labels);
      const both = [scores.map((score) => 1 - score), scores];
      const matrix = confusionMatrix(classes, predictHighest(both), 2, weights);
      const counts = confusionCounts(labels, Uint8Array.from(predictHighest(both)), weights);
      for (const metric of Object.values(CLASS_METRICS))
        assertClose(perClass(matrix, metric)[1]?.value ?? Number.NaN, metric(counts).value);
      const table = scoreTable(scores, labels, weights);
      assertClose(rocAucOfClass(classes, both, 1, weights), rocAuc(table));
      assertClose(rocAucOneVsOne(classes, both, 'macro', weights), rocAuc(table));
      assertClose(averagePrecisionOfClass(classes, both, 1, weights).value, averagePrecision(table).value);
      assertClose(multiclassBrierScore(classes, both, weights), brierScore(scores, labels, weights));
      assertClose(multiclassLogLoss(classes, both, weights), logLoss(scores, labels, weights));
    }),
  );
});

test('a rising function of the scores leaves ROC AUC and average precision as they are', () => {
  fc.assert(
    fc.property(classRows, (given) => {
      const risen = given.scores.map((column) => column.map((score) => 8 * score - 3));
      for (const average of ['macro', 'weighted'] as const) {
        assertClose(rocAucOneVsOne(given.labels, risen, average), rocAucOneVsOne(given.labels, given.scores, average));
        assertClose(
          multiclassAveragePrecision(given.labels, risen, average).value,
          multiclassAveragePrecision(given.labels, given.scores, average).value,
        );
      }
    }),
  );
});

test('kappa is 1 for predictions that are all right, and its weights take the classes’ order for a scale', () => {
  const labels = codes(0, 1, 2, 2, 1);
  for (const weights of ['none', 'linear', 'quadratic'] as const)
    assert.equal(multiclassCohenKappa(confusionMatrix(labels, labels, 3), weights).value, 1);
  const near = confusionMatrix(codes(0, 1, 2, 0), codes(0, 1, 2, 1), 3);
  const far = confusionMatrix(codes(0, 1, 2, 0), codes(0, 1, 2, 2), 3);
  assert.equal(multiclassCohenKappa(near, 'none').value > 0, true);
  assert.ok(multiclassCohenKappa(near, 'quadratic').value > multiclassCohenKappa(far, 'quadratic').value);
});

test('constant predictions have a correlation of 0, whatever the weights', () => {
  const weights = Float64Array.of(0.1, 0.2, 0.3, 1e-9);
  const matrix = confusionMatrix(codes(0, 1, 2, 3), codes(2, 2, 2, 2), 4, weights);
  assert.deepEqual(multiclassMatthewsCorrcoef(matrix), { value: 0, zeroDivision: true });
});
