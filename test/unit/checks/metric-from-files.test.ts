import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessedOf, HOLDOUT, makeProject, TABLE } from './project.ts';

const project = makeProject({
  metrics: { 'val/loss': [0.5, 0.25], flat: [0.8], broken: [Number.NaN], endless: [Number.POSITIVE_INFINITY] },
});
project.database.exec("INSERT INTO metrics VALUES ('val/loss', 0.9, 1, 'run1', 0, 0)");

const metric = (name: string, bound = 'min: 0.5', more = '') =>
  `{ check: metric, metric: ${name}, dataset: holdout, ${bound}${more} }`;
const logged = (name: string, bound: string) => `{ check: metric, logged: ${name}, ${bound} }`;

/** A data set over a table of its own. */
function dataset(name: string, rows: string, more = ''): string {
  project.write(name, rows);
  return `holdout: { path: ${name}, label: label, score: score${more} }`;
}

test('the six metrics are recomputed from the rows', async () => {
  const expected = { accuracy: 0.75, precision: 0.75, recall: 0.75, f1: 0.75, roc_auc: 0.8125 };
  for (const [name, value] of Object.entries(expected)) {
    const outcome = await project.outcomeOf(metric(name));
    assert.deepEqual(
      [outcome.status, outcome.value, outcome.rows, outcome.bound, outcome.interval],
      ['pass', value, 8, { min: 0.5 }, null],
      name,
    );
    assert.equal(outcome.formula, name === 'roc_auc' ? 'roc_auc/midrank' : `${name}/sklearn`);
    assert.deepEqual(
      outcome.evidence.map(({ path }) => path),
      ['holdout.csv'],
    );
  }
  const loss = await project.outcomeOf(metric('log_loss', 'max: 1'));
  const likelihoods = [0.9, 0.8, 0.6, 0.3, 0.3, 0.6, 0.8, 0.9];
  assert.ok(Math.abs((loss.value ?? 0) + likelihoods.reduce((sum, p) => sum + Math.log(p), 0) / 8) < 1e-12);
});

test('the message can be understood without the code', async () => {
  const outcome = await project.outcomeOf(metric('roc_auc', 'min: 0.9'));
  assert.equal(outcome.message, 'ROC AUC is 0.8125 on 8 rows of holdout; at least 0.9 is required.');
  assert.equal(outcome.title, 'ROC AUC on holdout');
  const close = await project.outcomeOf(metric('roc_auc', 'min: 0.8125001'));
  assert.deepEqual([close.status, close.message.slice(0, 28)], ['fail', 'ROC AUC is 0.8125 on 8 rows ']);
});

test('bounds are inclusive, and every bound must hold', async () => {
  const cases: [string, string][] = [
    ['min: 0.8125', 'pass'],
    ['min: 0.8125000000000001', 'fail'],
    ['max: 0.8125', 'pass'],
    ['max: 0.8124999999999999', 'fail'],
    ['max_abs: 0.8125', 'pass'],
    ['max_abs: 0.8', 'fail'],
    ['min: 0.1, max: 0.81', 'fail'],
    ['min: 0.81, max: 0.9', 'pass'],
  ];
  for (const [bound, status] of cases)
    assert.equal((await project.outcomeOf(metric('roc_auc', bound))).status, status, bound);
});

test('weights weigh the value and not the rows, and have a formula of their own', async () => {
  const datasets = HOLDOUT.replace(' }', ', weight: weight }');
  const outcome = await project.outcomeOf(metric('recall'), { datasets });
  assert.deepEqual([outcome.value, outcome.rows, outcome.formula], [4 / 5, 8, 'recall/sklearn/weighted']);
  const few = await project.outcomeOf(metric('recall', 'min: 0.5', ', min_rows: 5'), { datasets });
  assert.equal(few.status, 'not_evaluable');
});

