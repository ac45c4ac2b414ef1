import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject } from './project.ts';

const project = makeProject({ metrics: { right: [0.75], close: [0.7500001], wrong: [0.9], nan: [Number.NaN] } });
const agreement = (logged: string, tolerance = '1e-9', metric = 'accuracy') =>
  `{ check: agreement, logged: ${logged}, metric: ${metric}, dataset: holdout, tolerance: ${tolerance} }`;

test('a logged metric agrees with the same metric recomputed', async () => {
  const outcome = await project.outcomeOf(agreement('right'));
  assert.deepEqual(
    [outcome.status, outcome.value, outcome.bound, outcome.rows, outcome.formula],
    ['pass', 0, { tolerance: 1e-9 }, 8, 'agreement/accuracy/sklearn'],
  );
  assert.equal(
    outcome.message,
    'The run logged “right” as 0.75, which agrees with Accuracy recomputed on 8 rows of holdout, 0.75; at most 1e-9 apart is required.',
  );
});

test('the distance is inclusive, and shown with as many digits as it takes', async () => {
  assert.equal((await project.outcomeOf(agreement('wrong', '0.16'))).status, 'pass');
  const close = await project.outcomeOf(agreement('close'));
  assert.equal(close.status, 'fail');
  assert.match(close.message, /as 0\.7500001, which does not agree with Accuracy .* 0\.75;/);
});

test('nothing agrees with NaN, with what was not logged, or with 0/0', async () => {
  for (const name of ['nan', 'absent'])
    assert.equal((await project.outcomeOf(agreement(name, '1000'))).status, 'not_evaluable');
  project.write('never.csv', 'label,score\n1,0.1\n0,0.2\n');
  const datasets = 'holdout: { path: never.csv, label: label, score: score }';
  const outcome = await project.outcomeOf(agreement('right', '1', 'precision'), { datasets });
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /is 0\/0/);
});
