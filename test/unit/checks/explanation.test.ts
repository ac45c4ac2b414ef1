import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dataset, ExplanationCheck } from '../../../src/policy/schema.ts';
import { damaged, fixture } from '../evidence/support/fixtures.ts';
import { type EvidenceCase, outcomeWith, partsOf } from './support/evidence-case.ts';

type Asked = Partial<Omit<ExplanationCheck, 'check'>>;

async function judged(file: string, content: Uint8Array | string, asked: Asked, made: EvidenceCase = {}) {
  const check: ExplanationCheck = { check: 'explanation', method: 'shap', values: `run:${file}`, ...asked };
  return outcomeWith(check, { ...made, artifacts: { [file]: content, ...made.artifacts } });
}

const json = (value: unknown): string => JSON.stringify(value);
const logit = (p: number): number => Math.log(p / (1 - p));

/** Three rows and two features that add up to 0.2, 0.5 and 0.9, on the scale of the probability. */
const ADDS_UP = {
  values: [
    [-0.2, -0.1],
    [0.1, -0.1],
    [0.3, 0.1],
  ],
  base_values: 0.5,
  feature_names: ['income', 'debt'],
};
const PREDICTIONS = [0.2, 0.5, 0.9];
const HOLDOUT: Dataset = { path: 'rows.csv', label: 'y', score: 'p', key: 'id' };
const ROWS = 'id,y,p\n7,0,0.2\n8,1,0.5\n9,1,0.9\n';
const WITH_ROWS: EvidenceCase = { datasets: { holdout: HOLDOUT }, files: { 'rows.csv': ROWS } };

test('values that add up to the file’s predictions pass, with error, rows and share as parts', async () => {
  const content = json({ ...ADDS_UP, predictions: PREDICTIONS });
  const outcome = await judged('shap.json', content, { additivity: 1e-9, forbidden: ['sex'], max_top_share: 0.7 });
  assert.equal(outcome.status, 'pass', outcome.message);
  assert.deepEqual(partsOf(outcome), { additivity: 'pass', forbidden: 'pass', top_share: 'pass' });
  assert.deepEqual(outcome.bound, { additivity: 1e-9, max_top_share: 0.7 });
  assert.equal(outcome.formula, 'shap/identity');
  assert.equal(outcome.rows, 3);
  const share = outcome.parts?.find(({ name }) => name === 'top_share')?.value ?? Number.NaN;
  assert.ok(Math.abs(share - 0.6 / 0.9) < 1e-12);
});

test('base values that take over what the features should explain are no additivity', async () => {
  const idle = { ...ADDS_UP, values: ADDS_UP.values.map((row) => row.map(() => 0)), base_values: PREDICTIONS };
  const content = json({ ...idle, predictions: PREDICTIONS });
  const outcome = await judged('shap.json', content, { additivity: 1e-3 });
  assert.equal(outcome.status, 'not_evaluable', outcome.message);
  assert.match(outcome.message, /base values differ from row to row by up to 0\.7/);
});

test('one row that does not add up fails, and is named', async () => {
  const content = json({ ...ADDS_UP, predictions: [0.2, 0.5, 0.8] });
  const outcome = await judged('shap.json', content, { additivity: 0.05, max_top_share: 0.99 });
  assert.equal(outcome.status, 'fail');
  assert.match(outcome.message, /differ from the model’s predictions in the file by up to 0.1 \(row 3\); at most 0.05/);
  assert.ok(Math.abs((outcome.value ?? 0) - 0.1) < 1e-12);
});

test('a data set named by the check is compared with by key, and the file’s own predictions as well', async () => {
  const shuffled = { ...ADDS_UP, values: ADDS_UP.values.toReversed(), id: ['9', '8', '7'] };
  const asked = { dataset: 'holdout', additivity: 1e-9 };
  const outcome = await judged('shap.json', json(shuffled), asked, WITH_ROWS);
  assert.equal(outcome.status, 'pass', outcome.message);
  assert.match(outcome.message, /predictions of holdout \(found by id\)/);
  const two = await judged('shap.json', json({ ...shuffled, predictions: [0.9, 0.5, 0.3] }), asked, WITH_ROWS);
  assert.equal(two.status, 'fail');
  const some = { ...ADDS_UP, values: ADDS_UP.values.slice(1, 2), id: [8] };
  assert.equal((await judged('shap.json', json(some), asked, WITH_ROWS)).status, 'pass');
});

