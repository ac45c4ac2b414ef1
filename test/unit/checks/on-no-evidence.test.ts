import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Dataset } from '../../../src/policy/schema.ts';
import { csv, outcomeOf, type TestCase } from './support/assess-rows.ts';

// Tables and policies on which the arithmetic comes out well, and which still show nothing good of a model.

type Cells = readonly (readonly (string | number | null)[])[];

interface Example {
  readonly columns: readonly string[];
  readonly rows: Cells;
  readonly dataset?: Partial<Dataset>;
  readonly task?: 'binary' | 'regression';
}

async function statusAndMessage(check: object, { columns, rows, dataset, task = 'binary' }: Example) {
  const outcome = await outcomeOf({ dataset: 'holdout', check: 'metric', ...check } as Check, {
    task,
    datasets: { holdout: { path: 'holdout.csv', label: 'y', ...dataset } },
    files: {
      'holdout.csv': csv(
        [...columns],
        rows.map((row) => [...row]),
      ),
    },
  });
  return [outcome.status, outcome.message];
}

test('labels that do not vary leave nothing to explain, however well or badly they are met', async () => {
  const columns = ['y', 'p'];
  const dataset = { prediction: 'p' };
  const exact: Cells = [
    [1, 1],
    [1, 1],
  ];
  const offByFour: Cells = [
    [1, 5],
    [1, 5],
  ];
  assert.deepEqual(
    await statusAndMessage({ metric: 'r2', min: 0.5 }, { columns, rows: exact, dataset, task: 'regression' }),
    ['not_evaluable', 'R² is 0/0 on “holdout”, which has no value.'],
  );
  assert.deepEqual(
    await statusAndMessage(
      { metric: 'explained_variance', min: 0.5 },
      { columns, rows: offByFour, dataset, task: 'regression' },
    ),
    ['not_evaluable', 'Explained variance is 0/0 on “holdout”, which has no value.'],
  );
});

const PERCENTAGES: Example = {
  columns: ['y', 's'],
  rows: [
    [1, 90],
    [1, 80],
    [0, 20],
    [0, 10],
  ],
};

test('percentages do not pass for probabilities where the threshold is one', async () => {
  const example = { ...PERCENTAGES, dataset: { score: 's', threshold: 0.5 } };
  assert.deepEqual(await statusAndMessage({ metric: 'recall', min: 0.9 }, example), [
    'not_evaluable',
    'The score column “s” of data set “holdout” is 90 in row 1; a probability lies between 0 and 1.',
  ]);
});

test('nor do probabilities pass for percentages', async () => {
  const rows: Cells = [
    [1, 0.9],
    [0, 0.2],
    [0, 0.1],
  ];
  const example = { columns: ['y', 's'], rows, dataset: { score: 's', threshold: 50 } };
  assert.deepEqual(await statusAndMessage({ metric: 'specificity', min: 0.9 }, example), [
    'not_evaluable',
    'The score column “s” of data set “holdout” is never above 1, and the threshold is 50; give both on one scale.',
  ]);
});

test('nor for margins, of which a threshold of 0 or below would take every one', async () => {
  const rows: Cells = [
    [1, 0.9],
    [1, 0.1],
    [0, 0.8],
  ];
  for (const threshold of [0, -0.85]) {
    const example = { columns: ['y', 's'], rows, dataset: { score: 's', threshold } };
    assert.deepEqual(await statusAndMessage({ metric: 'recall', min: 0.9 }, example), [
      'not_evaluable',
      `The score column “s” of data set “holdout” is never below 0, and the threshold is ${threshold}; give both on one scale.`,
    ]);
  }
});

test('percentages and margins have thresholds of their own', async () => {
  const percentages = { ...PERCENTAGES, dataset: { score: 's', threshold: 50 } };
  assert.equal((await statusAndMessage({ metric: 'recall', min: 0.9 }, percentages))[0], 'pass');
  const rows: Cells = [
    [1, 2.5],
    [0, -1.5],
  ];
  const margins = { columns: ['y', 's'], rows, dataset: { score: 's', threshold: 0 } };
  assert.equal((await statusAndMessage({ metric: 'recall', min: 0.9 }, margins))[0], 'pass');
});

test('weights that add up to more than a number holds are not said to add up to 0', async () => {
  const rows: Cells = [
    [1, 0.9, '1e308'],
    [0, 0.1, '1e308'],
    [0, 0.9, '1e308'],
  ];
  const example = { columns: ['y', 's', 'w'], rows, dataset: { score: 's', weight: 'w' } };
  assert.deepEqual(await statusAndMessage({ metric: 'accuracy', min: 0.1 }, example), [
    'not_evaluable',
    'The weight column “w” of data set “holdout” adds up to more than can be reckoned with.',
  ]);
});

const AGES: Example = {
  columns: ['y', 's', 'age'],
  rows: [
    [1, 0.9, 20],
    [0, 0.1, 20],
    [1, 0.9, 30],
    [0, 0.1, 30],
  ],
};

test('a declared bin that nobody is in is not held by every group', async () => {
  const dataset: Partial<Dataset> = { score: 's', groups: { age: { bins: [25, 45, 65] } } };
  const [status, message] = await statusAndMessage({ metric: 'recall', min: 0.5, by: 'age' }, { ...AGES, dataset });
  assert.equal(status, 'not_evaluable');
  assert.match(String(message), /2 of 3 groups hold; the worst is “\[45,65\)”: It has no rows\./);
});

