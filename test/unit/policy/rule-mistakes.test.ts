import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, problemsOf } from './example.ts';

/** What is replaced in the example, by what, and what is then said. */
const MISTAKES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'dataset: holdout',
    'dataset: holdot',
    ['29:62 error unknown-data-set: There is no data set "holdot"; did you mean "holdout"?'],
  ],
  [
    'by: sex',
    'by: [sex, age_bnd]',
    ['30:80 error unknown-group: There is no group "age_bnd"; did you mean "age_band"?'],
  ],
  [
    'by: sex',
    'by: [sex, sex]',
    ['30:80 error duplicate-item: "sex" stands here a second time; remove one of the two.'],
  ],
  [
    'privileged: "[45,65)"',
    'privileged: "[45,66)"',
    ['24:64 error unknown-bin: "[45,66)" is none of the bins; did you mean "[45,65)"?'],
  ],
  ['[25, 45, 65]', '[25, 65, 45]', ['24:47 error bins-not-ascending: The edges of "bins" must ascend; sort them.']],
  [
    'every: quarter',
    'every: quarter, bins: [1]',
    ['25:37 error bins-and-every: A group has either "bins" or "every"; remove one.'],
  ],
  [
    'logged: val_loss',
    'not_applicable: no, logged: val_loss',
    [
      '32:52 error reason-missing: "no" is no reason why the check does not apply; write one, or remove "not_applicable" where it does.',
    ],
  ],
  [
    'logged: val_loss',
    'not_applicable: "n/a", logged: val_loss',
    [
      '32:52 error reason-missing: "n/a" is no reason why the check does not apply; write one, or remove "not_applicable" where it does.',
    ],
  ],
  [
    'against: production',
    'against: prod',
    ['31:80 error unknown-environment: There is no environment "prod"; did you mean "production"?'],
  ],
  [
    'max_drop: 0.01',
    'max: 0.01',
    [
      '31:92 error mixed-bounds: "max" can\'t stand beside "against", where the value is the drop; use "max_drop", or make two checks.',
    ],
  ],
  [
    'max_drop: 0.01',
    'title: x',
    [
      '31:3 error no-bound: "no-regression" has no bound, so nothing could fail; add "max_drop" or "max_drop_relative".',
    ],
  ],
  ['against: production, ', '', ['31:71 error no-baseline: "max_drop" compares with nothing; add "against".']],
  [
    'logged: val_loss',
    'logged: val_loss, against: run:7f, max_drop: 0',
    [
      '32:3 error missing-key: A logged metric has no direction of its own, and a comparison needs one; add "greater_is_better".',
      '32:84 error mixed-bounds: "max" can\'t stand beside "against", where the value is the drop; use "max_drop", or make two checks.',
    ],
  ],
  [
    'payoff: { tp: 0, fp: -50, fn: -900, tn: 120 }, ',
    '',
    ['33:44 error missing-parameter: expected_value needs "payoff"; add it.'],
  ],
  [
    'metric: roc_auc',
    'metric: roc_auc, beta: 2',
    ['29:53 error no-effect: "beta" has no effect on roc_auc; remove it.'],
  ],
  ['metric: recall', 'metric: fbeta', ['30:44 error missing-parameter: fbeta needs "beta"; add it.']],
  [
    'metric: recall',
    'metric: r2',
    ['30:44 error wrong-task: "r2" is for regression, but the task of this policy is binary; choose another.'],
  ],
  [
    'metric: recall',
    'metric: recall, logged: r',
    [
      '30:52 error metric-and-logged: "metric" is recomputed and "logged" is taken from the run; keep one, or use an agreement check.',
    ],
  ],
  [
    'logged: val_loss, ',
    '',
    [
      '32:3 error no-metric: "logged-loss" names no number; add "metric" (recomputed) or "logged" (as the run logged it).',
    ],
  ],
  [
    'run:eval/predictions',
    'run:../predictions',
    ['13:11 error parent-path: "run:../predictions.parquet" leaves its folder; paths with ".." are not allowed.'],
  ],
  [
    'data/train.parquet',
    '/data/train.parquet',
    ['26:21 error absolute-path: "/data/train.parquet" is an absolute path; write it relative to the policy’s folder.'],
  ],
  [
    'data/train.parquet',
    'C:\\train.parquet',
    ['26:21 error absolute-path: "C:\\train.parquet" is an absolute path; write it relative to the policy’s folder.'],
  ],
  [
    'data/train.parquet',
    'https://a.example/train.parquet',
    [
      '26:21 error bad-path: "https://a.example/train.parquet" is an address; evidence is a file among the run’s artifacts or near the policy.',
    ],
  ],
  [
    'data/train.parquet',
    'data\\train.parquet',
    ['26:21 error bad-path: "data\\train.parquet" has a backslash; separate folders with "/".'],
  ],
  [
    'data/train.parquet',
    '"run:"',
    ['26:21 error bad-path: "run:" names no file; write run: and a path among the run’s artifacts.'],
  ],
  [
    'mlflow: mlruns',
    'mlflow: /srv/mlruns',
    [
      '7:11 warning absolute-path: "/srv/mlruns" is an absolute path and works on this machine only; write it relative to the policy’s folder.',
    ],
  ],
  [
    'mlflow: mlruns',
    'mlflow: https://ana:secret@mlflow.example',
    [
      '7:11 error secret-in-policy: The address holds a user name or password; remove it, and keep it in the environment instead.',
    ],
  ],
  [
    'role: risk, evidence',
    'role: rsk, evidence',
    ['44:103 error unknown-role: There is no role "rsk"; did you mean "risk"?'],
  ],
  [
    'role: risk, max_days: 30 }',
    'role: data-science, max_days: 30, second_person: true }',
    [
      '52:48 error too-few-people: A waiver needs a second person of "data-science", which has only one; add a person or remove the key.',
    ],
  ],
  [
    'automation: [ci@acme.example] }',
    'automation: [ci@acme.example], privacy: [ci@acme.example] }',
    [
      '48:121 error machine-and-person: "ci@acme.example" is in "privacy" and in a role that approves automatically; machines and people are kept apart.',
    ],
  ],
  [
    'waivers: { role: risk',
    'waivers: { role: risks',
    ['52:20 error unknown-role: There is no role "risks"; did you mean "risk"?'],
  ],
  [
    'waivers: { role: risk',
    'waivers: { role: automation',
    [
      '52:20 error machine-and-person: "automation" approves automatically, and a machine waives nothing; name a role of people.',
    ],
  ],
  [
    'production: { on',
    'prod: { on',
    ['56:3 error unknown-environment: There is no environment "prod"; did you mean "production"?'],
  ],
  [
    '{ git_tag: {} }',
    '{}',
    ['56:17 error no-target: "on_approved" tells nobody; add git_tag, github, webhook or another system.'],
  ],
  [
    '"https://…"',
    'http://x.example',
    ['56:78 error bad-address: "http://x.example" is no https address; only this machine may be called without.'],
  ],
  [
    '"https://…"',
    'https://a:b@x.example',
    [
      '56:78 error secret-in-policy: The address holds a user name or password; remove it, and keep it in the secret storage instead.',
    ],
  ],
  [
    'risk: 1 }',
    'risk: 3 }',
    ['51:53 error too-few-people: 3 of "risk" must approve, but it has only 2 people; add people or require fewer.'],
  ],
  ['risk: 1 }', 'rsk: 1 }', ['51:47 error unknown-role: There is no role "rsk"; did you mean "risk"?']],
  [
    '{ data-science: 1, risk: 1 }',
    '{}',
    [
      '51:19 error no-quorum: "production" requires nobody, so anything would be approved; require at least one person.',
    ],
  ],
  [
    '[ana@acme.example], risk: [ben@acme.example, eve@acme.example]',
    '[ana@acme.example], risk: [ana@acme.example]',
    [
      '51:19 error too-few-people: "production" needs 2 different people, but its roles can\'t seat them with 1; nobody fills two seats.',
    ],
  ],
  [
    'risk: [ben@acme.example, eve@acme.example]',
    'risk: []',
    [
      '44:103 error empty-role: The role "risk" has nobody in it, so nobody could attest; add a person.',
      '51:53 error too-few-people: 1 of "risk" must approve, but it has nobody; add people or require fewer.',
      '52:20 error empty-role: The role "risk" has nobody in it, so nobody could waive; add a person.',
    ],
  ],
  [
    'ana@acme.example], risk',
    'ana@acme.example, Ana@acme.example], risk',
    [
      '48:45 error two-spellings: "Ana@acme.example" and "ana@acme.example" would count as two people; write them alike.',
    ],
  ],
  [
    '[ben@acme.example, eve',
    '[ben@acme.example, ben',
    ['48:71 error duplicate-person: "ben@acme.example" stands twice in "risk"; remove one of the two.'],
  ],
  [
    '[ben@acme.example',
    '["ben @acme.example"',
    [
      '48:53 error bad-person: "ben @acme.example" can\'t be a person in allowed_signers; write a name without spaces, commas, quotes or wildcards.',
    ],
  ],
  [
    'automation: 1',
    'risk: 1',
    [
      '44:103 error machine-and-person: "risk" approves automatically, and a machine attests nothing; name a role of people.',
      '51:47 error machine-and-person: "risk" approves automatically elsewhere, so it can\'t fill a person’s seat here; name a role of people.',
      '52:20 error machine-and-person: "risk" approves automatically, and a machine waives nothing; name a role of people.',
    ],
  ],
  [
    'automatic: true',
    'automatic: true, require_touch: true',
    [
      '50:64 error touch-by-machine: "staging" is approved automatically, and no machine touches a security key; remove one of the two.',
    ],
  ],
  [
    '[ci@acme.example]',
    '[ana@acme.example]',
    [
      '51:30 error machine-and-person: "ana@acme.example" is in "data-science" and in a role that approves automatically; machines and people are kept apart.',
    ],
  ],
  [
    'aliases: { ana@acme.example',
    'aliases: { anna@acme.example',
    [
      '53:14 error unknown-person: "anna@acme.example" is in no role, so the aliases separate nobody; name a person of a role.',
    ],
  ],
  [
    '[ana, "Ana A."]',
    '[ben@acme.example]',
    [
      '53:33 error shared-alias: "ben@acme.example" is a person in a role and an alias of "ana@acme.example"; one person must not count as two.',
    ],
  ],
  [
    'logged: val_loss, max: 0.30',
    'logged: val_loss, confidence: 0.9, max: 0.30',
    ['32:54 error no-effect: "confidence" has no effect on a logged metric; remove it.'],
  ],
  [
    'logged: val_loss, max: 0.30',
    'logged: val_loss',
    ['32:3 error no-bound: "logged-loss" has no bound, so nothing could fail; add "min", "max" or "max_abs".'],
  ],
  [
    'statistic: sd, max: 0.02',
    'statistic: sd',
    ['36:3 error no-bound: "folds" has no bound, so nothing could fail; add "min", "max" or "max_abs".'],
  ],
  [
    'group: sex, max',
    'group: quarter, max',
    [
      '37:102 error no-privileged-group: statistical_parity_difference compares with a privileged group; add "privileged" to "quarter" in "holdout".',
    ],
  ],
  ['group: sex, ', '', ['37:3 error missing-key: "parity" compares groups and needs "group"; add it.']],
  [
    'min: 0.80',
    'min: 0.80, max: 0.5',
    ['29:76 error min-above-max: "min" 0.8 is above "max" 0.5; nothing lies between.'],
  ],
  [
    'min: 0.80',
    'min: 0.80, max_abs: 0.5',
    ['29:82 error mixed-bounds: "max_abs" and "min" bound the same value; keep one way.'],
  ],
  ['min: 0.80', 'min: 1.2', ['29:76 warning never-holds: "min: 1.2" can never hold: roc_auc lies between 0 and 1.']],
  [
    'min: 0.80',
    'min: 0',
    ['29:76 warning always-holds: "min: 0" always holds, so it checks nothing: roc_auc lies between 0 and 1.'],
  ],
  [
    'max_abs: 0.10',
    'max: 0.10',
    [
      '37:107 warning wrong-side: statistical_parity_difference is worse on both sides; "max" alone leaves one open. Use "max_abs", or both "min" and "max".',
    ],
  ],
  [
    'metric: statistical_parity_difference',
    'metric: disparate_impact',
    [
      '37:94 warning wrong-side: disparate_impact is 1 when groups are treated alike, so "max_abs" stops no unfair model; use "min" and "max".',
    ],
  ],
  [
    'tolerance: 1e-9',
    'tolerance: 2',
    ['34:112 warning always-holds: "tolerance: 2" always holds, so it checks nothing.'],
  ],
  [
    '[training, holdout], max',
    '[training, training], max',
    ['35:72 error same-data-set: A gap compares two data sets; "training" stands here twice.'],
  ],
  [
    'reference: training',
    'reference: holdout',
    ['38:92 error same-data-set: Drift compares two data sets; "reference" and "current" are both "holdout".'],
  ],
  [
    'max: 0.1 }',
    'max: 0.1, epsilon: 0.1 }',
    ['38:136 error no-effect: "epsilon" has no effect on wasserstein_normed; remove it.'],
  ],
  [
    'max: 0.1 }',
    'max: -1 }',
    ['38:131 warning never-holds: "max: -1" can never hold: wasserstein_normed lies at or above 0.'],
  ],
  [
    'additivity: 1e-3, forbidden: [sex], max_top_share: 0.6',
    'title: x',
    [
      '39:3 error no-bound: "shap" demands nothing; add "additivity", "forbidden", "max_top_share", "min_rank_correlation" or "min_fidelity".',
    ],
  ],
  [
    'method: shap, values',
    'method: lime, values',
    [
      '39:97 error no-effect: "link" has no effect with lime; remove it.',
      '39:110 error no-effect: "additivity" has no effect with lime; remove it.',
    ],
  ],
  [
    'max_top_share: 0.6',
    'min_rank_correlation: 0.9',
    ['39:146 error no-baseline: "min_rank_correlation" compares with nothing; add "against".'],
  ],
  [
    'check: operations, logged: latency_p95_ms',
    'check: operations',
    ['40:3 error no-metric: "latency" names no number; add "logged", "path" or "measure".'],
  ],
  [
    'check: operations, logged: latency_p95_ms',
    'check: operations, logged: a, measure: model_size',
    ['40:51 error two-sources: The number comes from "logged" or from "measure"; keep one.'],
  ],
  [
    'check: operations, logged: latency_p95_ms',
    'check: operations, path: lat.csv',
    ['40:40 error missing-key: "path" needs either "column" with "statistic" (a table) or "pointer" (a JSON file).'],
  ],
  [
    'check: operations, logged: latency_p95_ms',
    'check: operations, path: lat.csv, column: ms',
    ['40:55 error missing-key: A column has many numbers; add "statistic", such as p95.'],
  ],
  [
    '[git_commit, clean_tree',
    '[git_commit, git_commit',
    ['43:67 error duplicate-item: "git_commit" stands here a second time; remove one of the two.'],
  ],
  [
    '  training: { path: data/train.parquet, label: defaulted, score: p_default }',
    '  training: { path: data/train.parquet, label: defaulted, query: q }',
    [
      '26:59 error no-effect: "query" has no effect when the task is binary; remove it.',
      '35:62 error missing-column: accuracy needs "prediction" or "score", which the data set "training" does not name; add it there.',
    ],
  ],
  [
    'label: defaulted ',
    'title: ',
    [
      '14:5 error unknown-key: "title" is not a key of a data set; its keys are path, label, score, scores, prediction, positive, threshold, query, weight, key, unit and groups.',
    ],
  ],
  [
    'score: p_default          ',
    'score: defaulted          ',
    [
      '15:12 error label-as-answer: Column "defaulted" is the label, the truth itself: every model would seem perfect; name the column that the model wrote.',
    ],
  ],
  [
    'prediction: predicted',
    'prediction: defaulted',
    [
      '16:17 error label-as-answer: Column "defaulted" is the label, the truth itself: every model would seem perfect; name the column that the model wrote.',
    ],
  ],
  [
    'path: data/train.parquet',
    'path: "run:eval/predictions.parquet"',
    ['38:93 error same-data-set: "training" and "holdout" read the same files, in which nothing can have moved.'],
  ],
  [
    'training: { path: data/train.parquet, label: defaulted, score: p_default }',
    'training: { path: "run:eval/predictions.parquet", label: defaulted, score: p_default, prediction: predicted, positive: 1, threshold: 0.5, weight: exposure }',
    [
      '35:72 error same-data-set: "training" and "holdout" read the same columns of the same files, between which there is no gap.',
      '38:93 error same-data-set: "training" and "holdout" read the same files, in which nothing can have moved.',
    ],
  ],
  [
    'score: p_default          ',
    'weight: w',
    [
      '19:5 error duplicate-key: "weight" stands here a second time; remove one of the two.',
      '29:62 error missing-column: roc_auc needs "score", which the data set "holdout" does not name; add it there.',
      '31:62 error missing-column: roc_auc needs "score", which the data set "holdout" does not name; add it there.',
    ],
  ],
  [
    'min: 0.80',
    'threshold: 0.8, min: 0.8',
    [
      '29:87 error mixed-bounds: "min" can\'t stand beside MLflow’s "threshold"; keep one way.',
      '29:97 error no-effect: "confidence" has no effect beside MLflow’s "threshold"; remove it.',
    ],
  ],
  [
    'min: 0.80',
    'min_absolute_change: 0.1',
    [
      '29:71 error no-baseline: "min_absolute_change" compares with nothing; add "against".',
      '29:97 error no-effect: "confidence" has no effect beside MLflow’s "min_absolute_change"; remove it.',
    ],
  ],
  [
    'logged: val_loss, max: 0.30',
    'logged: val_loss, threshold: 0.3',
    [
      '32:3 error missing-key: A logged metric has no direction of its own, and "threshold" needs one; add "greater_is_better".',
    ],
  ],
];

for (const [from, to, expected] of MISTAKES) {
  test(`a policy that is ambiguous or unwise is named at its place: ${JSON.stringify(from)} → ${JSON.stringify(to)}`, () => {
    assert.deepEqual(problemsOf(changed(from, to)), expected);
  });
}