test('without keys, rows are compared in their order when their numbers are equal, and never else', async () => {
  const asked = { dataset: 'holdout', additivity: 1e-9 };
  assert.equal((await judged('shap.json', json(ADDS_UP), asked, WITH_ROWS)).status, 'pass');
  const fewer = json({ ...ADDS_UP, values: ADDS_UP.values.slice(0, 2), predictions: PREDICTIONS.slice(0, 2) });
  const outcome = await judged('shap.json', fewer, asked, WITH_ROWS);
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /explains 2 rows and data set “holdout” has 3 rows/);
});

test('the link’s scale is taken of what the model answers, not of what is on it already', async () => {
  const margins = PREDICTIONS.map(logit);
  const content = {
    values: margins.map((margin) => [margin - 1, 0.5]),
    base_values: [0.5, 0.5, 0.5],
    feature_names: ['a', 'b'],
  };
  for (const target of [{ predictions: PREDICTIONS }, { link_predictions: margins }]) {
    const outcome = await judged('shap.json', json({ ...content, ...target }), { additivity: 1e-9, link: 'logit' });
    assert.equal(outcome.status, 'pass', outcome.message);
    assert.equal(outcome.formula, 'shap/logit');
  }
  assert.equal(
    (await judged('shap.json', json({ ...content, predictions: PREDICTIONS }), { additivity: 1e-9 })).status,
    'fail',
  );
  const edge = await judged('shap.json', json({ ...content, predictions: [0.2, 0.5, 1] }), {
    additivity: 1,
    link: 'logit',
  });
  assert.equal(edge.status, 'not_evaluable');
  assert.match(edge.message, /is 1; the link “logit” needs numbers between 0 and 1, both excluded/);
  const logs = {
    ...content,
    values: PREDICTIONS.map((p) => [Math.log(p), 0]),
    base_values: 0,
    predictions: PREDICTIONS,
  };
  assert.equal((await judged('shap.json', json(logs), { additivity: 1e-9, link: 'log' })).status, 'pass');
});

const CLASSES: EvidenceCase = { task: 'multiclass' };

for (const version of ['before', 'since']) {
  test(`SHAP’s real values of three classes, saved ${version} 0.45, add up for each class`, async () => {
    for (const each of [0, 1, 2]) {
      const file = fixture(`explanations/shap-${version}-0.45/multiclass.npz`);
      const outcome = await judged('shap.npz', file, { additivity: 1e-9, class: each }, CLASSES);
      assert.equal(outcome.status, 'pass', outcome.message);
    }
    const unnamed = await judged(
      'shap.npz',
      fixture(`explanations/shap-${version}-0.45/multiclass.npz`),
      { additivity: 1 },
      CLASSES,
    );
    assert.equal(unnamed.status, 'not_evaluable');
    assert.match(unnamed.message, /3 outputs; say in `class`/);
  });

  test(`a lone npy file saved ${version} 0.45 is read with the base values beside it, by the policy’s columns`, async () => {
    const folder = `explanations/shap-${version}-0.45`;
    const asked = { max_top_share: 0.9, class: 1, columns: ['a', 'b', 'c', 'd'] };
    const made = { ...CLASSES, artifacts: { 'base_values.npy': fixture(`${folder}/base_values.npy`) } };
    const outcome = await judged('shap_values.npy', fixture(`${folder}/shap_values.npy`), asked, made);
    assert.equal(outcome.status, 'pass', outcome.message);
    assert.equal(outcome.rows, 40);
    assert.equal(outcome.evidence.length, 2);
    const unknown = await judged(
      'shap_values.npy',
      fixture(`${folder}/shap_values.npy`),
      { max_top_share: 0.9, class: 1 },
      made,
    );
    assert.equal(unknown.status, 'not_evaluable');
    assert.match(unknown.message, /which axis is which can only be told by the number of features/);
  });
}