test('a declared bin that nobody is in is missing, too, where it is crossed with other groups', async () => {
  const columns = ['y', 's', 'age', 'sex'];
  const rows = AGES.rows.flatMap((row) => ['f', 'm'].map((sex) => [...row, sex]));
  const dataset: Partial<Dataset> = { score: 's', groups: { sex: {}, age: { bins: [25, 45, 65] } } };
  const check = { metric: 'recall', min: 0.5, by: ['sex', 'age'] } as const;
  const [status, message] = await statusAndMessage(check, { columns, rows, dataset });
  assert.equal(status, 'not_evaluable');
  assert.match(String(message), /4 of 5 groups hold; the worst is “\[45,65\)”: It has no rows\./);
});

test('the outermost bins, which nobody wrote, may be empty', async () => {
  const dataset: Partial<Dataset> = { score: 's', groups: { age: { bins: [10, 25, 45] } } };
  assert.equal((await statusAndMessage({ metric: 'recall', min: 0.5, by: 'age' }, { ...AGES, dataset }))[0], 'pass');
});

test('a privileged group that nobody is in is not held by every group', async () => {
  const dataset: Partial<Dataset> = { score: 's', groups: { age: { privileged: 40 } } };
  const [status, message] = await statusAndMessage({ metric: 'recall', min: 0.5, by: 'age' }, { ...AGES, dataset });
  assert.equal(status, 'not_evaluable');
  assert.match(String(message), /the worst is “40”: It has no rows\./);
});

test('labels in another spelling of the positive value are not taken for negative ones', async () => {
  const rows: Cells = [
    ['yes', 0.1],
    ['yes', 0.2],
  ];
  const example = { columns: ['y', 's'], rows, dataset: { score: 's', positive: 'Yes' } };
  assert.deepEqual(await statusAndMessage({ metric: 'accuracy', min: 0.9 }, example), [
    'not_evaluable',
    'The label column “y” of data set “holdout” holds “yes” only, and never the positive value “Yes”; spell `positive` as the table does.',
  ]);
});

test('data sets that have a file in common are not compared', async () => {
  const table = csv(
    ['y', 's'],
    Array.from({ length: 300 }, (_, row) => [row % 2, row / 300]),
  );
  const made: Omit<TestCase, 'checks'> = {
    datasets: {
      training: { path: 'data/train.csv', label: 'y', score: 's' },
      holdout: { path: 'data/*.csv', label: 'y', score: 's' },
    },
    files: { 'data/train.csv': table, 'data/holdout.csv': `${table}\n1,0.5` },
  };
  for (const check of [
    { check: 'drift', method: 'psi', reference: 'training', current: 'holdout', columns: ['s'], max: 0.3 },
    { check: 'gap', metric: 'accuracy', datasets: ['training', 'holdout'], max: 0.1 },
  ] satisfies Check[]) {
    const outcome = await outcomeOf(check, made);
    assert.deepEqual(
      [outcome.status, outcome.message],
      [
        'not_evaluable',
        'Data sets “training” and “holdout” both read “data/train.csv”, so that they can’t be compared; give each its own files.',
      ],
    );
  }
});

const TWO_ROWS = 'y,s\n1,0.9\n0,0.2\n';
const ACCURATE = { check: 'metric', metric: 'accuracy', dataset: 'd', min: 0.5 } as const;
const inFiles = (path: string, ...names: string[]): Omit<TestCase, 'checks'> => ({
  datasets: { d: { path, label: 'y', score: 's' } },
  files: Object.fromEntries(names.map((name) => [name, TWO_ROWS])),
});

test('a pattern that finds a file and its copy does not count rows twice', async () => {
  const outcome = await outcomeOf(ACCURATE, inFiles('d/*.csv', 'd/a.csv', 'd/a-copy.csv'));
  assert.deepEqual(
    [outcome.status, outcome.message],
    [
      'not_evaluable',
      '“d/a-copy.csv” and “d/a.csv” of data set “d” hold the same bytes, so that each row would count twice; keep one of them.',
    ],
  );
});

test('files that are alike but for their partition, or without rows, are files of a table', async () => {
  const partitioned = await outcomeOf(ACCURATE, inFiles('d/**/*.csv', 'd/year=2025/a.csv', 'd/year=2026/a.csv'));
  assert.deepEqual([partitioned.status, partitioned.rows], ['pass', 4]);
  const { datasets } = inFiles('d/*.csv');
  const files = { 'd/1.csv': TWO_ROWS, 'd/2.csv': 'y,s\n', 'd/3.csv': 'y,s\n' };
  const empty = await outcomeOf(ACCURATE, { ...(datasets ? { datasets } : {}), files });
  assert.deepEqual([empty.status, empty.rows], ['pass', 2]);
});

test('a comparison of a table with its copy says that it is one', async () => {
  const table = csv(
    ['y', 's'],
    Array.from({ length: 300 }, (_, row) => [row % 2, row / 300]),
  );
  const made: Omit<TestCase, 'checks'> = {
    datasets: { before: { path: 'a.csv', label: 'y', score: 's' }, after: { path: 'b.csv', label: 'y', score: 's' } },
    files: { 'a.csv': table, 'b.csv': table },
  };
  for (const check of [
    { check: 'drift', method: 'psi', reference: 'before', current: 'after', columns: ['s'], max: 0.3 },
    { check: 'gap', metric: 'accuracy', datasets: ['before', 'after'], max: 0.1 },
  ] satisfies Check[]) {
    const { message } = await outcomeOf(check, made);
    assert.match(message, / “a\.csv” and “b\.csv” hold the same bytes\.$/);
  }
});
