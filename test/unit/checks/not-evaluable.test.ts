import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check, Dataset } from '../../../src/policy/schema.ts';
import { approvedIn, csv, outcomeOf, ROWS, type TestCase } from './support/assess-rows.ts';

const GOOD = csv(
  ['y', 'p', 'g', 'k', 'w'],
  [
    [1, 0.9, 'a', 1, 1],
    [0, 0.1, 'b', 2, 1],
    [1, 0.8, 'b', 3, 1],
    [0, 0.2, 'a', 4, 1],
  ],
);
const ACCURACY = { check: 'metric', metric: 'accuracy', dataset: 'd', min: 0 } as const;
const AUC = { check: 'metric', metric: 'roc_auc', dataset: 'd', min: 0 } as const;

/** The second row met three others. */
const JOINED = `${GOOD}\n0,0.1,b,2,1\n0,0.1,b,2,1`;

function on(text: string, dataset: Partial<Dataset> = {}): Omit<TestCase, 'checks'> {
  return { datasets: { d: { ...ROWS, ...dataset } }, files: { 'rows.csv': text } };
}

function inRun(own: string, others: string, dataset: Partial<Dataset> = {}): Omit<TestCase, 'checks'> {
  return {
    datasets: { d: { ...ROWS, path: 'run:rows.csv', ...dataset } },
    run: { files: { 'rows.csv': own } },
    others: { old: { files: { 'rows.csv': others } } },
    baselines: approvedIn('old'),
  };
}

const AGAINST = { check: 'metric', metric: 'accuracy', dataset: 'd', against: 'production', max_drop: 1 } as const;
const LOGGED = { check: 'metric', logged: 'loss', max: 1 } as const;
const one = (y: number | string | null, p: number | string | null = 0.5) =>
  csv(
    ['y', 'p'],
    [
      [0, 0.1],
      [1, 0.9],
      [y, p],
    ],
  );