test('both versions’ files say the same of every class', async () => {
  for (const each of [0, 1, 2]) {
    const [before, since] = await Promise.all(
      ['before', 'since'].map((version) =>
        judged(
          'shap.npz',
          fixture(`explanations/shap-${version}-0.45/multiclass.npz`),
          { max_top_share: 0.9, class: each },
          CLASSES,
        ),
      ),
    );
    assert.ok(Math.abs((before?.value ?? 0) - (since?.value ?? 1)) < 1e-9);
  }
});

for (const name of ['regression.csv', 'regression.parquet']) {
  test(`SHAP’s real values in a table (${name}) add up to its predictions and to a data set’s`, async () => {
    const table = fixture(`explanations/shap-since-0.45/${name}`);
    const datasets = { rows: { path: 'rows.csv', label: 'y', prediction: 'prediction', key: 'row_id' } };
    const csv = Buffer.from(fixture('explanations/shap-since-0.45/regression.csv'))
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const at = csv[0]?.indexOf('prediction') ?? -1;
    const rows = csv
      .map((cells, index) => (index === 0 ? 'row_id,y,prediction' : `${99 + index},0,${cells[at]}`))
      .toReversed();
    const ordered = [rows.at(-1), ...rows.slice(0, -1)].join('\n');
    const made: EvidenceCase = { task: 'regression', datasets, files: { 'rows.csv': ordered } };
    const outcome = await judged(name, table, { additivity: 1e-9, dataset: 'rows', forbidden: ['debtor'] }, made);
    assert.equal(outcome.status, 'pass', outcome.message);
    assert.match(outcome.message, /found by row_id/);
    const forbidden = await judged(name, table, { forbidden: ['sex'] }, made);
    assert.equal(forbidden.status, 'fail');
    assert.match(forbidden.message, /“sex_male”, which the policy forbids/);
  });
}

test('importances alone have a share and a ranking, and add up to nothing', async () => {
  for (const name of ['importance.csv', 'importance.json']) {
    const file = fixture(`explanations/shap-since-0.45/${name}`);
    const outcome = await judged(name, file, { max_top_share: 0.9, forbidden: ['gender'] });
    assert.equal(outcome.status, 'pass', outcome.message);
    assert.equal(outcome.rows, null);
    assert.equal((await judged(name, file, { additivity: 1 })).status, 'not_evaluable');
  }
  assert.equal(
    (await judged('i.json', '{"0": 0.9, "1": 0.1}', { max_top_share: 0.5, columns: ['a', 'b'] })).status,
    'fail',
  );
});

const FORBIDDEN: readonly (readonly [string, string, 'fail' | 'uncertain' | 'pass'])[] = [
  ['sex', 'sex', 'fail'],
  ['sexMale', 'sex', 'fail'],
  ['sex1', 'sex', 'fail'],
  ['C(sex)[T.male]', 'sex', 'fail'],
  ['log(age)', 'age', 'fail'],
  ['maritalStatus', 'marital_status', 'fail'],
  ['zipcode', 'zip_code', 'fail'],
  ['is_sex', 'sex', 'uncertain'],
  ['applicant.sex', 'sex', 'uncertain'],
  ['vehicle_age', 'age', 'uncertain'],
  ['Sex ', 'sex', 'fail'],
  ['sex_male', 'sex', 'fail'],
  ['sex=male', 'sex', 'fail'],
  ['cat__sex_male', 'sex', 'fail'],
  ['remainder__sex', 'SEX', 'fail'],
  ['income * sex', 'sex', 'fail'],
  ['income sex', 'sex', 'fail'],
  ['sex^2', 'sex', 'fail'],
  ['age_of_account', 'age', 'fail'],
  ['marital status', 'marital status', 'fail'],
  ['package', 'age', 'pass'],
  ['mileage_age', 'mile', 'pass'],
  ['ages', 'age', 'pass'],
  ['sexagenarian', 'sex', 'pass'],
  ['credit_limit', 'credit', 'fail'],
];

