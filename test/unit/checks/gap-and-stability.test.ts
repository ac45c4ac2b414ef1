import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GapCheck, StabilityCheck } from '../../../src/policy/schema.ts';
import { csv, outcomeOf, ROWS, type TestCase } from './support/assess-rows.ts';

function rows(right: number, of: number): string {
  return csv(
    ['y', 'p'],
    Array.from({ length: of }, (_, row) => [row % 2, row < right ? row % 2 : 1 - (row % 2)]),
  );
}

const TWO: Omit<TestCase, 'checks'> = {
  datasets: { training: { ...ROWS, path: 'training.csv' }, holdout: { ...ROWS, path: 'holdout.csv' } },
  files: { 'training.csv': rows(950, 1000), 'holdout.csv': rows(900, 1000) },
};

function gap(check: Partial<GapCheck>): GapCheck {
  return { check: 'gap', metric: 'accuracy', datasets: ['training', 'holdout'], max: 0.06, ...check } as GapCheck;
}

test('a gap is the drop from the first data set to the second', async () => {
  const outcome = await outcomeOf(gap({}), TWO);
  assert.equal(outcome.status, 'pass');
  assert.ok(Math.abs((outcome.value ?? 0) - 0.05) < 1e-12);
  assert.equal(outcome.formula, 'gap/accuracy/sklearn');
  assert.equal(
    outcome.message,
    'Accuracy is 0.95 on training and 0.9 on holdout, a drop of 0.05; at most 0.06 is required.',
  );
});

test('a gap’s interval is that of a difference, and must lie within the bound', async () => {
  const outcome = await outcomeOf(gap({ confidence: 0.95 }), TWO);
  assert.equal(outcome.status, 'uncertain');
  assert.equal(outcome.formula, 'gap/accuracy/sklearn, newcombe');
  const [low, high] = outcome.interval ?? [0, 0];
  assert.ok(low > 0.02 && low < 0.05 && high > 0.06 && high < 0.08);
  assert.equal((await outcomeOf(gap({ confidence: 0.95, max: 0.1 }), TWO)).status, 'pass');
});

test('of a loss, more on the second data set is the drop', async () => {
  const outcome = await outcomeOf(gap({ metric: 'brier_score', confidence: 0.95, max: 1 }), TWO);
  assert.ok(Math.abs((outcome.value ?? 0) - 0.05) < 1e-12);
  assert.match(outcome.formula ?? '', /^gap\/brier_score\/sklearn, square-and-add\/bootstrap-poisson/);
  const [low, high] = outcome.interval ?? [1, 0];
  assert.ok(low < 0.05 && high > 0.05);
});

function stability(check: Partial<StabilityCheck>): StabilityCheck {
  return { check: 'stability', logged: 'cv', statistic: 'sd', max: 0.2, ...check };
}

for (const [statistic, value] of [
  ['sd', Math.sqrt(0.02 / 2)],
  ['range', 0.2],
  ['min', 0.7],
  ['max', 0.9],
] as const) {
  test(`the ${statistic} over the steps`, async () => {
    const outcome = await outcomeOf(stability({ statistic, max: 1 }), { run: { metrics: { cv: [0.7, 0.8, 0.9] } } });
    assert.equal(outcome.status, 'pass');
    assert.ok(Math.abs((outcome.value ?? 0) - value) < 1e-12);
  });
}

test('stability says how many steps there were and where they lie', async () => {
  const outcome = await outcomeOf(stability({ max: 0.05 }), { run: { metrics: { cv: [0.7, 0.8, 0.9] } } });
  assert.equal(outcome.status, 'fail');
  assert.equal(
    outcome.message,
    'The standard deviation of “cv” over 3 steps is 0.1 (they go from 0.7 to 0.9); at most 0.05 is required.',
  );
});