/** Every way, with what the sentence must say. None of these bounds could fail by its value. */
const WAYS: readonly [string, Check, Omit<TestCase, 'checks'>, RegExp][] = [
  ['a table that is not there', ACCURACY, { datasets: { d: ROWS } }, /rows\.csv/],
  ['a data set that the policy lacks', ACCURACY, {}, /no data set “d”/],
  ['a table without rows', ACCURACY, on('y,p\n'), /“d” has no rows/],
  ['a column that is not there', ACCURACY, on(GOOD, { score: 'q' }), /no column “q”.*it has “y”, “p”/],
  ['a column of texts where numbers are needed', AUC, on(one(0, 'high')), /holds “high”, which is not a number/],
  ['a format that is no table', ACCURACY, on(GOOD, { path: 'rows.pkl' }), /rows\.pkl/],
  ['a null label', ACCURACY, on(one(null)), /is null in 1 row/],
  ['a third label', ACCURACY, on(one(2)), /holds 0 and 2 beside the positive value 1/],
  ['a null score', AUC, on(one(0, null)), /score column “p” of data set “d” is null in 1 row/],
  ['a score of NaN', AUC, on(one(0, 'nan')), /is NaN in 1 row/],
  ['an infinite score', AUC, on(one(0, 'inf')), /is infinite in row 3/],
  ['a score that is no probability', ACCURACY, on(one(0, 1.5)), /is 1\.5 in row 3; a probability lies between 0 and 1/],
  ['a class without rows', AUC, on(csv(['y', 'p'], [[1, 0.5]])), /has no value on “d”: .*one has no rows/],
  ['a negative weight', ACCURACY, on(`${GOOD}\n1,0.5,a,5,-1`, { weight: 'w' }), /is negative in row 5/],
  ['weights of nothing', ACCURACY, on(csv(['y', 'p', 'w'], [[1, 0.5, 0]]), { weight: 'w' }), /adds up to 0/],
  [
    'a null unit',
    { ...ACCURACY, confidence: 0.9 },
    on(csv(['y', 'p', 'u'], [[1, 0.5, null]]), { unit: 'u' }),
    /unit column “u”.*null in 1 row/,
  ],
  ['rows that a join repeats', ACCURACY, on(JOINED, { key: 'k' }), /“k” .* is a key, but “2” stands in 3 rows/],
  ['the order of rows that a join repeats', AUC, on(JOINED, { key: 'k' }), /“2” stands in 3 rows/],
  [
    'groups of rows that a join repeats',
    { ...ACCURACY, by: 'g' },
    on(JOINED, { key: 'k', groups: { g: {} } }),
    /3 rows/,
  ],
  ['a key that is not there', ACCURACY, on(GOOD, { key: 'id' }), /There is no column “id” in “rows.csv”/],
  [
    'fewer rows than min_rows',
    { ...ACCURACY, min_rows: 5 },
    on(GOOD),
    /only 4 rows in data set “d”; the check needs 5/,
  ],
  [
    'a group that is not declared',
    { ...ACCURACY, by: 'h' },
    on(GOOD, { groups: { g: {} } }),
    /declares no group “h”; it declares “g”/,
  ],
  ['a group’s column that is not there', { ...ACCURACY, by: 'h' }, on(GOOD, { groups: { h: {} } }), /no column “h”/],
  [
    'a group of NaN',
    { ...ACCURACY, by: 'h' },
    on(csv(['y', 'p', 'h'], [[1, 0.5, 'nan']]), { groups: { h: { bins: [1] } } }),
    /is NaN in 1 row/,
  ],
  [
    'a group’s time that is none',
    { ...ACCURACY, by: 'g' },
    on(GOOD, { groups: { g: { every: 'month' } } }),
    /holds “a”, which is not a date or a time/,
  ],
  [
    'too many groups',
    { ...ACCURACY, by: 'h' },
    on(
      csv(
        ['y', 'p', 'h'],
        Array.from({ length: 1001 }, (_, row) => [1, 0.5, row]),
      ),
      { groups: { h: {} } },
    ),
    /more than 1,000 groups/,
  ],
  [
    'no interval where a class is too rare',
    { ...AUC, confidence: 0.95 },
    on(
      csv(
        ['y', 'p'],
        [
          [1, 0.5],
          [0, 0.6],
          [0, 0.4],
        ],
      ),
    ),
    /too few or too alike/,
  ],
  [
    'kappa of one class',
    { check: 'metric', metric: 'cohen_kappa', dataset: 'd', min: -1 },
    on(csv(['y', 'p'], [[1, 0.9]])),
    /0\/0/,
  ],
  ['a check without a bound', { check: 'metric', metric: 'accuracy', dataset: 'd' }, on(GOOD), /no bound/],
  ['a check of neither metric nor logged', { check: 'metric', min: 0 }, {}, /neither/],
  ['a check of both', { ...ACCURACY, logged: 'loss' }, on(GOOD), /both/],
  ['a check without its data set', { check: 'metric', metric: 'accuracy', min: 0 }, {}, /names no `dataset`/],
  [
    'a metric of another task',
    { check: 'metric', metric: 'r2', dataset: 'd', min: -9 },
    on(GOOD),
    /does not exist for the task “binary”/,
  ],
  [
    'a logged metric that is not there',
    LOGGED,
    { run: { metrics: { auc: [1] } } },
    /no metric “loss”; it logged “auc”/,
  ],
  ['a logged metric of NaN', LOGGED, { run: { metrics: { loss: [Number.NaN] } } }, /logged NaN/],
  ['a logged metric of minus infinity', LOGGED, { run: { metrics: { loss: [-Infinity] } } }, /minus infinity/],
  ['a step that was not logged', { ...LOGGED, step: 7 }, { run: { metrics: { loss: [0] } } }, /at no step 7/],
  [
    'min_rows of a logged metric',
    { ...LOGGED, min_rows: 1 },
    { run: { metrics: { loss: [0] } } },
    /no rows that `min_rows`/,
  ],
  [
    'confidence of a logged metric',
    { ...LOGGED, confidence: 0.9 },
    { run: { metrics: { loss: [0] } } },
    /no rows to make/,
  ],
  ['a drop without another model', { ...ACCURACY, min: undefined, max_drop: 1 } as Check, on(GOOD), /no `against`/],
  [
    'a comparison without a bound',
    { ...ACCURACY, min: undefined, against: 'production' } as Check,
    on(GOOD),
    /needs `max_drop`/,
  ],
  ['a comparison with a bound of the value', { ...AGAINST, min: 0 }, inRun(GOOD, GOOD), /the value is the drop/],
  ['approvals that nobody looked at', AGAINST, { ...inRun(GOOD, GOOD), baselines: undefined }, /is not known here/],
  [
    'an approved run that is gone',
    AGAINST,
    { ...inRun(GOOD, GOOD), others: {} },
    /the model approved for production: There is no run “old”/,
  ],
  [
    'a comparison with itself',
    { ...AGAINST, against: 'run:candidate' },
    { ...inRun(GOOD, GOOD), others: { candidate: {} } },
    /this very run/,
  ],
  [
    'a table that both models share',
    AGAINST,
    { ...inRun(GOOD, GOOD), datasets: { d: ROWS }, files: { 'rows.csv': GOOD } },
    /only one model’s predictions/,
  ],
  [
    'another model without the table',
    AGAINST,
    { ...inRun(GOOD, GOOD), others: { old: {} } },
    /In the model approved for production/,
  ],
  ['keys that are not unique', AGAINST, inRun(GOOD, GOOD, { key: 'g' }), /“g”.* is a key, but “a” stands in 2 rows/],
  [
    'a null key',
    AGAINST,
    inRun(GOOD.replace('a,1,', 'a,,'), GOOD, { key: 'k' }),
    /“k”.* is a key, but it is null in 1 row/,
  ],
  [
    'keys that only one model has',
    AGAINST,
    inRun(GOOD.replace('a,1,', 'a,9,'), GOOD, { key: 'k' }),
    /in only one of the two/,
  ],
  ['one row more', AGAINST, inRun(`${GOOD}\n1,0.5,a,5,1`, GOOD, { key: 'k' }), /5 rows and the other 4 rows/],
  [
    'other labels for the same keys',
    AGAINST,
    inRun(GOOD, GOOD.replace('0,0.1', '1,0.1'), { key: 'k' }),
    /another label/,
  ],
  [
    'other weights for the same keys',
    AGAINST,
    inRun(GOOD, GOOD.replace('2,1', '2,3'), { key: 'k', weight: 'w' }),
    /other weights/,
  ],
  [
    'a group that only one model has',
    { ...AGAINST, by: 'g' },
    inRun(GOOD, GOOD.replaceAll(',b,', ',c,'), { groups: { g: {} } }),
    /Only the other model’s data|Only this model’s data/,
  ],
  [
    'a drop relative to 0',
    { ...AGAINST, max_drop: undefined, max_drop_relative: 1 } as Check,
    inRun(GOOD, csv(['y', 'p'], [[1, 0.1]])),
    /nothing can be told relative to 0/,
  ],
  [
    '0/0 of either model',
    { ...AGAINST, metric: 'precision' },
    inRun(GOOD, csv(['y', 'p'], [[1, 0.1]])),
    /Of the other model: Precision is 0\/0/,
  ],
  [
    'too few rows of the other model',
    { ...AGAINST, min_rows: 3 },
    inRun(GOOD, csv(['y', 'p'], [[1, 0.1]])),
    /Of the other model: There is only 1 row; the check needs 3/,
  ],
  [
    'a logged comparison without a direction',
    { check: 'metric', logged: 'loss', against: 'run:old', max_drop: 9 },
    { run: { metrics: { loss: [1] } }, others: { old: { metrics: { loss: [1] } } } },
    /needs `greater_is_better`/,
  ],
  [
    'a metric that the other run did not log',
    { check: 'metric', logged: 'loss', greater_is_better: false, against: 'run:old', max_drop: 9 },
    { run: { metrics: { loss: [1] } }, others: { old: {} } },
    /In run old: The run logged no metric/,
  ],
  [
    'MLflow’s change without another model',
    { ...ACCURACY, min: undefined, min_absolute_change: 0.1 } as Check,
    on(GOOD),
    /no `against`/,
  ],
  ['MLflow’s fields beside bounds', { ...ACCURACY, threshold: 0 }, on(GOOD), /can’t stand in one check/],
  [
    'MLflow’s threshold of a logged metric without a direction',
    { check: 'metric', logged: 'loss', threshold: 1 },
    { run: { metrics: { loss: [0] } } },
    /needs `greater_is_better`/,
  ],
  [
    'agreement with what was not logged',
    { check: 'agreement', logged: 'acc', metric: 'accuracy', dataset: 'd', tolerance: 1 },
    on(GOOD),
    /no metric “acc”/,
  ],
  [
    'agreement with 0/0',
    { check: 'agreement', logged: 'acc', metric: 'precision', dataset: 'd', tolerance: 1 },
    { ...on(csv(['y', 'p'], [[0, 0.1]])), run: { metrics: { acc: [0] } } },
    /nothing can agree/,
  ],
  [
    'agreement on too few rows',
    { check: 'agreement', logged: 'acc', metric: 'accuracy', dataset: 'd', tolerance: 1, min_rows: 9 },
    { ...on(GOOD), run: { metrics: { acc: [0] } } },
    /only 4 rows/,
  ],
  [
    'a gap of 0/0',
    { check: 'gap', metric: 'precision', datasets: ['d', 'e'], max: 1 },
    {
      datasets: { d: ROWS, e: { ...ROWS, path: 'e.csv' } },
      files: { 'rows.csv': GOOD, 'e.csv': csv(['y', 'p'], [[0, 0.1]]) },
    },
    /0\/0 on data set “e”/,
  ],
  [
    'a gap on too few rows',
    { check: 'gap', metric: 'accuracy', datasets: ['d', 'e'], max: 1, min_rows: 2 },
    {
      datasets: { d: ROWS, e: { ...ROWS, path: 'e.csv' } },
      files: { 'rows.csv': GOOD, 'e.csv': csv(['y', 'p'], [[0, 0.1]]) },
    },
    /only 1 row in data set “e”/,
  ],
  [
    'a gap from a data set to itself',
    { check: 'gap', metric: 'accuracy', datasets: ['d', 'd'], max: 1 },
    on(GOOD),
    /twice/,
  ],
  [
    'stability of one step',
    { check: 'stability', logged: 'cv', statistic: 'sd', max: 9 },
    { run: { metrics: { cv: [1] } } },
    /1 step only; two are needed/,
  ],
  [
    'stability with a step of NaN',
    { check: 'stability', logged: 'cv', statistic: 'sd', max: 9 },
    { run: { metrics: { cv: [1, Number.NaN, 2] } } },
    /not a finite number at step 1/,
  ],
  [
    'stability of what was not logged',
    { check: 'stability', logged: 'cv', statistic: 'sd', max: 9 },
    { run: {} },
    /no metric “cv”/,
  ],
  [
    'several classes without an average',
    { check: 'metric', metric: 'recall', dataset: 'd', min: 0 },
    { task: 'multiclass', ...on(GOOD, { score: undefined, prediction: 'y' } as Partial<Dataset>) },
    /needs `average`/,
  ],
  [
    'a class that no row has',
    { check: 'metric', metric: 'recall', class: 'z', dataset: 'd', min: 0 },
    { task: 'multiclass', ...on(GOOD, { score: undefined, prediction: 'y' } as Partial<Dataset>) },
    /“z” as its class/,
  ],
  [
    'a label that is none of the classes',
    { check: 'metric', metric: 'accuracy', dataset: 'd', min: 0 },
    { task: 'multiclass', ...on(GOOD, { label: 'g', scores: { a: 'p', c: 'w' } }) },
    /holds “b”, which is none of the classes “a” and “c”/,
  ],
  [
    'scores that are not 1 together',
    { check: 'metric', metric: 'log_loss', dataset: 'd', max: 99 },
    { task: 'multiclass', ...on(GOOD, { label: 'g', scores: { a: 'p', b: 'w' } }) },
    /row 1 of “d” do not add up to 1/,
  ],
  [
    'a regression’s missing prediction',
    { check: 'metric', metric: 'r2', dataset: 'd', min: -9 },
    { task: 'regression', ...on(GOOD, { score: undefined } as Partial<Dataset>) },
    /names no `prediction`/,
  ],
  [
    'r2 of one row',
    { check: 'metric', metric: 'r2', dataset: 'd', min: -9 },
    { task: 'regression', ...on(csv(['y', 'p'], [[1, 2]]), { prediction: 'p' }) },
    /no value|no finite/,
  ],
  [
    'an interval of the largest error',
    { check: 'metric', metric: 'max_error', dataset: 'd', max: 99, confidence: 0.9 },
    { task: 'regression', ...on(GOOD, { prediction: 'p' }) },
    /too few or too alike/,
  ],
  [
    'a null query',
    { check: 'metric', metric: 'mrr', dataset: 'd', min: 0 },
    { task: 'ranking', ...on(`${GOOD}\n1,0.5,,5,1`, { query: 'g' }) },
    /query column “g”.*null in 1 row/,
  ],
  [
    'a negative relevance',
    { check: 'metric', metric: 'mrr', dataset: 'd', min: 0 },
    { task: 'ranking', ...on(one(-1), { query: 'y' }) },
    /negative in row 3; relevance/,
  ],
  [
    'a unit that splits a query',
    { check: 'metric', metric: 'mrr', dataset: 'd', min: 0, confidence: 0.9 },
    { task: 'ranking', ...on(GOOD, { query: 'g', unit: 'k' }) },
    /whole queries/,
  ],
];

for (const [what, check, made, says] of WAYS) {
  test(`${what} is not evaluable, and says so`, async () => {
    const outcome = await outcomeOf(check, made);
    assert.equal(outcome.status, 'not_evaluable', `${outcome.status}: ${outcome.message}`);
    assert.match(outcome.message, says);
    assert.match(outcome.message, /\.$/);
    assert.doesNotMatch(outcome.message, /undefined|NaN,|\bnull\b(?! in)|\[object|The check can't be evaluated/);
  });
}
