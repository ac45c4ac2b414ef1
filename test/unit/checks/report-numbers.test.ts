import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NumbersFormat } from '../../../src/evidence/numbers/read-numbers.ts';
import type { ReportCheck } from '../../../src/policy/schema.ts';
import { fixture } from '../evidence/support/fixtures.ts';
import { outcomeWith, partsOf } from './support/evidence-case.ts';

type Asked = Partial<Pick<ReportCheck, 'value' | 'min' | 'max' | 'max_abs'>>;

async function judged(format: NumbersFormat, content: Uint8Array | string, asked: Asked) {
  return outcomeWith({ check: 'report', path: 'run:report', format, ...asked }, { artifacts: { report: content } });
}

/** What real files of real tools come to. */
const REAL: readonly (readonly [NumbersFormat, string, Asked, string, RegExp])[] = [
  [
    'classification-report',
    'binary.json',
    { value: 'accuracy', min: 0.6 },
    'pass',
    /“accuracy” is 0\.6667; at least 0\.6/,
  ],
  ['classification-report', 'binary.json', { value: [1, 'recall'], min: 0.7 }, 'fail', /“1” → “recall” is 0\.6667/],
  ['classification-report', 'binary.json', { value: ['macro avg', 'f1-score'], min: 0.6 }, 'pass', /scikit-learn/],
  ['classification-report', 'binary.json', { value: ['macro avg', 'f1'], min: 0 }, 'not_evaluable', /has no number at/],
  ['classification-report', 'binary.json', { value: '1', min: 0 }, 'not_evaluable', /has no number at “1”/],
  ['classification-report', 'binary.json', { value: 'accuracy' }, 'not_evaluable', /no bound/],
  ['classification-report', 'binary.json', { min: 0 }, 'not_evaluable', /needs `value`/],
  ['classification-report', 'undefined.json', { value: ['1', 'precision'], min: 0 }, 'not_evaluable', /not a finite/],
  [
    'classification-report',
    'undefined.json',
    { value: ['macro avg', 'precision'], min: 0.1 },
    'not_evaluable',
    /leaves out the class “1”/,
  ],
  ['classification-report', 'undefined.json', { value: ['macro avg', 'recall'], min: 0.5 }, 'pass', /is 0\.5/],
  ['classification-report', 'class-accuracy.json', { value: 'accuracy', max: 0.75, min: 0.75 }, 'pass', /is 0\.75/],
  [
    'classification-report',
    'class-accuracy-subset.json',
    { value: 'accuracy', min: 0.5 },
    'not_evaluable',
    /the precision of a class of that name/,
  ],
  ['classification-report', 'multilabel.json', { value: ['samples avg', 'precision'], min: 0.75 }, 'pass', /0\.75/],
  [
    'classification-report',
    'multilabel.json',
    { value: 'accuracy', min: 0 },
    'not_evaluable',
    /no number at “accuracy”/,
  ],
  ['aif360', 'average-odds.json', { max_abs: 0.1 }, 'pass', /AIF360: “average_odds_difference” is/],
  ['aif360', 'as-text.json', { max_abs: 0.02 }, 'fail', /“statistical_parity_difference” is 0\.02136/],
  ['aif360', 'every.json', { value: 'disparate_impact', min: 0.8, max: 1.25 }, 'pass', /is 1\.043/],
  ['aif360', 'every.json', { value: 'consistency', min: 0.4 }, 'pass', /is 0\.47/],
  ['aif360', 'every.json', { max: 1 }, 'not_evaluable', /needs `value`/],
  ['aif360', 'undefined.json', { max_abs: 1 }, 'not_evaluable', /not a finite number/],
  ['fairlearn', 'by-group.csv', { value: ['recall', 'F'], min: 0.6 }, 'pass', /Fairlearn: “recall” → “F” is 0\.6222/],
  ['fairlearn', 'by-group.csv', { value: 'recall', min: 0.6 }, 'fail', /the worst is “M”/],
  ['fairlearn', 'by-two.csv', { value: ['recall', 'M', 'old'], max: 0.4 }, 'pass', /is 0\.3939/],
  ['fairlearn', 'by-two.csv', { value: ['recall', 'M'], min: 0.5 }, 'fail', /the worst is “old”/],
  ['fairlearn', 'by-two.csv', { value: 'age', min: 0 }, 'not_evaluable', /no number at “age”/],
  ['fairlearn', 'by-group.json', { value: ['recall', 'F'], min: 0.6 }, 'pass', /Fairlearn: “recall” → “F” is 0\.6222/],
  ['fairlearn', 'by-group.json', { value: 'recall', min: 0.6 }, 'fail', /the worst is “M”/],
  ['fairlearn', 'by-two.json', { value: ['recall', "('F', 'old')"], min: 0.6 }, 'pass', /is 0\.6/],
  [
    'fairlearn',
    'missing-group.json',
    { value: 'recall', min: 0 },
    'not_evaluable',
    /“\('F', 'old'\)”: is not a finite/,
  ],
  ['fairlearn', 'difference.json', { value: 'recall', max_abs: 0.2 }, 'pass', /is 0\.1299/],
  ['fairlearn', 'overall.json', { value: 'accuracy', min: 0.6 }, 'fail', /is 0\.545/],
  ['kfp', 'metrics.json', { value: 'accuracy', min: 0.9 }, 'pass', /Kubeflow Pipelines: “accuracy” is 0\.92/],
  ['kfp', 'executor_output.json', { value: ['evaluation', 'accuracy'], min: 0.9 }, 'pass', /is 0\.92/],
  ['kfp', 'executor_output.json', { value: ['curve', 'confusionMatrix', 'dog', 'cat'], max: 1 }, 'fail', /is 2/],
  ['kfp', 'executor_output.json', { value: 'Output', min: 0.7 }, 'pass', /“Output” is 0\.75/],
  ['kfp', 'executor_output.json', { value: 'accuracy', min: 0 }, 'not_evaluable', /no number at “accuracy”/],
  ['kfp', 'metrics.json', { value: 'loss', max: 1 }, 'not_evaluable', /not a finite number/],
  ['kfp', 'classification.json', { value: ['confusionMatrix', 'dog', 'cat'], max: 2 }, 'pass', /is 2/],
  ['kfp', 'classification.json', { value: ['confidenceMetrics', '0.5', 'recall'], min: 0.8 }, 'pass', /is 0\.8/],
  ['mlflow-evaluate', 'metrics.json', { value: 'f1_score', min: 0.6 }, 'fail', /MLflow: “f1_score” is 0\.5687/],
];

