import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../src/checks/kinds.ts';
import type { Check, Dataset } from '../../../src/policy/schema.ts';
import { fairnessOn } from './support/fairness-rows.ts';
import { type MemoryTable, memoryContext } from './support/memory-context.ts';

const POSITIVES = 50;
const NEGATIVES = 1950;
const ROWS = POSITIVES + NEGATIVES;

/** Every positive is found, and of the negatives a few are taken for positives: only those vary in resamples. */
function rows(falsePositives: number): MemoryTable {
  const labels = Array.from({ length: ROWS }, (_, row) => (row < POSITIVES ? 1 : 0));
  return {
    y: labels,
    prediction: labels.map((label, row) => (label === 1 || row < POSITIVES + falsePositives ? 1 : 0)),
    w: labels.map((_, row) => 1 + (row % 3) / 10),
    u: labels.map((_, row) => row >> 1),
    k: labels.map((_, row) => row),
    two: labels.map((_, row) => (row % 2 === 0 ? 'a' : 'b')),
  };
}

const DATASET: Dataset = { path: 'run:rows.csv', label: 'y', prediction: 'prediction' };
// With 50 of 50 found, a recall of 0.93 is not refuted at 0.95: a balanced accuracy of 0.965 is not, either.
const BALANCED: Check = { check: 'metric', metric: 'balanced_accuracy', dataset: 'd', min: 0.97, confidence: 0.95 };

for (const [how, dataset] of [
  ['plain', {}],
  ['weighted', { weight: 'w' }],
  ['clustered', { unit: 'u' }],
] as const) {
  test(`that no positive of fifty was missed does not prove that none is: ${how} rows`, async () => {
    const context = memoryContext('binary', { d: { dataset: { ...DATASET, ...dataset }, table: rows(20) } });
    const finding = await evaluate(BALANCED, context);
    assert.equal(finding.status, 'uncertain', finding.message);
    assert.ok(finding.interval !== null && finding.interval[0] < 0.965, String(finding.interval?.[0]));
  });

  test(`that two models find the same positives does not prove that neither is worse: ${how} rows`, async () => {
    const check = { check: 'metric', metric: 'balanced_accuracy', dataset: 'd', against: 'production' } as const;
    const context = memoryContext(
      'binary',
      { d: { dataset: { ...DATASET, ...dataset, key: 'k' }, table: rows(20) } },
      { d: rows(60) },
    );
    const finding = await evaluate({ ...check, max_drop: 0.02, confidence: 0.95 }, context);
    assert.equal(finding.status, 'uncertain', finding.message);
    const wide = await evaluate({ ...check, max_drop: 0.06, confidence: 0.95 }, context);
    assert.equal(wide.status, 'pass', wide.message);
  });
}

test('several classes: one that is always found may be missed all the same', async () => {
  const table: MemoryTable = {
    y: [...new Array(40).fill('rare'), ...new Array(2000).fill('a'), ...new Array(2000).fill('b')],
    prediction: [
      ...new Array(40).fill('rare'),
      ...Array.from({ length: 2000 }, (_, row) => (row < 20 ? 'b' : 'a')),
      ...Array.from({ length: 2000 }, (_, row) => (row < 20 ? 'a' : 'b')),
    ],
  };
  const finding = await evaluate(
    { ...BALANCED, min: 0.98 },
    memoryContext('multiclass', { d: { dataset: DATASET, table } }),
  );
  assert.equal(finding.status, 'uncertain', finding.message);
});

test('a group of which no positive was missed leaves the spread as open as its rows do', async () => {
  const { y = [], prediction = [], w = [], two = [] } = rows(60);
  const finding = await fairnessOn(
    {
      groups: { two: two as string[] },
      labels: y as number[],
      predictions: prediction as number[],
      weights: w as number[],
    },
    { metric: 'balanced_accuracy_difference', group: 'two', max: 0.03, confidence: 0.95 },
  );
  assert.equal(finding.status, 'uncertain', finding.message);
});

/** Scored rows of which so many are positive, each with the weight 1 or 2. */
function scored(positives: number): MemoryTable {
  const labels = Array.from({ length: 1000 }, (_, row) => (row < positives ? 1 : 0));
  return {
    y: labels,
    p: labels.map((label, row) => ((row * 37) % 100) / 200 + label * 0.45),
    w: labels.map((_, row) => 1 + (row % 2)),
  };
}

test('weighted rows give no interval where the rarer class has fewer rows than were found to be enough', async () => {
  const dataset: Dataset = { path: 'rows.csv', label: 'y', score: 'p', weight: 'w' };
  const judged = (metric: 'roc_auc' | 'recall', positives: number) =>
    evaluate(
      { check: 'metric', metric, dataset: 'd', min: 0.1, confidence: 0.95 },
      memoryContext('binary', { d: { dataset, table: scored(positives) } }),
    );
  assert.equal((await judged('roc_auc', 99)).status, 'not_evaluable');
  assert.equal((await judged('roc_auc', 100)).status, 'pass');
  assert.equal((await judged('recall', 19)).status, 'not_evaluable');
  assert.equal((await judged('recall', 40)).status, 'pass');
});

test('what is made of squared errors has an interval from two hundred rows on', async () => {
  const judged = (metric: 'r2' | 'root_mean_squared_error' | 'mean_absolute_error', rows: number) => {
    const y = Array.from({ length: rows }, (_, row) => (row * 7) % 50);
    const table = { y, prediction: y.map((label, row) => label + ((row % 5) - 2)) };
    return evaluate(
      { check: 'metric', metric, dataset: 'd', ...(metric === 'r2' ? { min: 0.1 } : { max: 9 }), confidence: 0.95 },
      memoryContext('regression', { d: { dataset: DATASET, table } }),
    );
  };
  for (const metric of ['r2', 'root_mean_squared_error'] as const) {
    assert.equal((await judged(metric, 199)).status, 'not_evaluable');
    assert.equal((await judged(metric, 200)).status, 'pass');
  }
  assert.equal((await judged('mean_absolute_error', 50)).status, 'pass');
});
