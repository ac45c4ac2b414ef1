import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, problemsOf } from './example.ts';

/** What is replaced in the example, by what, and what is then said. */
const MISTAKES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'min_rows: 200',
    'min_row: 200',
    ['30:90 error unknown-key: "min_row" is not a key of a metric check; did you mean "min_rows"?'],
  ],
  [
    'check: metric, metric: roc_auc, dataset: holdout, min',
    'check: metrc, metric: roc_auc, dataset: holdout, min',
    ['29:28 error unknown-kind: "metrc" is not a kind of check; did you mean "metric"?'],
  ],
  [
    'check: metric, metric: roc_auc, dataset: holdout, min',
    'metric: roc_auc, min',
    [
      '29:3 error missing-key: "auc" does not say which kind of check it is; add "check" with one of metric, agreement, gap, stability, fairness, drift, explanation, operations, report, document, reproducibility or attestation.',
    ],
  ],
  ['check: stability', 'check: 3', ['36:28 error wrong-type: "check" must be text, not a number; put it in quotes.']],
  [
    'check: stability',
    'check: wholly-other',
    [
      '36:28 error unknown-kind: "wholly-other" is not a kind of check; the kinds are metric, agreement, gap, stability, fairness, drift, explanation, operations, report, document, reproducibility and attestation.',
    ],
  ],
  [
    'metric: roc_auc',
    'metric: auc',
    ['29:44 error unknown-value: "auc" is not a metric that this check knows; did you mean "roc_auc"?'],
  ],
  [
    'metric: recall',
    'metric: recal',
    ['30:44 error unknown-value: "recal" is not a metric that this check knows; did you mean "recall"?'],
  ],
  [
    'metric: recall',
    'metric: zzz',
    [
      '30:44 error unknown-value: "zzz" is not a metric that this check knows; choose one of those that are offered, or bind a logged metric with "logged".',
    ],
  ],
  ['min: 0.80', 'min: "0.8"', ['29:76 error wrong-type: "min" must be a number, not text; remove the quotes.']],
  ['min: 0.80', 'min: ', ['29:71 error wrong-type: "min" has no value; give it a number.']],
  ['min: 0.80', 'min: [1]', ['29:76 error wrong-type: "min" must be a number, not a list.']],
  ['version: 1', 'version: 2', ['1:10 error wrong-version: This program reads version 1 of the policy language.']],
  ['version: 1', 'version: one', ['1:10 error wrong-version: This program reads version 1 of the policy language.']],
  ['task: binary', 'task: binry', ['4:7 error unknown-value: "binry" is not a task; did you mean "binary"?']],
  [
    'project: credit-risk',
    'project: credit risk',
    [
      '2:10 error bad-name: "credit risk" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with a letter or digit.',
    ],
  ],
  ['project: credit-risk', '', ['1:1 error missing-key: The policy needs "project"; add it.']],
  [
    '  mlflow: mlruns',
    '  mlfow: mlruns',
    ['7:3 error unknown-key: "mlfow" is not a key of run; did you mean "mlflow"?'],
  ],
  [
    '  mlflow: mlruns',
    '  mlflow: mlruns\n  dvc: .',
    ['8:3 error run-source: run has mlflow and dvc; keep exactly one of them.'],
  ],
  [
    '  mlflow: mlruns',
    '',
    ['6:1 error run-source: run does not say where the runs come from; give it one of mlflow, dvc and folder.'],
  ],
  [
    'run:\n',
    'run: x\nrunn:\n',
    [
      '6:6 error wrong-type: "run" must be a map, not text.',
      '7:1 error unknown-key: "runn" is not a key of the policy; its keys are version, project, model, task, run, datasets, checks, signoff and pipeline.',
    ],
  ],
  [
    'artifact: run:model',
    'artefact: run:model',
    ['9:3 error unknown-key: "artefact" is not a key of run; did you mean "artifact"?'],
  ],
  [
    'expires_after: 90d',
    'expires_after: 90',
    ['51:73 error bad-duration: "90" is not a duration; write a whole number and d, w or h, such as 90d.'],
  ],
  [
    'expires_after: 90d',
    'expires_after: ninety',
    ['51:73 error bad-duration: "ninety" is not a duration; write a whole number and d, w or h, such as 90d.'],
  ],
  ['confidence: 0.95', 'confidence: 1', ['29:94 error out-of-range: "confidence" must be below 1.']],
  ['confidence: 0.95', 'confidence: 0', ['29:94 error out-of-range: "confidence" must be above 0.']],
  ['confidence: 0.95', 'confidence: 95%', ['29:94 error wrong-type: "confidence" must be a number, not text.']],
  [
    'max_drop: 0.01',
    'maxdrop: 0.01',
    ['31:92 error unknown-key: "maxdrop" is not a key of a metric check; did you mean "max_drop"?'],
  ],
  ['payoff: { tp: 0,', 'payoff: {', ['33:78 error missing-key: payoff needs "tp"; add it.']],
  [
    '[git_commit',
    '[gitcommit',
    ['43:55 error unknown-value: "gitcommit" is not a requirement; did you mean "git_commit"?'],
  ],
  [
    'separate_from: [author]',
    'separate_from: [auther]',
    ['51:94 error unknown-value: "auther" is not someone that "separate_from" knows; did you mean "author"?'],
  ],
  [
    'git_tag: {}',
    'git_tags: {}',
    ['56:32 error unknown-key: "git_tags" is not a key of on_approved; did you mean "git_tag"?'],
  ],
  ['[training, holdout]', '[training]', ['35:61 error out-of-range: "datasets" must name exactly two data sets.']],
  [
    '[training, holdout]',
    '[training, holdout, training]',
    ['35:61 error out-of-range: "datasets" must name exactly two data sets.'],
  ],
  ['statistic: sd', 'statistic: std', ['36:71 error unknown-value: "std" is not a statistic; did you mean "sd"?']],
  [
    'checks:  ',
    'checkss:  ',
    [
      '1:1 error missing-key: The policy needs "checks"; add it.',
      '28:1 error unknown-key: "checkss" is not a key of the policy; did you mean "checks"?',
    ],
  ],
  [
    'auc:     ',
    '1auc:    ',
    [
      '29:3 error bad-name: "1auc" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with a letter.',
    ],
  ],
  [
    'sections: [Intended use, Limitations]',
    'sections: Intended use',
    ['42:69 error wrong-type: "sections" must be a list, not text.'],
  ],
  [
    'sections: [Intended use, Limitations]',
    'sections: []',
    ['42:69 error out-of-range: "sections" needs at least one item.'],
  ],
  [
    'numbers_match: true',
    'numbers_match: yes',
    ['42:113 error wrong-type: "numbers_match" must be true or false, not text; write true.'],
  ],
  [
    'columns: [age, income]',
    'columns: [age, 3]',
    ['38:117 error wrong-type: Item 2 of "columns" must be text, not a number; put it in quotes.'],
  ],
  [
    'label: defaulted ',
    'labell: defaulted ',
    ['14:5 error unknown-key: "labell" is not a key of a data set; did you mean "label"?'],
  ],
  ['label: defaulted ', 'label: 3 ', ['14:12 error wrong-type: "label" must be text, not a number; put it in quotes.']],
  ['risk: 1 }', 'risk: 0 }', ['51:53 error out-of-range: "risk" must be at least 1.']],
  ['risk: 1 }', 'risk: 1.5 }', ['51:53 error wrong-type: "risk" must be a whole number.']],
  [
    'max_days: 30',
    'max_day: 30',
    [
      '52:3 error missing-key: waivers needs "max_days"; add it.',
      '52:26 error unknown-key: "max_day" is not a key of waivers; did you mean "max_days"?',
    ],
  ],
  [
    'against: production',
    'against: "a b"',
    ['31:80 error bad-reference: "a b" names no model; write an environment, or run: and a run’s id.'],
  ],
  ['additivity: 1e-3', 'additivity: -1', ['39:122 error out-of-range: "additivity" must be at least 0.']],
  [
    'holdout:\n',
    'hold out:\n',
    [
      '12:3 error bad-name: "hold out" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with a letter or digit.',
    ],
  ],
  [
    'positive: 1',
    'positive: [1]',
    ['17:15 error wrong-type: "positive" must be text, a number or true or false, not a list.'],
  ],
  [
    'every: quarter',
    'every: quartal',
    ['25:44 error unknown-value: "quartal" is not a period; did you mean "quarter"?'],
  ],
  [
    'privileged: male',
    'privilegd: male',
    ['23:14 error unknown-key: "privilegd" is not a key of a group; did you mean "privileged"?'],
  ],
  [
    'evidence: required',
    'evidence: requird',
    ['44:119 error unknown-value: "requird" is not a value of "evidence"; did you mean "required"?'],
  ],
  [
    'artifact: run:model',
    'artifact: models:/credit/latest',
    [
      '9:13 error bad-reference: "models:/credit/latest" names no model; write models:/<name>/<version>, models:/<name>@<alias>, or models:/m-… of a logged model.',
    ],
  ],
  ['artifact: run:model', 'artifact: models:/credit/3', []],
  ['artifact: run:model', 'artifact: models:/credit risk@champion', []],
  ['artifact: run:model', 'artifact: models:/m-0f8fad5bd9cb469fa16570867728950e', []],
  [
    'format: great-expectations',
    'format: gx',
    [
      '41:65 error unknown-value: "gx" is not a report format; choose one of evidently, deepchecks, great-expectations, giskard, junit or sarif.',
    ],
  ],
  [
    'text: "A data-protection impact assessment is on file"',
    'text: ""',
    ['44:47 error out-of-range: "text" is empty; write something or remove it.'],
  ],
];

for (const [from, to, expected] of MISTAKES) {
  test(`a shape that is wrong is named at its place: ${JSON.stringify(from)} → ${JSON.stringify(to)}`, () => {
    assert.deepEqual(problemsOf(changed(from, to)), expected);
  });
}