for (const [format, name, asked, status, message] of REAL) {
  test(`${format}: ${JSON.stringify(asked)} of ${name} is ${status}`, async () => {
    const outcome = await judged(format, fixture(`reports/${format}/${name}`), asked);
    assert.equal(outcome.status, status, outcome.message);
    assert.match(outcome.message, message);
    assert.equal(outcome.formula, `report/${format}`);
    assert.equal(outcome.evidence.length, 1);
    if (outcome.status === 'pass') assert.ok(Number.isFinite(outcome.value));
  });
}

test('a metric of Fairlearn’s must hold in each group, and each is a part', async () => {
  const outcome = await judged('fairlearn', fixture('reports/fairlearn/by-group.json'), { value: 'recall', min: 0.6 });
  assert.deepEqual(partsOf(outcome), { F: 'pass', M: 'fail' });
  assert.ok(Math.abs((outcome.value ?? 0) - 0.4923076923) < 1e-9);
});

test('one group is a part, too, when the metric alone was named', async () => {
  const outcome = await judged('fairlearn', '{"recall": {"F": 0.9}}', { value: 'recall', min: 0.6 });
  assert.deepEqual(partsOf(outcome), { F: 'pass' });
});

test('AIF360’s number is counted again, and one that was changed is not believed', async () => {
  const text = Buffer.from(fixture('reports/aif360/every.json')).toString();
  for (const explanation of JSON.parse(text) as { metric: string; message: string }[]) {
    const changed = { ...explanation, message: explanation.message.replace(/: \[?[-\d.e]+\]?$/, ': 0.9999') };
    const value = explanation.metric.toLowerCase().replaceAll(' ', '_');
    const outcome = await judged('aif360', JSON.stringify(changed), { value, max: 1 });
    const isCounted = !['Consistency', 'Theil Index'].includes(explanation.metric);
    assert.equal(outcome.status, isCounted ? 'not_evaluable' : 'pass', outcome.message);
    if (isCounted) assert.match(outcome.message, /contradicts itself/);
  }
});