for (const [feature, forbidden, status] of FORBIDDEN) {
  test(`with “${forbidden}” forbidden, “${feature}” is a ${status}`, async () => {
    const content = json({ values: [[0, 1]], feature_names: [feature, 'other'] });
    assert.equal((await judged('shap.json', content, { forbidden: [forbidden] })).status, status);
  });
}

test('features that are only numbered do not tell whether a forbidden one is among them', async () => {
  for (const names of [
    ['f0', 'f1'],
    ['Column_0', 'Column_1'],
    ['Feature 0', 'Feature 1'],
  ]) {
    const content = json({ values: [[0, 1]], feature_names: names });
    const outcome = await judged('shap.json', content, { forbidden: ['sex'] });
    assert.equal(outcome.status, 'not_evaluable');
    assert.match(outcome.message, /The features are only numbered \(“.+0” and “.+1”\)/);
  }
  const some = json({ values: [[0, 1]], feature_names: ['V1', 'Amount'] });
  assert.equal((await judged('shap.json', some, { forbidden: ['sex'] })).status, 'pass');
});

test('a column that may be the key or a feature is not taken for harmless when it is forbidden', async () => {
  const asked = { dataset: 'holdout', forbidden: ['id'] };
  const outcome = await judged('shap.csv', 'id,income\n7,0.1\n', asked, WITH_ROWS);
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /name the features in `columns`/);
  assert.equal(
    (await judged('shap.csv', 'id,income\n7,0.1\n', { ...asked, columns: ['income'] }, WITH_ROWS)).status,
    'pass',
  );
  assert.equal(
    (await judged('shap.csv', 'id,income\n7,0.1\n', { ...asked, columns: ['income', 'id'] }, WITH_ROWS)).status,
    'fail',
  );
  const left = await judged('shap.csv', 'sex,income\n7,0.1\n', { forbidden: ['sex'], columns: ['income'] });
  assert.equal(left.status, 'not_evaluable');
});

test('the ranking is compared with the other model’s by name, and the first model has none', async () => {
  const own = json({ values: [[3, 2, 1]], feature_names: ['a', 'b', 'c'] });
  const asked = { against: 'run:before', min_rank_correlation: 0.5 };
  const other = (values: number[], names = ['a', 'b', 'c']): EvidenceCase => ({
    before: { 'shap.json': json({ values: [values], feature_names: names }) },
  });
  const same = await judged('shap.json', own, asked, other([1, 2, 3], ['c', 'b', 'a']));
  assert.equal(same.status, 'pass', same.message);
  assert.equal(same.value, 1);
  assert.equal(same.evidence.length, 2);
  const reversed = await judged('shap.json', own, asked, other([1, 2, 3]));
  assert.equal(reversed.status, 'fail');
  assert.equal(reversed.value, -1);
  const differing = await judged('shap.json', own, asked, other([3, 2, 1], ['a', 'b', 'd']));
  assert.match(differing.message, /2 features in one of them only/);
  assert.equal((await judged('shap.json', own, asked, other([1, 1, 1]))).status, 'not_evaluable');
  assert.equal((await judged('shap.json', own, asked, {})).status, 'not_evaluable');
  const first = { against: 'production', min_rank_correlation: 0.5 };
  const baselines = new Map();
  const only = await judged('shap.json', own, first, { baselines });
  assert.equal(only.status, 'not_applicable');
  assert.match(only.message, /first model/);
  const besides = await judged('shap.json', own, { ...first, max_top_share: 0.6 }, { baselines });
  assert.equal(besides.status, 'pass');
  assert.deepEqual(partsOf(besides), { rank: 'not_applicable', top_share: 'pass' });
  assert.equal((await judged('shap.json', own, first)).status, 'not_evaluable');
});

