import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadAndAssess } from '../../src/checks/load-and-assess.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { assertEqualTo12, runPython, unlessPython } from './python.ts';

const sample = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'examples', 'credit-risk');

const SCIKIT_LEARN = `
import json, sys
import pandas as pd
from sklearn import metrics as m
answers = {}
for c in json.load(sys.stdin):
    t = pd.concat([pd.read_parquet(f) if f.endswith('.parquet') else pd.read_csv(f) for f in c['files']])
    y = (t[c['label']] == c['positive']).astype(int)
    w = None if c['weight'] is None else t[c['weight']]
    s = None if c['score'] is None else t[c['score']]
    p = (t[c['prediction']] == c['positive']).astype(int) if c['prediction'] else (s >= c['threshold']).astype(int)
    kind = c['metric']
    f = {'accuracy': m.accuracy_score, 'precision': m.precision_score, 'recall': m.recall_score, 'f1': m.f1_score,
         'roc_auc': m.roc_auc_score, 'log_loss': m.log_loss}[kind]
    answers[c['id']] = {'value': float(f(y, s if kind in ('roc_auc', 'log_loss') else p, sample_weight=w)), 'rows': len(t)}
print(json.dumps(answers))
`;

/** Every metric that is recomputed on a whole table, as scikit-learn is asked for it. */
function questions(policy: Policy, evidence: ReadonlyMap<string, readonly string[]>) {
  return Object.entries(policy.checks).flatMap(([id, check]) => {
    if (
      (check.check !== 'metric' && check.check !== 'agreement') ||
      check.metric === undefined ||
      check.dataset === undefined
    )
      return [];
    if (check.check === 'metric' && (check.by !== undefined || check.against !== undefined)) return [];
    const dataset = policy.datasets[check.dataset];
    assert.ok(dataset);
    const { label, score = null, prediction = null, weight = null, positive = 1, threshold = 0.5 } = dataset;
    const files = (evidence.get(id) ?? []).map((path) => join(sample, path));
    return [{ id, metric: check.metric, files, label, score, prediction, weight, positive, threshold }];
  });
}

test('what is recomputed on the sample equals scikit-learn on the same tables', unlessPython, async () => {
  const loaded = await loadAndAssess({ policyFile: join(sample, 'signoff.yaml') });
  assert.ok(loaded.ok, JSON.stringify(loaded));
  const { policy, assessment, run } = loaded.value;
  const evidence = new Map(
    assessment.outcomes.map((outcome) => [outcome.id, outcome.evidence.map(({ path }) => path)]),
  );
  const asked = questions(policy, evidence);
  assert.ok(asked.length >= 5);
  const expected = runPython(SCIKIT_LEARN, asked) as Record<string, { value: number; rows: number }>;
  for (const { id } of asked) {
    const outcome = assessment.outcomes.find((each) => each.id === id);
    const reference = expected[id];
    assert.ok(outcome && reference);
    assert.equal(outcome.rows, reference.rows, id);
    const check = policy.checks[id];
    if (check?.check !== 'agreement') {
      assertEqualTo12(outcome.value ?? Number.NaN, reference.value, id);
      continue;
    }
    const logged = run.metrics.get(check.logged)?.value ?? Number.NaN;
    const distance = Math.abs(logged - reference.value) / Math.max(1, Math.abs(logged), Math.abs(reference.value));
    assertEqualTo12(outcome.value ?? Number.NaN, distance, id);
  }
});
