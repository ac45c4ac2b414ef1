import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../../src/checks/check-context.ts';
import { newcombeUnpaired } from '../../../src/metrics/resampling/newcombe.ts';
import { nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import { type FairnessRows, fairnessOn } from './support/fairness-rows.ts';

/** Rows of groups with so many predicted positive of so many, all labels right where not told. */
function selected(...groups: (readonly [name: string | null, positive: number, rows: number])[]): FairnessRows {
  const names = groups.flatMap(([name, , rows]) => Array.from({ length: rows }, () => name));
  const predictions = groups.flatMap(([, positive, rows]) =>
    Array.from({ length: rows }, (_, row) => (row < positive ? 1 : 0)),
  );
  return { groups: { sex: names }, predictions };
}

const PRIVILEGED = { groups: { sex: { privileged: 'male' } } };
const PARITY = { metric: 'statistical_parity_difference', group: 'sex', max_abs: 0.1 } as const;
const SPREAD = { metric: 'demographic_parity_difference', group: 'sex', max: 0.1 } as const;
const RATIO = { metric: 'demographic_parity_ratio', group: 'sex', min: 0.8 } as const;

test('each other group is compared with the privileged one, signed, and the worst speaks for the check', async () => {
  const rows = selected(['female', 35, 100], ['male', 40, 100], ['other', 60, 100]);
  const found = await fairnessOn(rows, PARITY, PRIVILEGED);
  assert.deepEqual(
    found.parts?.map(({ name, status }) => [name, status]),
    [
      ['female vs male', 'pass'],
      ['other vs male', 'fail'],
    ],
  );
  assert.equal(found.status, 'fail');
  nearly(found.value, 0.2);
  nearly(found.parts?.[0]?.value, -0.05);
  assert.equal(found.rows, 200);
  assert.equal(found.formula, 'statistical_parity_difference/aif360');
});

test('all pairs are compared for a spread, whose value is largest minus smallest', async () => {
  const rows = selected(['a', 30, 100], ['b', 33, 100], ['c', 36, 100]);
  const found = await fairnessOn(rows, SPREAD);
  assert.equal(found.parts?.length, 3);
  assert.equal(found.status, 'pass');
  nearly(found.value, 0.06);
  const ratio = await fairnessOn(rows, RATIO);
  nearly(ratio.value, 30 / 36);
});

test('with `confidence` the interval is Newcombe’s, and must lie within the bound', async () => {
  const rows = selected(['female', 350, 1000], ['male', 400, 1000]);
  const found = await fairnessOn(rows, { ...PARITY, confidence: 0.95 }, PRIVILEGED);
  const { low, high } = newcombeUnpaired({ successes: 350, trials: 1000 }, { successes: 400, trials: 1000 }, 0.95);
  nearly(found.interval?.[0], low);
  nearly(found.interval?.[1], high);
  assert.equal(found.status, 'pass');
  assert.equal(found.formula, 'statistical_parity_difference/aif360, newcombe');
  const few = selected(['female', 35, 100], ['male', 40, 100]);
  assert.equal((await fairnessOn(few, { ...PARITY, confidence: 0.95 }, PRIVILEGED)).status, 'uncertain');
  assert.equal((await fairnessOn(few, PARITY, PRIVILEGED)).status, 'pass');
});

test('a spread is judged at its upper end only: groups alike to the row can pass', async () => {
  const rows = selected(['a', 500, 1000], ['b', 500, 1000]);
  const found = await fairnessOn(rows, { ...SPREAD, confidence: 0.95 });
  assert.equal(found.status, 'pass');
  assert.equal(found.interval?.[0], 0);
  assert.ok((found.interval?.[1] ?? 0) > 0.03);
});

test('a small group makes its pairs not evaluable, by name, and the check with them', async () => {
  const rows = selected(['a', 30, 100], ['b', 3, 9], ['c', 31, 100]);
  const found = await fairnessOn(rows, { ...SPREAD, min_rows: 10 });
  assert.equal(found.status, 'not_evaluable');
  assert.deepEqual(
    found.parts?.map(({ name, status }) => [name, status]),
    [
      ['a vs b', 'not_evaluable'],
      ['a vs c', 'pass'],
      ['b vs c', 'not_evaluable'],
    ],
  );
  assert.match(found.message, /Group “b” has only 9 rows; the check needs 10/);
});

test('`min_rows` counts what the formula divides by: positives for recall', async () => {
  const rows = {
    ...selected(['a', 20, 40], ['b', 20, 40]),
    labels: [...ones(30), ...zeros(10), ...ones(5), ...zeros(35)],
  };
  const check = { metric: 'recall_difference', group: 'sex', max: 1, min_rows: 6 } as const;
  assert.match((await fairnessOn(rows, check)).message, /Group “b” has only 5 positive rows; the check needs 6/);
  const odds = { metric: 'equalized_odds_difference', group: 'sex', max: 1, min_rows: 11 } as const;
  assert.match((await fairnessOn(rows, odds)).message, /Group “a” has only 10 negative rows/);
});

test('0/0 in a group is no value', async () => {
  const rows = { ...selected(['a', 20, 40], ['b', 20, 40]), labels: [...ones(20), ...zeros(60)] };
  const found = await fairnessOn(rows, { metric: 'recall_difference', group: 'sex', max: 1 });
  assert.equal(found.status, 'not_evaluable');
  assert.match(found.message, /Recall is 0\/0 in group “b”, which has no positive rows/);
  const nobody = selected(['a', 0, 40], ['b', 0, 40]);
  assert.match((await fairnessOn(nobody, RATIO)).message, /ratio of “a vs b” has no value/);
  const one = selected(['female', 5, 40], ['male', 0, 40]);
  const impact = { metric: 'disparate_impact', group: 'sex', min: 0.8 } as const;
  assert.equal((await fairnessOn(one, impact, PRIVILEGED)).status, 'not_evaluable');
});

test('every way in which there is nothing to compare is not evaluable, and says why', async () => {
  const two = selected(['female', 5, 40], ['male', 7, 40]);
  const ways: [string, Promise<Finding>, RegExp][] = [
    ['one group', fairnessOn(selected(['a', 5, 40]), SPREAD), /only one group/],
    ['no group named', fairnessOn(two, { metric: SPREAD.metric, max: 0.1 }), /names no `group`/],
    ['an undeclared group', fairnessOn(two, { ...SPREAD, group: 'age' }), /declares no group “age”/],
    ['no privileged group declared', fairnessOn(two, PARITY), /declares no `privileged` group/],
    [
      'a privileged group without rows',
      fairnessOn(two, PARITY, { groups: { sex: { privileged: 'men' } } }),
      /“men” has no rows/,
    ],
    ['no rows', fairnessOn(selected(), SPREAD), /has no rows/],
    ['no bound', fairnessOn(two, { metric: SPREAD.metric, group: 'sex' }), /has no bound/],
    ['another task', fairnessOn(two, SPREAD, { task: 'regression' }), /does not exist for the task “regression”/],
    [
      'max_error with confidence',
      fairnessOn(two, { metric: 'max_error_difference', group: 'sex', max: 1, confidence: 0.9 }),
      /No interval/,
    ],
    [
      'weights of nothing in a group',
      fairnessOn({ ...two, weights: [...zeros(40), ...ones(40)] }, SPREAD),
      /Group “female”:.*adds up to 0/,
    ],
    [
      'no label where one is needed',
      fairnessOn(two, { metric: 'recall_difference', group: 'sex', max: 1 }),
      /names no `label` column/,
    ],
  ];
  for (const [name, finding, message] of ways) {
    const { status, message: said } = await finding;
    assert.equal(status, 'not_evaluable', name);
    assert.match(said, message, name);
  }
});

test('a declared bin without rows is missing by name; the outermost bins may be empty', async () => {
  const rows: FairnessRows = {
    groups: { age: [...zeros(50).map(() => 30), ...zeros(50).map(() => 70)] },
    predictions: zeros(100).map((_, row) => row % 2),
  };
  const check = { metric: SPREAD.metric, group: 'age', max: 0.5 } as const;
  const found = await fairnessOn(rows, check, { groups: { age: { bins: [25, 45, 65] } } });
  assert.equal(found.status, 'not_evaluable');
  assert.match(found.message, /“\[45,65\)”.*has no rows/);
  assert.equal((await fairnessOn(rows, check, { groups: { age: { bins: [25, 65] } } })).status, 'pass');
});

test('a privileged truth value is found however the table writes it, and not guessed between two', async () => {
  const privileged = { groups: { sex: { privileged: true } } };
  for (const [other, own] of [
    ['False', 'True'],
    [0, 1],
    ['false', 'true'],
  ] as const) {
    const rows = {
      ...selected(['a', 10, 40], ['b', 10, 40]),
      groups: { sex: [...new Array(50).fill(other), ...new Array(50).fill(own)] },
    };
    const found = await fairnessOn(rows, PARITY, privileged);
    assert.deepEqual(
      found.parts?.map(({ name }) => name),
      [`${other} vs ${own}`],
    );
  }
  const rows = {
    ...selected(['a', 10, 40], ['b', 10, 40]),
    groups: { sex: [...new Array(50).fill('TRUE'), ...new Array(50).fill('true')] },
  };
  const found = await fairnessOn(rows, PARITY, privileged);
  assert.equal(found.status, 'not_evaluable');
  assert.match(found.message, /can’t be told: there are “TRUE” and “true”/);
});

test('the sentence tells what each group has, not only how they differ', async () => {
  const found = await fairnessOn(selected(['a', 10, 40], ['b', 20, 40]), PARITY, {
    groups: { sex: { privileged: 'b' } },
  });
  assert.match(found.message, /selection rate 0\.25 of “a”, 0\.5 of “b”/);
});

test('rows without a group are the group (missing), and intersections are groups', async () => {
  const rows = selected(['a', 10, 40], [null, 10, 40]);
  assert.deepEqual(
    (await fairnessOn(rows, SPREAD)).parts?.map(({ name }) => name),
    ['(missing) vs a'],
  );
  const both = {
    ...rows,
    groups: { ...rows.groups, age: rows.predictions.map((_, row) => (row % 2 ? 'old' : 'young')) },
  };
  const found = await fairnessOn(both, { ...SPREAD, group: ['sex', 'age'] });
  assert.equal(found.parts?.length, 6);
  const declared = { groups: { sex: { privileged: 'a' }, age: { privileged: 'old' } } };
  const signed = await fairnessOn(both, { ...PARITY, group: ['sex', 'age'] }, declared);
  assert.ok(signed.parts?.every(({ name }) => name.endsWith(' vs a & old')));
});

test('weights weigh the values, never the interval’s rows: weighted rows are resampled', async () => {
  const plain = random(400, 2);
  const weighted = { ...plain, weights: zeros(400).map((_, row) => 1 + (row % 3)) };
  const repeated = repeatedRows(plain, weighted.weights);
  for (const metric of [
    'equalized_odds_difference',
    'f1_difference',
    'accuracy_ratio',
    'average_odds_difference',
  ] as const) {
    const bound = { max: 2, min: -2 };
    const a = await fairnessOn(weighted, { metric, group: 'sex', ...bound }, { groups: { sex: { privileged: 'g0' } } });
    const b = await fairnessOn(repeated, { metric, group: 'sex', ...bound }, { groups: { sex: { privileged: 'g0' } } });
    nearly(a.value, b.value ?? Number.NaN);
    assert.match(a.formula ?? '', /\/weighted$/);
  }
  const found = await fairnessOn(weighted, { ...SPREAD, max: 1, confidence: 0.95 });
  assert.match(found.formula ?? '', /bootstrap-poisson-bca-1000-seed-1$/);
  assert.ok(found.interval && found.interval[0] < found.interval[1]);
});

test('a unit with rows in several groups is resampled as one', async () => {
  // Each person has a row in both groups with the same prediction: the difference is exactly 0 in every resample.
  const predictions = zeros(200).map((_, row) => (row % 4 < 2 ? 1 : 0));
  const groups = { sex: predictions.map((_, row) => (row % 2 ? 'a' : 'b')) };
  const units = predictions.map((_, row) => Math.floor(row / 2));
  const found = await fairnessOn({ groups, predictions, units }, { ...SPREAD, confidence: 0.95 });
  assert.equal(found.status, 'uncertain');
  assert.deepEqual(found.interval, [0, 0]);
  assert.match(found.formula ?? '', /\/unit$/);
  const apart = await fairnessOn({ groups, predictions }, { ...SPREAD, confidence: 0.95 });
  assert.ok((apart.interval?.[1] ?? 0) > 0.1);
});

test('a group that never varies in resamples makes no interval look surer', async () => {
  const perfect = {
    groups: { sex: [...ones(40).map(() => 'a'), ...ones(400).map(() => 'b')] },
    labels: zeros(440).map((_, row) => row % 2),
  };
  const predictions = perfect.labels.map((label, row) => (row >= 40 && row % 40 === 0 ? 1 - label : label));
  const check = { metric: 'f1_difference', group: 'sex', max: 0.2, confidence: 0.95 } as const;
  for (const more of [{}, { weights: ones(440) }]) {
    const found = await fairnessOn({ ...perfect, predictions, ...more }, check);
    assert.equal(found.status, 'not_evaluable');
    assert.equal(found.interval, null);
  }
});

test('spreads of any metric have an interval', async () => {
  const rows = random(600, 2);
  for (const metric of ['f1', 'roc_auc', 'balanced_accuracy', 'brier_score', 'accuracy'] as const) {
    for (const kind of ['difference', 'ratio'] as const) {
      const found = await fairnessOn(rows, { metric: `${metric}_${kind}`, group: 'sex', max: 5, confidence: 0.95 });
      assert.ok(found.interval && found.interval[0] < found.interval[1], `${metric}_${kind}: ${found.message}`);
      assert.ok(found.value !== null && found.interval[0] <= found.value && found.value <= found.interval[1], metric);
    }
  }
});

test('Theil’s index looks at no groups', async () => {
  const rows = random(400, 1);
  const found = await fairnessOn(rows, { metric: 'theil_index', max: 1, confidence: 0.95 });
  assert.equal(found.status, 'pass');
  assert.equal(found.parts, undefined);
  assert.match(found.formula ?? '', /^theil_index\/aif360, bootstrap-multinomial/);
  const missed = { groups: {}, labels: [1, 1], predictions: [0, 0] };
  assert.match((await fairnessOn(missed, { metric: 'theil_index', max: 1 })).message, /0\/0/);
});

test('Theil’s index of fewer than 100 rows has no interval, so with confidence nothing can be told', async () => {
  const check = { metric: 'theil_index', max: 5, confidence: 0.95 } as const;
  const few = await fairnessOn(random(99, 1), check);
  assert.equal(few.status, 'not_evaluable');
  assert.match(few.message, /too few or too alike to give a 95 % interval/);
  assert.equal((await fairnessOn(random(100, 1), check)).status, 'pass');
});

test('group names and the order of rows change nothing but names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 2, max: 4 }), async (seed, count) => {
      const rows = random(80, count, seed);
      const renamed = {
        ...rows,
        groups: { sex: (rows.groups['sex'] ?? []).map((name) => `z${9 - Number(String(name).slice(1))}`) },
      };
      const turned = {
        groups: { sex: (rows.groups['sex'] ?? []).toReversed() },
        predictions: rows.predictions.toReversed(),
        labels: (rows.labels ?? []).toReversed(),
        scores: (rows.scores ?? []).toReversed(),
      };
      for (const metric of ['equalized_odds_difference', 'demographic_parity_ratio', 'f1_difference'] as const) {
        const check = { metric, group: 'sex', max: 0.1, confidence: 0.9 } as const;
        const [a, b, c] = [
          await fairnessOn(rows, check),
          await fairnessOn(renamed, check),
          await fairnessOn(turned, check),
        ];
        assert.equal(b.status, a.status);
        assert.deepEqual(c, a);
        if (a.value !== null) nearly(b.value, a.value);
      }
    }),
    { numRuns: 30 },
  );
});