test('the prediction column decides where there is one, else score and threshold', async () => {
  assert.equal(
    (await project.outcomeOf(metric('accuracy'), { datasets: HOLDOUT.replace(' }', ', threshold: 0.35 }') })).value,
    5 / 8,
  );
  const datasets = dataset('predicted.csv', 'label,score,yes\n1,0.1,1\n0,0.9,0\n', ', prediction: yes');
  assert.equal((await project.outcomeOf(metric('accuracy'), { datasets })).value, 1);
  assert.equal((await project.outcomeOf(metric('roc_auc', 'max: 1'), { datasets })).value, 0);
});

test('labels compare by value: numbers, texts and truth values', async () => {
  const cases: [string, string, string][] = [
    ['1', '0', ''],
    ['1.0', '0.0', ', positive: 1'],
    ['1', '0', ', positive: "1"'],
    ['True', 'False', ', positive: true'],
    ['true', 'false', ''],
    ['1', '0', ', positive: true'],
    ['bad', 'good', ', positive: bad'],
    ['2', '1', ', positive: 2'],
    ['-1', '1', ', positive: -1'],
  ];
  for (const [positive, negative, more] of cases) {
    const datasets = dataset('labels.csv', `label,score\n${positive},0.9\n${negative},0.2\n${negative},0.6\n`, more);
    const outcome = await project.outcomeOf(metric('accuracy'), { datasets });
    assert.deepEqual([outcome.status, outcome.value], ['pass', 2 / 3], `${positive} ${negative}${more}`);
  }
});

test('numbers of more digits than a double keeps are classes of their own', async () => {
  const near = 'label,score\n9007199254740993,0.9\n9007199254740992,0.9\n9007199254740993,0.8\n9007199254740992,0.1\n';
  const outcome = await project.outcomeOf(metric('recall'), {
    datasets: dataset('near.csv', near, ', positive: "9007199254740993"'),
  });
  assert.equal(outcome.status, 'not_evaluable', outcome.message);
  const huge = 'label,score\n1e400,0.9\n2e400,0.9\n';
  const precision = await project.outcomeOf(metric('precision', 'max: 2'), {
    datasets: dataset('huge.csv', huge, ', positive: "1e400"'),
  });
  assert.equal(precision.value, 0.5);
});

test('what min_rows counts is what the formula divides by', async () => {
  const counted = { accuracy: 8, log_loss: 8, precision: 4, recall: 4, f1: 5, roc_auc: 4 };
  for (const [name, rows] of Object.entries(counted)) {
    const enough = await project.outcomeOf(metric(name, 'max: 1', `, min_rows: ${rows}`));
    assert.equal(enough.status, 'pass', `${name} ${enough.message}`);
    const few = await project.outcomeOf(metric(name, 'max: 1', `, min_rows: ${rows + 1}`));
    assert.deepEqual([few.status, few.value], ['not_evaluable', null], name);
    assert.match(few.message, /^There are only \d .*in data set “holdout”; the check needs \d+\.$/);
  }
});

test('0/0 is scikit-learn’s zero, and the message says so', async () => {
  const datasets = dataset('never.csv', 'label,score\n1,0.1\n0,0.2\n');
  const outcome = await project.outcomeOf(metric('precision', 'max: 1'), { datasets });
  assert.deepEqual([outcome.status, outcome.value], ['pass', 0]);
  assert.match(outcome.message, /0\/0: there are no rows predicted positive/);
});

