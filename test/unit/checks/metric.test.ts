import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset, MetricCheck } from '../../../src/policy/schema.ts';
import { csv, outcomeOf, ROWS, type TestCase } from './support/assess-rows.ts';

/** 4 positives (3 found), 6 negatives (2 flagged). */
const TEN = csv(
  ['y', 'p', 'g', 'age', 'at', 'w', 'who'],
  [
    [1, 0.9, 'a', 20, '2024-01-05', 1, 'u1'],
    [1, 0.8, 'a', 30, '2024-02-05', 1, 'u1'],
    [1, 0.7, 'b', 40, '2024-03-31', 1, 'u2'],
    [1, 0.2, 'b', 50, '2024-04-01', 1, 'u2'],
    [0, 0.6, 'a', 20, '2024-05-05', 1, 'u3'],
    [0, 0.55, 'b', 30, '2024-06-30', 1, 'u3'],
    [0, 0.3, 'a', 40, '2024-07-01', 1, 'u4'],
    [0, 0.25, 'b', 50, '2024-07-02', 2, 'u4'],
    [0, 0.1, 'a', null, null, 1, 'u5'],
    [0, 0.05, null, null, null, 1, 'u6'],
  ],
);

/** The ten rows five times over, with units of their own. */
const FIFTY = Array.from({ length: 5 }, (_, time) =>
  TEN.split('\n')
    .slice(time === 0 ? 0 : 1)
    .map((line) => line.replace(/u(?=\d$)/, `u${time}`))
    .join('\n'),
).join('\n');

function metric(check: Partial<MetricCheck>): MetricCheck {
  return { check: 'metric', metric: 'recall', dataset: 'holdout', min: 0.5, ...check } as MetricCheck;
}

function on(text: string, dataset: Partial<Dataset> = {}): Omit<TestCase, 'checks'> {
  return { datasets: { holdout: { ...ROWS, ...dataset } }, files: { 'rows.csv': text } };
}

test('a metric of every row is judged against an inclusive bound, and says on how many rows', async () => {
  const outcome = await outcomeOf(metric({ min: 0.75 }), on(TEN));
  assert.equal(outcome.status, 'pass');
  assert.equal(outcome.value, 0.75);
  assert.equal(outcome.rows, 10);
  assert.equal(outcome.formula, 'recall/sklearn');
  assert.equal(outcome.message, 'Recall is 0.75 on 10 rows of holdout; at least 0.75 is required.');
  assert.equal((await outcomeOf(metric({ min: 0.7500000001 }), on(TEN))).status, 'fail');
});

const VALUES: readonly [Partial<MetricCheck>, number][] = [
  [{ metric: 'accuracy' }, 0.7],
  [{ metric: 'balanced_accuracy' }, (0.75 + 4 / 6) / 2],
  [{ metric: 'precision' }, 0.6],
  [{ metric: 'specificity' }, 4 / 6],
  [{ metric: 'f1' }, 6 / 9],
  [{ metric: 'fbeta', beta: 2 }, (5 * 3) / (5 * 3 + 4 * 1 + 2)],
  [{ metric: 'jaccard' }, 0.5],
  [{ metric: 'matthews_corrcoef' }, (3 * 4 - 2 * 1) / Math.sqrt(5 * 4 * 6 * 5)],
  [{ metric: 'cohen_kappa' }, 1 - 0.3 / 0.5],
  [{ metric: 'selection_rate' }, 0.5],
  [{ metric: 'false_positive_rate' }, 2 / 6],
  [{ metric: 'false_negative_rate' }, 0.25],
  [{ metric: 'expected_value', payoff: { tp: 10, fp: -5, fn: -20, tn: 1 } }, (30 - 10 - 20 + 4) / 10],
  [{ metric: 'roc_auc' }, 20 / 24],
  [{ metric: 'recall', average: 'macro' }, (0.75 + 4 / 6) / 2],
  [{ metric: 'precision', average: 'micro' }, 0.7],
];
for (const [check, value] of VALUES) {
  test(`${check.metric} ${check.average ?? ''} is what the counts say`, async () => {
    const outcome = await outcomeOf(metric({ ...check, min: -1000 }), on(TEN));
    assert.equal(outcome.status, 'pass');
    assert.ok(Math.abs((outcome.value ?? Number.NaN) - value) < 1e-12, `${outcome.value} instead of ${value}`);
  });
}

test('the best threshold is told, and never used', async () => {
  const payoff = { tp: 10, fp: -5, fn: -20, tn: 1 };
  const outcome = await outcomeOf(metric({ metric: 'expected_value', payoff, min: 0 }), on(TEN));
  assert.equal(outcome.value, 0.4);
  assert.match(outcome.message, /the threshold 0\.2 would bring the most, .*; the threshold in use is 0\.5\.$/);
});

