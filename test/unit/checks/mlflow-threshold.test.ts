import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedDemands, type MlflowThreshold, type MlflowValues } from '../../../src/checks/mlflow-threshold.ts';
import type { MetricCheck } from '../../../src/policy/schema.ts';
import { approvedIn, outcomeOf, type TestCase } from './support/assess-rows.ts';

const UP = true;
const DOWN = false;

/** What `mlflow.models.evaluation.validation._validate` (3.17.2) says of the same numbers. */
const MLFLOW_SAYS: readonly [MlflowThreshold, MlflowValues['own'], number | undefined, boolean, string[]][] = [
  [{ threshold: 0.8 }, 0.8, undefined, UP, []],
  [{ threshold: 0.8 }, 0.7999999, undefined, UP, ['threshold']],
  [{ threshold: 0.8 }, 0.8, undefined, DOWN, []],
  [{ threshold: 0.8 }, 0.8000001, undefined, DOWN, ['threshold']],
  [{ min_absolute_change: 0.25 }, 0.75, 0.5, UP, []],
  // 0.8 + 0.05 is above 0.85 as a float, so MLflow says no.
  [{ min_absolute_change: 0.05 }, 0.85, 0.8, UP, ['min_absolute_change']],
  [{ min_absolute_change: 0.2 }, 0.3, 0.1, UP, ['min_absolute_change']],
  [{ min_absolute_change: 0.05 }, 0.75, 0.8, DOWN, []],
  [{ min_absolute_change: 0.05 }, 0.76, 0.8, DOWN, ['min_absolute_change']],
  [{ min_relative_change: 0.1 }, 1.1, 1, UP, []],
  [{ min_relative_change: 0.1 }, 1.09, 1, UP, ['min_relative_change']],
  [{ min_relative_change: 0.1 }, -0.9, -1, UP, ['min_relative_change']],
  [{ min_relative_change: 0.1 }, -0.8, -1, UP, []],
  [{ min_relative_change: 0.5 }, 1e-10, 0, UP, []],
  [{ min_relative_change: 0.5 }, 0.9e-10, 0, UP, ['min_relative_change']],
  [{ min_relative_change: 0.5 }, -1e-10, 0, DOWN, []],
  [{ min_relative_change: 0 }, 0.8, 0.8, UP, []],
  [
    { threshold: 0.9, min_absolute_change: 0.1, min_relative_change: 0.5 },
    0.8,
    0.8,
    UP,
    ['threshold', 'min_absolute_change', 'min_relative_change'],
  ],
];
for (const [threshold, own, others, greaterIsBetter, failed] of MLFLOW_SAYS) {
  test(`${JSON.stringify(threshold)} of ${own} against ${others}, ${greaterIsBetter ? 'up' : 'down'} is better`, () => {
    assert.deepEqual(failedDemands(threshold, { own, others, greaterIsBetter }), failed);
  });
}

const RUNS: Omit<TestCase, 'checks'> = {
  run: { metrics: { acc: [0.85], loss: [0.3] } },
  others: { old: { metrics: { acc: [0.8], loss: [0.5] } } },
  baselines: approvedIn('old'),
};

test('MLflow’s fields judge the value itself, and say what was missed', async () => {
  const check: MetricCheck = {
    check: 'metric',
    logged: 'acc',
    greater_is_better: true,
    threshold: 0.8,
    against: 'production',
    min_absolute_change: 0.1,
  };
  const outcome = await outcomeOf(check, RUNS);
  assert.equal(outcome.status, 'fail');
  assert.equal(outcome.value, 0.85);
  assert.deepEqual(outcome.bound, { threshold: 0.8, min_absolute_change: 0.1 });
  assert.equal(outcome.formula, 'logged/latest, mlflow');
  assert.equal(
    outcome.message,
    'The logged “acc”: 0.85 against 0.8 of the model approved for production, which does not meet `min_absolute_change`; required: at least 0.8 and better by at least 0.1.',
  );
  assert.equal((await outcomeOf({ ...check, min_absolute_change: 0.04 }, RUNS)).status, 'pass');
});

test('for the first model only the threshold is judged; without one nothing is', async () => {
  const first = { ...RUNS, baselines: new Map() };
  const check: MetricCheck = {
    check: 'metric',
    logged: 'loss',
    greater_is_better: false,
    against: 'production',
    min_relative_change: 0.1,
  };
  assert.equal((await outcomeOf(check, first)).status, 'not_applicable');
  const both = await outcomeOf({ ...check, threshold: 0.4 }, first);
  assert.equal(both.status, 'pass');
  assert.match(both.message, /first model, so no change is judged/);
  assert.equal((await outcomeOf({ ...check, threshold: 0.2 }, first)).status, 'fail');
});
