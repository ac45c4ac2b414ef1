import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset, MetricCheck } from '../../../src/policy/schema.ts';
import { approvedIn, csv, outcomeOf, ROWS, type TestCase } from './support/assess-rows.ts';

/** 200 rows; the model is right on all but every `wrongEvery`th. */
function table(wrongEvery: number, order: (rows: number[]) => number[] = (rows) => rows): string {
  const rows = order(Array.from({ length: 200 }, (_, row) => row));
  return csv(
    ['y', 'p', 'id', 'g', 'u'],
    rows.map((row) => {
      const label = row % 2;
      const isRight = row % wrongEvery !== 0;
      const score = (isRight ? label : 1 - label) * 0.6 + 0.2 + (row % 7) / 100;
      return [label, score.toFixed(4), `id${row}`, row % 3 === 0 ? 'a' : 'b', `u${row % 50}`];
    }),
  );
}

const CANDIDATE = table(10); // 0.9
const APPROVED = table(20); // 0.95

function both(own: string, others: string, dataset: Partial<Dataset> = { key: 'id' }): Omit<TestCase, 'checks'> {
  return {
    datasets: { holdout: { ...ROWS, path: 'run:rows.csv', ...dataset } },
    run: { files: { 'rows.csv': own }, metrics: { loss: [0.5] } },
    others: { old: { files: { 'rows.csv': others }, metrics: { loss: [0.4] } } },
    baselines: approvedIn('old'),
  };
}

function drop(check: Partial<MetricCheck>): MetricCheck {
  return {
    check: 'metric',
    metric: 'accuracy',
    dataset: 'holdout',
    against: 'production',
    max_drop: 0.1,
    ...check,
  } as MetricCheck;
}

test('the value is the drop in the metric’s own direction, and its bound is inclusive', async () => {
  const outcome = await outcomeOf(drop({}), both(CANDIDATE, APPROVED));
  assert.equal(outcome.status, 'pass');
  assert.ok(Math.abs((outcome.value ?? 0) - 0.05) < 1e-12);
  assert.deepEqual(outcome.bound, { max_drop: 0.1 });
  assert.equal(outcome.formula, 'drop/accuracy/sklearn/paired');
  assert.equal(outcome.evidence.length, 2);
  assert.equal(
    outcome.message,
    'Accuracy: 0.9 against 0.95 of the model approved for production on 200 rows, a drop of 0.05. A drop of at most 0.1 is allowed.',
  );
  assert.equal((await outcomeOf(drop({ max_drop: 0.04 }), both(CANDIDATE, APPROVED))).status, 'fail');
});

test('of an error rate, more is worse', async () => {
  const worse = await outcomeOf(drop({ metric: 'false_positive_rate' }), both(CANDIDATE, APPROVED));
  assert.ok((worse.value ?? 0) > 0);
  const better = await outcomeOf(drop({ metric: 'false_positive_rate', max_drop: 0 }), both(APPROVED, CANDIDATE));
  assert.equal(better.status, 'pass');
  assert.match(better.message, /an improvement \(a drop of -/);
});

test('a negative bound demands improvement', async () => {
  assert.equal((await outcomeOf(drop({ max_drop: -0.04 }), both(APPROVED, CANDIDATE))).status, 'pass');
  const tooLittle = await outcomeOf(drop({ max_drop: -0.06 }), both(APPROVED, CANDIDATE));
  assert.equal(tooLittle.status, 'fail');
  assert.match(tooLittle.message, /An improvement of at least 0\.06 is required\.$/);
  assert.equal((await outcomeOf(drop({ max_drop: -0.01 }), both(CANDIDATE, CANDIDATE))).status, 'fail');
});

test('a drop may be bounded relative to the other model’s value', async () => {
  const outcome = await outcomeOf(
    drop({ max_drop: undefined, max_drop_relative: 0.06 } as Partial<MetricCheck>),
    both(CANDIDATE, APPROVED),
  );
  assert.equal(outcome.status, 'pass');
  assert.ok(Math.abs((outcome.value ?? 0) - 0.05 / 0.95) < 1e-12);
  assert.match(outcome.message, /a drop of 5\.263 %.* at most 6 % of the other model’s value is allowed/);
});

test('the interval of a relative drop is in percent, as the drop is', async () => {
  const relative = { max_drop: undefined, max_drop_relative: 0.2, confidence: 0.95 } as Partial<MetricCheck>;
  const outcome = await outcomeOf(drop(relative), both(CANDIDATE, APPROVED));
  assert.match(outcome.message, /a drop of 5\.263 %, with a 95 % interval from [\d.]+ to [\d.]+ %\. /);
});

test('where the other model was measured on other rows, both numbers of rows are told', async () => {
  const few = APPROVED.split('\n').slice(0, 31).join('\n');
  const outcome = await outcomeOf(drop({}), both(CANDIDATE, few, {}));
  assert.match(
    outcome.message,
    /^Accuracy: 0\.9 against 0\.9333 of the model approved for production on 200 rows against 30, /,
  );
});

test('a drop relative to next to nothing is no number, and not evaluable', async () => {
  const rows = (p: number) =>
    csv(
      ['id', 'y', 'p'],
      [
        ['a', 0, p],
        ['b', 1, 1],
      ],
    );
  const outcome = await outcomeOf(
    drop({ metric: 'brier_score', max_drop: undefined, max_drop_relative: 1 } as Partial<MetricCheck>),
    both(rows(0.5), rows(1e-160)),
  );
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /comes to no finite number/);
});