test('with confidence the whole interval must lie within, and the formula carries its method', async () => {
  const many = csv(
    ['y', 'p'],
    Array.from({ length: 1000 }, (_, row) => [row % 2, row % 10 === 1 ? 0.2 : row % 2 ? 0.8 : 0.3]),
  );
  const pass = await outcomeOf(metric({ min: 0.75, confidence: 0.95 }), on(many));
  assert.equal(pass.status, 'pass');
  assert.equal(pass.formula, 'recall/sklearn, wilson');
  assert.ok(pass.interval && pass.interval[0] > 0.75 && pass.interval[1] < 0.84);
  const uncertain = await outcomeOf(metric({ min: 0.79, confidence: 0.95 }), on(many));
  assert.equal(uncertain.status, 'uncertain');
  assert.match(
    uncertain.message,
    /^Recall is 0\.8 on 1,000 rows of holdout, with a 95 % interval from 0\.7\d+ to 0\.8\d+; at least 0\.79 is required of the whole interval\.$/,
  );
  assert.equal((await outcomeOf(metric({ min: 0.81, confidence: 0.95 }), on(many))).status, 'fail');
});

test('weights change the value and the formula, and their intervals are resampled', async () => {
  const outcome = await outcomeOf(metric({ metric: 'accuracy', confidence: 0.9, min: 0 }), on(FIFTY, { weight: 'w' }));
  assert.ok(Math.abs((outcome.value ?? 0) - 8 / 11) < 1e-12);
  assert.match(outcome.formula ?? '', /^accuracy\/sklearn\/weighted, bootstrap-poisson/);
  assert.equal(outcome.rows, 50);
});

test('rows of one unit are resampled together', async () => {
  const outcome = await outcomeOf(metric({ metric: 'accuracy', confidence: 0.9, min: 0 }), on(FIFTY, { unit: 'who' }));
  assert.match(outcome.formula ?? '', /^accuracy\/sklearn, bootstrap-poisson.*\/unit$/);
});

test('fewer than twenty rows or units give no resampled interval', async () => {
  const outcome = await outcomeOf(metric({ metric: 'accuracy', confidence: 0.9, min: 0 }), on(TEN, { unit: 'who' }));
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /too few or too alike to give a 90 % interval/);
});

test('an interval without width is uncertain, not a pass', async () => {
  const same = csv(
    ['y', 'p', 'w'],
    Array.from({ length: 50 }, () => [1, 0.9, 1]),
  );
  const outcome = await outcomeOf(metric({ metric: 'accuracy', confidence: 0.95 }), on(same, { weight: 'w' }));
  assert.equal(outcome.value, 1);
  assert.equal(outcome.status, 'uncertain');
  assert.match(outcome.message, /its 95 % interval has no width/);
});

test('an interval that the rows can’t give is not evaluable', async () => {
  const perfect = csv(
    ['y', 'p'],
    Array.from({ length: 100 }, (_, row) => [row % 2, row % 2 ? 0.9 : 0.1]),
  );
  const outcome = await outcomeOf(metric({ metric: 'roc_auc', confidence: 0.95 }), on(perfect));
  assert.equal(outcome.status, 'not_evaluable');
  assert.equal(outcome.interval, null);
  assert.match(outcome.message, /too few or too alike to give a 95 % interval/);
});

test('0/0 of an overall metric is scikit-learn’s 0, and is said', async () => {
  const none = csv(
    ['y', 'p'],
    [
      [0, 0.2],
      [0, 0.3],
    ],
  );
  const outcome = await outcomeOf(metric({ min: 0 }), on(none));
  assert.equal(outcome.value, 0);
  assert.equal(outcome.status, 'pass');
  assert.match(outcome.message, /0\/0: there are no positive rows, and scikit-learn says 0/);
});

test('0/0 of a ranking is not laid at scikit-learn’s door', async () => {
  const rows = csv(
    ['q', 'y', 'p'],
    [
      ['a', 0, 0.2],
      ['b', 0, 0.3],
    ],
  );
  const dataset = { path: 'run:rows.csv', query: 'q', label: 'y', score: 'p' };
  const example: Omit<TestCase, 'checks'> = {
    task: 'ranking',
    datasets: { holdout: dataset },
    run: { files: { 'rows.csv': rows } },
  };
  const check: MetricCheck = { check: 'metric', metric: 'map_at_k', k: 1, dataset: 'holdout', min: 0.5 };
  const outcome = await outcomeOf(check, example);
  assert.equal(outcome.status, 'fail');
  assert.match(
    outcome.message,
    /^MAP at k is 0 \(0\/0: there are no queries with a relevant result, and that counts as 0\)/,
  );
});

