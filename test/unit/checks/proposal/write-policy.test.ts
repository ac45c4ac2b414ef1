import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PolicyDraft, writePolicy } from '../../../../src/checks/proposal/write-policy.ts';
import { hasErrors, parsePolicy } from '../../../../src/policy/parse.ts';

const HOSTILE = 'x: {y}\n# "evil"\u2028';

const draft: PolicyDraft = {
  project: 'credit-risk',
  model: 'default-classifier',
  task: 'binary',
  run: { mlflow: 'mlflow.db', experiment: HOSTILE },
  dataset: {
    path: 'run:eval/predictions.parquet',
    columns: {
      task: 'binary',
      fields: { label: HOSTILE, score: 'yes', positive: '1', key: 'no' },
      groups: [{ name: 'sex', column: 'sex', values: [HOSTILE] }],
    },
  },
  checks: [
    { id: 'auc', fields: { check: 'metric', metric: 'roc_auc', dataset: 'holdout', min: 0.5 }, comment: HOSTILE },
  ],
  person: 'ana@acme.example',
};

test('what is written is a valid policy that says what the draft says', () => {
  const { value, problems } = parsePolicy(writePolicy(draft), 'signoff.yaml');
  assert.equal(hasErrors(problems), false, JSON.stringify(problems));
  assert.equal(value?.datasets['holdout']?.score, 'yes');
  assert.equal(value?.datasets['holdout']?.positive, '1');
});

test('names from files stay names, whatever is in them', () => {
  const { value } = parsePolicy(writePolicy(draft), 'signoff.yaml');
  assert.equal(value?.datasets['holdout']?.label, HOSTILE);
  assert.deepEqual(Object.keys(value?.checks ?? {}), ['auc']);
});