/** What nobody’s tool should write, and what must never pass. */
const NOT_PASSED: readonly (readonly [NumbersFormat, string, Asked, RegExp])[] = [
  ['classification-report', '{"accuracy": 0.9}', { value: 'accuracy', min: 0 }, /is not what scikit-learn/],
  ['classification-report', '[]', { value: 'accuracy', min: 0 }, /is not what scikit-learn/],
  [
    'classification-report',
    '{"1": {"precision": 1, "recall": 1, "f1-score": 1, "support": 2}, "accuracy": 0.9, "macro avg": {"precision": 1, "recall": 1, "f1-score": 1, "support": 2}, "weighted avg": {"precision": 1, "recall": 0.5, "f1-score": 1, "support": 2}}',
    { value: 'accuracy', min: 0 },
    /accuracy is not the recall weighted by support/,
  ],
  ['aif360', '{"metric": "Accuracy", "message": "ACC: 0.9", "ideal": "1"}', { min: 0 }, /lacks the counts/],
  [
    'aif360',
    '{"metric": "Accuracy", "message": "ACC: 0.9", "ideal": "1", "numTruePositives": 1, "numTrueNegatives": 1, "numPositives": 0, "numNegatives": 0}',
    { min: 0 },
    /contradicts itself/,
  ],
  [
    'kfp',
    '{"metrics": [{"name": "a", "numberValue": 50, "format": "PERCENTAGE"}]}',
    { value: 'a', min: 0.8 },
    /shown as a percentage/,
  ],
  ['aif360', '{"metric": "Accuracy", "message": "ACC 0.9", "ideal": "1"}', { min: 0 }, /no number at the end/],
  ['aif360', '{}', { min: 0 }, /is not what AIF360/],
  ['fairlearn', '{"recall": {"F": "0.9"}}', { value: 'recall', min: 0 }, /something else than numbers/],
  ['fairlearn', '{"recall": {}}', { value: 'recall', min: 0 }, /has no number at/],
  ['fairlearn', '{}', { value: 'recall', min: 0 }, /Fairlearn/],
  ['kfp', '{"metrics": [{"name": "a", "numberValue": "x"}]}', { value: 'a', min: 0 }, /Kubeflow/],
  [
    'kfp',
    '{"metrics": [{"name": "a", "numberValue": 1}, {"name": "a", "numberValue": 2}]}',
    { value: 'a', min: 0 },
    /two/,
  ],
  ['kfp', '{"metrics": [{"name": "a", "numberValue": "NaN"}]}', { value: 'a', min: 0 }, /not a finite/],
  ['mlflow-evaluate', '{"a": Infinity}', { value: 'a', min: 0 }, /not a finite/],
  ['mlflow-evaluate', '{"a": null}', { value: 'a', min: 0 }, /something else/],
  ['mlflow-evaluate', '{"a": 1e999}', { value: 'a', min: 0 }, /not a finite/],
  ['mlflow-evaluate', '\ufeff{"b": 1}', { value: 'a', min: 0 }, /has no number at “a”; it has “b”/],
];

for (const [format, content, asked, message] of NOT_PASSED) {
  test(`${format}: ${content.slice(0, 60)} does not pass`, async () => {
    const outcome = await judged(format, content, asked);
    assert.equal(outcome.status, 'not_evaluable', outcome.message);
    assert.match(outcome.message, message);
  });
}

test('Kubeflow Pipelines’ first version states shares, whatever they are shown as', async () => {
  const file = '{"metrics": [{"name": "accuracy", "numberValue": 0.9, "format": "PERCENTAGE"}]}';
  assert.equal((await judged('kfp', file, { value: 'accuracy', min: 0.9, max: 0.9 })).status, 'pass');
});

const CSV: readonly (readonly [string, string, Asked, string, RegExp])[] = [
  ['overall values', ',0\naccuracy,0.9\nrecall,0.8\n', { value: 'recall', min: 0.8 }, 'pass', /“recall” is 0\.8/],
  ['a group without rows', 'sex,recall\nF,0.9\nM,\n', { value: 'recall', min: 0.5 }, 'not_evaluable', /not a finite/],
  ['codes', 'sex,age,recall\n0,1,0.9\n0,2,0.4\n1,1,0.8\n', { value: ['recall', '0', '2'], max: 0.4 }, 'pass', /0\.4/],
  ['quoted names', '"a, ""b""",recall\n"x\ny",0.9\n', { value: ['recall', 'x\ny'], min: 0.9 }, 'pass', /is 0\.9/],
  ['groups that come twice', 'sex,recall\nF,0.9\nF,0.9\n', { value: 'recall', min: 0 }, 'not_evaluable', /Fairlearn/],
  ['words as numbers', 'sex,recall\nF,0.9\nM,high\n', { value: 'recall', min: 0 }, 'not_evaluable', /Fairlearn/],
  ['rows of other lengths', 'sex,recall\nF,0.9,1\n', { value: 'recall', min: 0 }, 'not_evaluable', /Fairlearn/],
  ['a quote that never ends', 'sex,recall\n"F,0.9\n', { value: 'recall', min: 0 }, 'not_evaluable', /Fairlearn/],
  ['an infinite value', 'sex,recall\nF,inf\n', { value: 'recall', min: 0 }, 'not_evaluable', /not a finite/],
];