test('0/0 that would be the best there is has no value', async () => {
  const positives = csv(
    ['y', 'p'],
    [
      [1, 0.9],
      [1, 0.8],
    ],
  );
  const flattering = [
    { metric: 'false_positive_rate', max: 0.1 },
    { metric: 'false_positive_rate', threshold: 0.1 },
    { metric: 'balanced_accuracy', min: 0.9 },
  ] as const;
  for (const check of flattering) {
    const outcome = await outcomeOf({ check: 'metric', dataset: 'holdout', ...check }, on(positives));
    assert.deepEqual([outcome.status, outcome.value], ['not_evaluable', null], check.metric);
    assert.match(outcome.message, /It is 0\/0: there are no /);
  }
});

test('every group must hold, the worst speaks, and each is listed in the order of its name', async () => {
  const outcome = await outcomeOf(metric({ by: 'g', min: 0.6 }), on(TEN, { groups: { g: {} } }));
  assert.deepEqual(
    outcome.parts?.map(({ name, status }) => [name, status]),
    [
      ['(missing)', 'not_evaluable'],
      ['a', 'pass'],
      ['b', 'fail'],
    ],
  );
  assert.equal(outcome.status, 'fail');
  assert.equal(outcome.value, 0.5);
  assert.equal(outcome.rows, 4);
  assert.equal(
    outcome.message,
    'Recall by g on holdout: at least 0.6 is required in every group. 1 of 3 groups holds; the worst is “b”: 0.5 on 4 rows. Not evaluable: “(missing)”.',
  );
});

test('not evaluable is worse than uncertain and than pass', async () => {
  const outcome = await outcomeOf(metric({ by: 'g', min: 0.5 }), on(TEN, { groups: { g: {} } }));
  assert.equal(outcome.status, 'not_evaluable');
  assert.equal(outcome.value, null);
  assert.match(outcome.message, /the worst is “\(missing\)”: It is 0\/0: there are no positive rows\./);
});

test('a group with too few of the rows that the formula divides by is not evaluable and named', async () => {
  const outcome = await outcomeOf(
    metric({ metric: 'accuracy', by: 'g', min: 0, min_rows: 4 }),
    on(TEN, { groups: { g: {} } }),
  );
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /“\(missing\)”: There is only 1 row; the check needs 4\./);
});

test('bins hold their lower edge, and null is a group of its own', async () => {
  const groups = { age_band: { column: 'age', bins: [30, 45] } };
  const outcome = await outcomeOf(metric({ metric: 'accuracy', by: 'age_band', min: 0 }), on(TEN, { groups }));
  assert.deepEqual(
    outcome.parts?.map(({ name, rows }) => [name, rows]),
    [
      ['(-inf,30)', 2],
      ['(missing)', 2],
      ['[30,45)', 4],
      ['[45,inf)', 2],
    ],
  );
});

test('times fall into periods of the calendar', async () => {
  const groups = { quarter: { column: 'at', every: 'quarter' } } as const;
  const outcome = await outcomeOf(metric({ metric: 'accuracy', by: 'quarter', min: 0 }), on(TEN, { groups }));
  assert.deepEqual(
    outcome.parts?.map(({ name, rows }) => [name, rows]),
    [
      ['(missing)', 2],
      ['2024-Q1', 3],
      ['2024-Q2', 3],
      ['2024-Q3', 2],
    ],
  );
});

test('several groups are intersected', async () => {
  const groups = { g: {}, age_band: { column: 'age', bins: [35] } };
  const outcome = await outcomeOf(metric({ metric: 'accuracy', by: ['g', 'age_band'], min: 0 }), on(TEN, { groups }));
  assert.deepEqual(
    outcome.parts?.map(({ name, rows }) => [name, rows]),
    [
      ['(missing) & (missing)', 1],
      ['a & (-inf,35)', 3],
      ['a & (missing)', 1],
      ['a & [35,inf)', 1],
      ['b & (-inf,35)', 1],
      ['b & [35,inf)', 3],
    ],
  );
});

test('the same table gives the same outcomes whichever other checks share it', async () => {
  const alone = await outcomeOf(metric({ by: 'g', min: 0.6 }), on(TEN, { groups: { g: {} } }));
  const again = await outcomeOf(metric({ by: ['g'], min: 0.6 }), on(TEN, { groups: { g: {} } }));
  assert.deepEqual(alone, again);
});