function random(size: number, groups: number, seed = 1): FairnessRows {
  const source = seededRandom(seed);
  const labels = zeros(size).map(() => (nextUniform(source) < 0.4 ? 1 : 0));
  const scores = labels.map((label) => Math.min(1, Math.max(0, 0.3 + 0.3 * label + 0.5 * (nextUniform(source) - 0.4))));
  return {
    groups: { sex: labels.map(() => `g${Math.floor(nextUniform(source) * groups)}`) },
    labels,
    scores,
    predictions: scores.map((score) => (score >= 0.5 ? 1 : 0)),
  };
}

function repeatedRows(rows: FairnessRows, times: readonly number[]): FairnessRows {
  const repeat = <Value>(values: readonly Value[]) =>
    values.flatMap((value, row) => Array.from({ length: times[row] ?? 0 }, () => value));
  return {
    groups: { sex: repeat(rows.groups['sex'] ?? []) },
    labels: repeat(rows.labels ?? []),
    scores: repeat(rows.scores ?? []),
    predictions: repeat(rows.predictions),
  };
}

function ones(count: number): number[] {
  return new Array<number>(count).fill(1);
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

function nearly(a: number | null | undefined, b: number): void {
  assert.ok(typeof a === 'number' && Math.abs(a - b) < 1e-12, `${a} and ${b}`);
}