for (const [what, csv, asked, status, said] of CSV) {
  test(`Fairlearn’s numbers as CSV with ${what}: ${status}`, async () => {
    const outcome = await judged('fairlearn', csv, asked);
    assert.equal(outcome.status, status, outcome.message);
    assert.match(outcome.message, said);
  });
}

test('several artifacts of one output of a Kubeflow component can’t be told apart', async () => {
  const artifact = '{"metadata": {"auc": 0.9}}';
  const file = `{"artifacts": {"m": {"artifacts": [${artifact}, ${artifact}]}}}`;
  const outcome = await judged('kfp', file, { value: ['m', 'auc'], min: 0.5 });
  assert.equal(outcome.status, 'not_evaluable');
  assert.match(outcome.message, /two numbers/);
});

/** `classification_report` of scikit-learn 1.9.1 with `zero_division=1`: nothing is of class 2, or was predicted as 1. */
const ZERO_DIVISION = {
  0: { precision: 0.6666666666666666, recall: 1, 'f1-score': 0.8, support: 2 },
  1: { precision: 1, recall: 0, 'f1-score': 0, support: 1 },
  2: { precision: 1, recall: 1, 'f1-score': 1, support: 0 },
  accuracy: 0.6666666666666666,
  'macro avg': { precision: 0.8888888888888888, recall: 0.6666666666666666, 'f1-score': 0.6, support: 3 },
  'weighted avg': {
    precision: 0.7777777777777777,
    recall: 0.6666666666666666,
    'f1-score': 0.5333333333333333,
    support: 3,
  },
};

test('a number that is only what `zero_division` says is not believed, nor an average of it', async () => {
  const cases: readonly (readonly [Asked['value'] & {}, string, RegExp])[] = [
    [['2', 'recall'], 'not_evaluable', /a class without rows/],
    [['2', 'f1-score'], 'not_evaluable', /a class without rows/],
    [['1', 'precision'], 'not_evaluable', /never predicted/],
    [['macro avg', 'recall'], 'not_evaluable', /counts the class “2”/],
    [['weighted avg', 'precision'], 'not_evaluable', /counts the class “1”/],
    [['weighted avg', 'recall'], 'pass', /is 0\.6667/],
    [['0', 'recall'], 'pass', /is 1;/],
    ['accuracy', 'pass', /is 0\.6667/],
  ];
  for (const [value, status, said] of cases) {
    const outcome = await judged('classification-report', JSON.stringify(ZERO_DIVISION), { value, min: 0.5 });
    assert.equal(outcome.status, status, `${value} ${outcome.message}`);
    assert.match(outcome.message, said);
  }
});

test('a classification report must agree with itself', async () => {
  const report = (row: object, average: object) =>
    JSON.stringify({
      a: { precision: 0.5, recall: 0.5, 'f1-score': 0.5, support: 10, ...row },
      b: { precision: 0.5, recall: 0.5, 'f1-score': 0.5, support: 10 },
      accuracy: 0.5,
      'macro avg': { precision: 0.5, recall: 0.5, 'f1-score': 0.5, support: 20, ...average },
      'weighted avg': { precision: 0.5, recall: 0.5, 'f1-score': 0.5, support: 20 },
    });
  const cases: readonly (readonly [string, Asked['value'] & {}, string, RegExp])[] = [
    [report({}, {}), ['macro avg', 'recall'], 'pass', /is 0\.5/],
    [report({}, { recall: 0.501 }), ['macro avg', 'recall'], 'pass', /is 0\.501/],
    [report({}, { recall: 0.9 }), ['macro avg', 'recall'], 'not_evaluable', /not what the classes come to/],
    [report({ recall: 0.1 }, {}), 'accuracy', 'not_evaluable', /not what the classes come to/],
    [report({ 'f1-score': 0.9 }, {}), ['a', 'f1-score'], 'not_evaluable', /its precision and its recall/],
    [report({ recall: 5 }, {}), ['a', 'recall'], 'not_evaluable', /a recall under “a” that no recall can be/],
    [report({ support: -10 }, {}), ['a', 'recall'], 'not_evaluable', /a support under “a”/],
    [report({ support: 11 }, {}), ['macro avg', 'recall'], 'not_evaluable', /other classes than those/],
  ];
  for (const [text, value, status, said] of cases) {
    const outcome = await judged('classification-report', text, { value, min: 0.5 });
    assert.equal(outcome.status, status, `${value} ${outcome.message}`);
    assert.match(outcome.message, said);
  }
});