const LIME = { method: 'lime' } as const;

test('LIME’s real lists and maps name the same features, and the worst score counts', async () => {
  const asked = { ...LIME, min_fidelity: 0, forbidden: ['gender'], class: 1 };
  const list = await judged('lime.json', fixture('explanations/lime/as-list.json'), asked);
  const map = await judged('lime.json', fixture('explanations/lime/as-map.json'), asked);
  assert.equal(list.status, 'pass', list.message);
  assert.equal(map.status, 'pass', map.message);
  assert.equal(list.value, map.value);
  assert.equal(list.rows, 5);
  for (const file of ['as-list', 'as-map']) {
    const content = fixture(`explanations/lime/${file}.json`);
    const forbidden = await judged('lime.json', content, { ...LIME, forbidden: ['sex'], class: 1 });
    assert.equal(forbidden.status, 'fail');
    const low = await judged('lime.json', content, { ...LIME, min_fidelity: 0.999, class: 1 });
    assert.equal(low.status, 'fail');
    assert.match(low.message, /fits worst in row \d+, with R² 0\.\d+; at least 0.999 is required/);
  }
});

test('conditions are read as LIME writes them', async () => {
  const conditions = ['age > 40.00', '-1.00 < age <= 0.00', 'age <= -1.50', 'age=old', 'age', '1e-05 < age <= 2e+03'];
  for (const condition of conditions) {
    const outcome = await judged('lime.json', json([[condition, 0.5]]), { ...LIME, forbidden: ['age'] });
    assert.equal(outcome.status, 'fail', condition);
    assert.match(outcome.message, /“age”/);
  }
  const kept = await judged('lime.json', json([['income (k€) <= 20.50', 0.5]]), { ...LIME, forbidden: ['age', 'k'] });
  assert.equal(kept.status, 'pass');
});

test('of several classes, LIME’s explanation of another one is not taken for the one that is asked for', async () => {
  const other = json([{ as_map: { '0': [[0, 0.5]] }, score: { '0': 0.9 } }]);
  const asked = { ...LIME, columns: ['income'], forbidden: ['sex'], class: 2 };
  const wrong = await judged('lime.json', other, asked, { task: 'multiclass' });
  assert.equal(wrong.status, 'not_evaluable');
  assert.match(wrong.message, /neither `as_list` nor an `as_map` of the label 2/);
  assert.equal((await judged('lime.json', other, { ...asked, class: 0 }, { task: 'multiclass' })).status, 'pass');
  assert.equal((await judged('lime.json', other, { ...asked, class: 'cat' }, { task: 'multiclass' })).status, 'pass');
  assert.equal((await judged('lime.json', other, { ...asked, class: 1 })).status, 'pass');
});

test('a list that LIME cut short does not tell what the model was given, unless something else does', async () => {
  const cut = json([
    {
      as_list: [
        ['income > 1', 0.5],
        ['debt > 1', 0.2],
      ],
    },
    {
      as_list: [
        ['income > 1', 0.4],
        ['age > 1', 0.3],
      ],
    },
  ]);
  const asked = { ...LIME, forbidden: ['sex'] };
  const alone = await judged('lime.json', cut, asked);
  assert.equal(alone.status, 'not_evaluable');
  assert.match(alone.message, /list only some of the features each/);
  const named = await judged('lime.json', cut, { ...asked, columns: ['income', 'debt', 'age', 'region'] });
  assert.equal(named.status, 'pass', named.message);
  const signed = await judged('lime.json', cut, asked, { model: signedBy(['income', 'debt', 'age', 'region']) });
  assert.equal(signed.status, 'pass', signed.message);
  const whole = json([
    {
      as_list: [
        ['income > 1', 0.5],
        ['debt > 1', 0.2],
      ],
    },
  ]);
  assert.equal((await judged('lime.json', whole, asked)).status, 'pass');
});