test('whatever is wrong with the rows is not evaluable, with one sentence that names the column', async () => {
  const cases: [string, string, string, string, RegExp][] = [
    ['roc_auc', 'no rows', 'label,score\n', '', /“holdout” has no rows/],
    ['roc_auc', 'null score', 'label,score\n1,\n0,0.5\n', '', /score column “score” .* null in 1 row\./],
    ['roc_auc', 'NaN score', 'label,score\n1,nan\n0,0.5\n', '', /score column “score” .* NaN in 1 row\./],
    ['accuracy', 'NaN score', 'label,score\n1,nan\n0,0.5\n', '', /NaN/],
    ['roc_auc', 'infinite score', 'label,score\n1,inf\n0,0.5\n', '', /infinite in row 1/],
    [
      'roc_auc',
      'text score',
      'label,score\n1,high\n0,0.5\n',
      '',
      /“score” of “wrong\.csv” holds “high”, which is not a number/,
    ],
    ['log_loss', 'score above 1', 'label,score\n1,1.5\n0,0.5\n', '', /is 1\.5 in row 1; a probability/],
    ['accuracy', 'score below 0', 'label,score\n1,-2\n0,0.5\n', '', /is -2 in row 1; a probability/],
    ['accuracy', 'null label', 'label,score\n1,0.5\n,0.5\n', '', /label column “label” .* null in 1 row\./],
    ['accuracy', 'NaN label', '{"label":1,"score":1}\n{"label":NaN,"score":1}', '', /NaN in 1 row/],
    ['accuracy', 'third label', 'label,score\n1,0.5\n0,0.5\n2,0.5\n', '', /holds 0 and 2 beside the positive value 1/],
    [
      'accuracy',
      'third text label',
      'label,score\nbad,0.5\ngood,0.5\n',
      '',
      /“bad” and “good” beside the positive value 1/,
    ],
    [
      'accuracy',
      'only strange labels',
      'label,score\ngood,0.1\ngood,0.2\n',
      '',
      /“good”, which is nothing like the positive value 1/,
    ],
    [
      'accuracy',
      'third prediction',
      'label,score,p\n1,0.5,1\n0,0.5,2\n',
      ', prediction: p',
      /prediction column “p” .* holds 0 and 2/,
    ],
    [
      'accuracy',
      'score as prediction',
      'label,score,p\n1,0.5,0.7\n0,0.5,0.2\n',
      ', prediction: p',
      /holds 0\.2 and 0\.7 beside/,
    ],
    [
      'accuracy',
      'strange prediction',
      'label,score,p\n1,0.5,yes\n0,0.5,no\n',
      ', prediction: p',
      /holds “no” and “yes” beside/,
    ],
    ['roc_auc', 'one class', 'label,score\n1,0.5\n1,0.6\n', '', /no value .* one has no rows/],
    ['roc_auc', 'one class without weight', 'label,score,w\n1,0.5,0\n0,0.6,1\n', ', weight: w', /no weight/],
    ['accuracy', 'no weight at all', 'label,score,w\n1,0.5,0\n0,0.6,0\n', ', weight: w', /adds up to 0/],
    ['accuracy', 'negative weight', 'label,score,w\n1,0.5,-1\n0,0.6,2\n', ', weight: w', /negative in row 1/],
    ['accuracy', 'NaN weight', 'label,score,w\n1,0.5,nan\n0,0.6,2\n', ', weight: w', /weight column “w” .* NaN/],
    [
      'accuracy',
      'missing weight column',
      'label,score\n1,0.5\n',
      ', weight: w',
      /no column “w” in “wrong\.csv”; it has “label” and “score”/,
    ],
    ['accuracy', 'missing label column', 'y,score\n1,0.5\n', '', /no column “label”/],
  ];
  for (const [name, what, rows, more, expected] of cases) {
    const file = rows.startsWith('{') ? 'wrong.jsonl' : 'wrong.csv';
    const outcome = await project.outcomeOf(metric(name, name === 'log_loss' ? 'max: 9' : 'min: 0'), {
      datasets: dataset(file, rows, more),
    });
    assert.deepEqual([outcome.status, outcome.value], ['not_evaluable', null], `${what}: ${outcome.message}`);
    assert.match(outcome.message, expected, what);
    assert.ok(!outcome.message.includes(project.folder), outcome.message);
  }
});