test('both bounds must hold, and each is a part', async () => {
  const outcome = await outcomeOf(drop({ max_drop: 0.1, max_drop_relative: 0.01 }), both(CANDIDATE, APPROVED));
  assert.equal(outcome.status, 'fail');
  assert.deepEqual(
    outcome.parts?.map(({ name, status }) => [name, status]),
    [
      ['drop', 'pass'],
      ['relative drop', 'fail'],
    ],
  );
});

test('rows are paired by their key, whatever their order', async () => {
  const shuffled = table(20, (rows) => rows.toReversed());
  const check = drop({ confidence: 0.95 });
  const straight = await outcomeOf(check, both(CANDIDATE, APPROVED));
  const turned = await outcomeOf(check, both(CANDIDATE, shuffled));
  assert.equal(straight.formula, 'drop/accuracy/sklearn/paired, newcombe-paired');
  assert.deepEqual(turned.interval, straight.interval);
  assert.equal(turned.message, straight.message);
});

test('without a key the interval is unpaired, wider, and the message says so', async () => {
  const check = drop({ confidence: 0.95 });
  const paired = await outcomeOf(check, both(CANDIDATE, APPROVED));
  const unpaired = await outcomeOf(check, both(CANDIDATE, APPROVED, {}));
  assert.equal(unpaired.formula, 'drop/accuracy/sklearn/unpaired, newcombe');
  assert.match(unpaired.message, /rows are not paired, as the data set has no `key`/);
  const width = ([low, high]: readonly [number, number] = [0, 0]) => high - low;
  assert.ok(width(unpaired.interval ?? undefined) > width(paired.interval ?? undefined));
});

for (const [metric, method] of [
  ['recall', /newcombe-paired$/],
  ['specificity', /newcombe-paired$/],
  ['roc_auc', /delong-paired$/],
  ['f1', /paired-bootstrap-poisson/],
  ['precision', /paired-bootstrap-poisson/],
  ['log_loss', /paired-bootstrap-poisson/],
  ['average_precision', /paired-bootstrap-poisson/],
] as const) {
  test(`the paired interval of ${metric} holds its drop`, async () => {
    const outcome = await outcomeOf(drop({ metric, confidence: 0.95, max_drop: 9 }), both(CANDIDATE, APPROVED));
    assert.equal(outcome.status, 'pass', outcome.message);
    assert.match(outcome.formula ?? '', method);
    const [low, high] = outcome.interval ?? [1, 0];
    assert.ok(low <= (outcome.value ?? 2) && (outcome.value ?? 2) <= high);
  });
}

test('units take both models along', async () => {
  const outcome = await outcomeOf(drop({ confidence: 0.95 }), both(CANDIDATE, APPROVED, { key: 'id', unit: 'u' }));
  assert.match(outcome.formula ?? '', /paired-bootstrap-poisson.*\/unit$/);
});

test('two models that are right on the same rows leave an interval of zero width where it is resampled', async () => {
  const outcome = await outcomeOf(drop({ metric: 'f1', confidence: 0.95 }), both(CANDIDATE, CANDIDATE));
  assert.equal(outcome.value, 0);
  assert.equal(outcome.status, 'uncertain');
});

test('drops are judged group by group, paired within each', async () => {
  const outcome = await outcomeOf(
    drop({ by: 'g', confidence: 0.95 }),
    both(CANDIDATE, APPROVED, { key: 'id', groups: { g: {} } }),
  );
  assert.deepEqual(
    outcome.parts?.map(({ name, rows }) => [name, rows]),
    [
      ['a', 67],
      ['b', 133],
    ],
  );
  assert.match(outcome.message, /^Accuracy: A drop of at most 0\.1 is allowed, over the whole interval\./);
});

test('the first model has nothing to be compared with, and is shown as such', async () => {
  const outcome = await outcomeOf(drop({}), { ...both(CANDIDATE, APPROVED), baselines: new Map() });
  assert.equal(outcome.status, 'not_applicable');
  assert.match(outcome.message, /first model/);
});

test('a run may be named, and logged metrics compared', async () => {
  const check = {
    check: 'metric',
    logged: 'loss',
    greater_is_better: false,
    against: 'run:old',
    max_drop: 0.05,
  } as const;
  const outcome = await outcomeOf(check, both(CANDIDATE, APPROVED));
  assert.equal(outcome.status, 'fail');
  assert.ok(Math.abs((outcome.value ?? 0) - 0.1) < 1e-12);
  assert.equal(
    outcome.message,
    '“loss”: 0.5 against 0.4 of run old as the runs logged it, a drop of 0.1. A drop of at most 0.05 is allowed.',
  );
  assert.equal(
    (await outcomeOf({ ...check, greater_is_better: true }, both(CANDIDATE, APPROVED))).value,
    -0.09999999999999998,
  );
});