test('a forbidden input of the model’s signature is for a person to look at, though nothing explains it', async () => {
  const content = json({ ...ADDS_UP, predictions: PREDICTIONS });
  const asked = { forbidden: ['sex'], max_top_share: 0.7 };
  const hidden = await judged('shap.json', content, asked, { model: signedBy(['income', 'debt', 'sex']) });
  assert.equal(hidden.status, 'uncertain');
  assert.match(
    hidden.message,
    /^The model’s signature takes “sex”, which the policy forbids \(“sex”\), and the explanation/,
  );
  const other = await judged('shap.json', content, asked, { model: signedBy(['income', 'debt', 'region']) });
  assert.equal(other.status, 'pass', other.message);
});

function signedBy(inputs: readonly string[]): NonNullable<EvidenceCase['model']> {
  const columns = inputs.map((name) => ({ type: 'double', name }));
  return { MLmodel: `signature:\n  inputs: '${json(columns)}'\n`, 'model.skops': 'x' };
}

const NO_ANSWER: readonly (readonly [string, string, Uint8Array | string, Asked, EvidenceCase, RegExp])[] = [
  ['nothing demanded', 's.json', json(ADDS_UP), {}, {}, /demands nothing/],
  ['a pickle', 's.pkl', 'x', { max_top_share: 0.9 }, {}, /is a pickle.*refused/],
  ['a pickle in disguise', 's.npy', new Uint8Array([0x80, 4]), { max_top_share: 0.9 }, {}, /is a pickle/],
  ['another format', 's.html', '<html/>', { max_top_share: 0.9 }, {}, /no format that can be read/],
  [
    'objects for names',
    's.npz',
    fixture('explanations/with-objects.npz'),
    { max_top_share: 0.9 },
    {},
    /“feature_names” holds Python objects/,
  ],
  [
    'no values',
    's.npz',
    fixture('explanations/stored.npz'),
    { max_top_share: 0.9 },
    {},
    /no array “values” or “shap_values”/,
  ],
  [
    'no base values',
    's.json',
    json({ ...ADDS_UP, base_values: undefined, predictions: PREDICTIONS }),
    { additivity: 1 },
    {},
    /no base values/,
  ],
  ['no predictions', 's.json', json(ADDS_UP), { additivity: 1 }, {}, /holds no predictions/],
  [
    'NaN in the values',
    's.json',
    '{"values": [[1, NaN]], "feature_names": ["a", "b"]}',
    { max_top_share: 0.9 },
    {},
    /no finite value for feature 2 in row 1/,
  ],
  [
    'NaN in the predictions',
    's.json',
    '{"values": [[1]], "base_values": 0, "predictions": [NaN], "feature_names": ["a"]}',
    { additivity: 1 },
    {},
    /not a finite number/,
  ],
  [
    'an infinite base',
    's.json',
    '{"values": [[1]], "base_values": Infinity, "predictions": [1], "feature_names": ["a"]}',
    { additivity: 1 },
    {},
    /not a finite number/,
  ],
  [
    'no importance at all',
    's.json',
    json({ values: [[0, 0]], feature_names: ['a', 'b'] }),
    { max_top_share: 0.9 },
    {},
    /No feature has any importance/,
  ],
  ['no names', 's.json', json({ values: [[0, 1]] }), { forbidden: ['a'] }, {}, /features have no names/],
  [
    'a name twice',
    's.json',
    json({ values: [[0, 1]], feature_names: ['a', 'a'] }),
    { forbidden: ['b'] },
    {},
    /“a” twice/,
  ],
  [
    'an empty name',
    's.json',
    json({ values: [[0, 1]], feature_names: ['a', ' '] }),
    { forbidden: ['b'] },
    {},
    /without a name/,
  ],
  [
    'other names than the policy’s',
    's.json',
    json(ADDS_UP),
    { max_top_share: 0.9, columns: ['debt', 'income'] },
    {},
    /names other features/,
  ],
  [
    'another number of features',
    's.json',
    json({ values: [[0, 1]], feature_names: ['a'] }),
    { max_top_share: 0.9 },
    {},
    /shape \(1, 2\), which does not fit its 1 feature/,
  ],
  [
    'two arrays of values',
    's.json',
    json({ ...ADDS_UP, shap_values: [[1]] }),
    { max_top_share: 0.9 },
    {},
    /both “values” and “shap_values”/,
  ],
  [
    'rows of different lengths',
    's.json',
    '{"values": [[1, 2], [3]]}',
    { max_top_share: 0.9 },
    {},
    /rows of different lengths/,
  ],
  ['no rows', 's.json', '{"values": [], "feature_names": ["a"]}', { max_top_share: 0.9 }, {}, /shape|no row/],
  [
    'interaction values',
    's.json',
    json({
      values: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
      feature_names: ['a', 'b'],
      base_values: 0,
      data: [[1, 2]],
    }),
    { max_top_share: 0.9, class: 1 },
    {},
    /shape \(1, 2, 2\)/,
  ],
  [
    'axes that can be read in two ways',
    's.json',
    json({
      values: [
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
      feature_names: ['a', 'b'],
      base_values: [0, 0],
    }),
    { max_top_share: 0.9, class: 1 },
    {},
    /two ways/,
  ],
  [
    'a class that is not there',
    's.json',
    json({
      values: [
        [
          [1, 0, 2],
          [0, 1, 3],
        ],
      ],
      feature_names: ['a', 'b'],
      output_names: ['x', 'y', 'z'],
    }),
    { max_top_share: 0.9, class: 'w' },
    {},
    /no output called “w”/,
  ],
  [
    'base values that do not fit',
    's.json',
    json({
      ...ADDS_UP,
      base_values: [
        [1, 2],
        [3, 4],
      ],
      predictions: PREDICTIONS,
    }),
    { additivity: 1 },
    {},
    /base values of the shape/,
  ],
  [
    'predictions that do not fit',
    's.json',
    json({ ...ADDS_UP, predictions: [1, 2] }),
    { additivity: 1 },
    {},
    /shape|rows/,
  ],
  [
    'a key that the data set lacks',
    's.json',
    json({ ...ADDS_UP, id: [7, 8, 10] }),
    { additivity: 1, dataset: 'holdout' },
    WITH_ROWS,
    /does not have/,
  ],
  [
    'a key twice',
    's.json',
    json({ ...ADDS_UP, id: [7, 8, 8] }),
    { additivity: 1, dataset: 'holdout' },
    WITH_ROWS,
    /twice/,
  ],
  [
    'a key twice in the data set',
    's.json',
    json({ ...ADDS_UP, id: [7, 8, 9] }),
    { additivity: 1, dataset: 'holdout' },
    { ...WITH_ROWS, files: { 'rows.csv': `${ROWS}9,1,0.9\n` } },
    /is a key, but “9” stands in 2 rows/,
  ],
  [
    'another class than the scores’',
    's.json',
    json(ADDS_UP),
    { additivity: 1, dataset: 'holdout', class: 0 },
    WITH_ROWS,
    /scores for the class “1”, and “0” was explained/,
  ],
  [
    'no data set file',
    's.json',
    json(ADDS_UP),
    { additivity: 1, dataset: 'holdout' },
    { datasets: { holdout: HOLDOUT } },
    /does not exist/,
  ],
  [
    'an unknown data set',
    's.json',
    json(ADDS_UP),
    { additivity: 1, dataset: 'other' },
    WITH_ROWS,
    /no data set “other”/,
  ],
  [
    'a null score',
    's.json',
    json(ADDS_UP),
    { additivity: 1, dataset: 'holdout' },
    { ...WITH_ROWS, files: { 'rows.csv': 'id,y,p\n7,0,0.2\n8,1,\n9,1,0.9\n' } },
    /not a finite number/,
  ],
  [
    'a negative importance',
    's.csv',
    'feature,importance\na,-1\n',
    { max_top_share: 0.9 },
    {},
    /negative or not a number/,
  ],
  ['text among the values', 's.csv', 'a,b\n1,x\n', { max_top_share: 0.9 }, {}, /“x”, which is not a number/],
  ['an empty table', 's.csv', 'a,b\n', { max_top_share: 0.9 }, {}, /has no rows/],
  [
    'a column of the policy that is not there',
    's.csv',
    'a,b\n1,2\n',
    { max_top_share: 0.9, columns: ['a', 'c'] },
    {},
    /no column “c”/,
  ],
  [
    'numbered importances without names',
    's.json',
    '{"0": 0.5, "1": 0.5}',
    { max_top_share: 0.9 },
    {},
    /numbers its features/,
  ],
  ['no JSON', 's.json', '{', { max_top_share: 0.9 }, {}, /is not JSON/],
  ['a JSON of nothing known', 's.json', '{"a": {"b": 1}}', { max_top_share: 0.9 }, {}, /neither `values` nor/],
  ['fidelity of SHAP', 's.json', json(ADDS_UP), { min_fidelity: 0.1 }, {}, /no local surrogates/],
  ['additivity of LIME', 'l.json', json([['a', 1]]), { ...LIME, additivity: 1 }, {}, /do not add up/],
  ['LIME in a table', 'l.csv', 'a,b\n1,2\n', { ...LIME, min_fidelity: 0.1 }, {}, /is not JSON; LIME/],
  [
    'LIME without a score',
    'l.json',
    json([['a', 1]]),
    { ...LIME, min_fidelity: 0.1 },
    {},
    /no score that is a finite number/,
  ],
  [
    'LIME with one score missing',
    'l.json',
    json([{ as_list: [['a', 1]], score: 0.9 }, { as_list: [['a', 1]] }]),
    { ...LIME, min_fidelity: 0.1 },
    {},
    /row 2 has no score/,
  ],
  [
    'LIME with a score of NaN',
    'l.json',
    '[{"as_list": [["a", 1]], "score": NaN}]',
    { ...LIME, min_fidelity: 0.1 },
    {},
    /no score that is a finite/,
  ],
  ['LIME without rows', 'l.json', '{"explanations": []}', { ...LIME, min_fidelity: 0.1 }, {}, /explains no row/],
  [
    'LIME with an empty list',
    'l.json',
    json([{ as_list: [], score: 1 }]),
    { ...LIME, min_fidelity: 0.1 },
    {},
    /empty list/,
  ],
  [
    'LIME with a weight of NaN',
    'l.json',
    '[{"as_list": [["a", NaN]], "score": 1}]',
    { ...LIME, min_fidelity: 0.1 },
    {},
    /finite weight/,
  ],
  [
    'LIME by number without names',
    'l.json',
    json({ 1: [[3, 0.1]] }),
    { ...LIME, forbidden: ['a'] },
    {},
    /features have no names/,
  ],
  ['LIME of something else', 'l.json', '"text"', { ...LIME, forbidden: ['a'] }, {}, /neither `as_list`/],
];

for (const [name, file, content, asked, made, message] of NO_ANSWER) {
  test(`not evaluable: ${name}`, async () => {
    const outcome = await judged(file, content, asked, made);
    assert.equal(outcome.status, 'not_evaluable', outcome.message);
    assert.match(outcome.message, message);
  });
}

test('a share of features without names is not told, since they may be rows', async () => {
  const outcome = await judged('shap.json', json({ values: [[0, 1]] }), { max_top_share: 1 });
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /features have no names/);
});

test('a damaged archive never passes and never throws', async () => {
  const whole = fixture('explanations/shap-since-0.45/multiclass.npz');
  const asked = { additivity: 1e-9, class: 1 };
  for (const { how, bytes } of damaged(whole, 40)) {
    const outcome = await judged('shap.npz', bytes, asked, CLASSES);
    if (outcome.status === 'pass') assert.match(how, /flipped/);
    else assert.equal(outcome.status, 'not_evaluable', `${how}: ${outcome.message}`);
  }
});