test('whatever is wrong with the file is not evaluable', async () => {
  const at = (path: string) => `holdout: { path: "${path}", label: label, score: score }`;
  project.write('noise.parquet', 'noise');
  project.write('folder.csv/x', 'x');
  const cases: [string, RegExp][] = [
    ['absent.csv', /“absent\.csv” does not exist/],
    ['run:absent.csv', /neither an artifact nor a logged model/],
    ['*.absent', /No file matches/],
    ['noise.parquet', /“noise\.parquet” can’t be read/],
    ['folder.csv', /is not a file/],
    ['signoff.yaml', /is not a table that can be read/],
  ];
  for (const [path, expected] of cases) {
    const outcome = await project.outcomeOf(metric('accuracy'), { datasets: at(path) });
    assert.equal(outcome.status, 'not_evaluable', path);
    assert.match(outcome.message, expected, path);
  }
});

test('a table among the run’s artifacts is found', async () => {
  const outcome = await project.outcomeOf(metric('accuracy'), {
    datasets: 'holdout: { path: "run:eval/*.csv", label: label, score: score }',
  });
  assert.equal(outcome.value, 0.75);
  assert.deepEqual(
    outcome.evidence.map(({ path }) => path),
    ['mlruns/1/run1/artifacts/eval/predictions.csv'],
  );
});

test('a logged metric counts at its highest step, or at the step that is named', async () => {
  const last = await project.outcomeOf(logged('val/loss', 'max: 0.3'));
  assert.deepEqual(
    [last.status, last.value, last.rows, last.formula, last.evidence],
    ['pass', 0.25, null, 'logged/latest', []],
  );
  assert.equal(last.message, 'The run logged “val/loss” as 0.25 at step 1; at most 0.3 is required.');
  const first = await project.outcomeOf(logged('val/loss', 'max: 0.3, step: 0'));
  assert.deepEqual([first.status, first.value, first.formula], ['fail', 0.5, 'logged/step']);
});

test('a logged metric that is absent, or not a number, is not evaluable', async () => {
  const cases: [string, RegExp][] = [
    [logged('absent', 'min: 0'), /no metric “absent”; it logged “broken”, “endless”, “flat” and “val\/loss”/],
    [logged('loss', 'min: 0'), /no metric “loss”/],
    [logged('flat', 'min: 0, step: 7'), /at no step 7; only at step 0/],
    [logged('broken', 'min: -1000'), /logged NaN as “broken”/],
    [logged('endless', 'min: 0'), /logged infinity as “endless”/],
  ];
  for (const [check, expected] of cases) {
    const outcome = await project.outcomeOf(check);
    assert.deepEqual([outcome.status, outcome.value], ['not_evaluable', null]);
    assert.match(outcome.message, expected);
  }
});

test('two checks of one table agree, though one needs a column that can’t be read', async () => {
  project.write('half.csv', TABLE.replace('0.9', 'high').replaceAll(/,(\d+)$/gm, ',0'));
  const datasets = 'holdout: { path: half.csv, label: label, score: score, prediction: weight }';
  const { outcomes } = await project.assess({
    datasets,
    checks: `auc: ${metric('roc_auc')}\naccuracy: ${metric('accuracy')}`,
  });
  assert.deepEqual(
    outcomes.map(({ id, status }) => [id, status]),
    [
      ['auc', 'not_evaluable'],
      ['accuracy', 'pass'],
    ],
  );
});

test('a dialect that the file’s name does not say is told beside the assessment, and is no part of it', async () => {
  project.write('semicolons.csv', TABLE.replaceAll(',', ';'));
  const parts = (path: string) => ({
    datasets: `holdout: { path: ${path}, label: label, score: score }`,
    checks: `auc: ${metric('roc_auc')}`,
  });
  const other = assessedOf(await project.load(parts('semicolons.csv')));
  assert.deepEqual(
    other.problems.filter(({ code }) => code === 'table-dialect').map(({ message }) => message),
    [`“semicolons.csv” was read as UTF-8 text with “;” between values and '"' around them.`],
  );
  const usual = assessedOf(await project.load(parts('holdout.csv')));
  assert.equal(
    usual.problems.some(({ code }) => code === 'table-dialect'),
    false,
  );
  assert.deepEqual(other.assessment.outcomes[0]?.value, usual.assessment.outcomes[0]?.value);
});
