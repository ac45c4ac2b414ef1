import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, codesOf, makeWorld, OTHER_FILES, OTHER_MODEL } from './support/sign-off-case.ts';

const { assess, sign, verdict } = makeWorld(`version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlruns }
checks:
  auc: { check: metric, logged: auc, min: 0.8 }
  no-regression: { check: metric, logged: auc, against: production, max_drop: 0, greater_is_better: true }
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example] }
  environments:
    staging: { require: { data-science: 1 } }
    production: { require: { risk: 1 } }
`);

const NOTHING_TO_COMPARE_WITH = { 'no-regression': 'not_applicable' } as const;

/** Signed for staging, where it is to replace `replaces`, and evaluated as if nothing were approved for production. */
function signedForStaging(replaces: string | null) {
  const assessment = assess(NOTHING_TO_COMPARE_WITH, { baseline: replaces });
  const predicate = {
    environment: 'staging',
    replaces,
    assessment: { sha256: sha256Hex(assessment) },
    attestations: [],
  };
  return { assessment, approval: sign({ by: ana, predicate }) };
}

/** Another model, in force in production. */
function inProduction(statuses: Parameters<typeof assess>[0] = {}) {
  const assessment = assess(statuses, { model_id: OTHER_MODEL.modelId });
  const predicate = { assessment: { sha256: sha256Hex(assessment) }, attestations: [] };
  return { assessment, approval: sign({ by: ben, predicate, files: OTHER_FILES }) };
}

function codes(...signed: readonly ReturnType<typeof inProduction>[]): string[] {
  const files = signed.map(({ approval }) => approval);
  return codesOf(verdict({ environment: 'staging', files, assessments: signed.map(({ assessment }) => assessment) }));
}

test('a model that is compared with production is first there, whatever it replaces in staging', () => {
  assert.deepEqual(codes(signedForStaging(null)), []);
  assert.deepEqual(codes(signedForStaging(OTHER_MODEL.modelId)), []);
});

test('it is refused where another model is approved for production, although it is first in staging', () => {
  assert.deepEqual(codes(signedForStaging(null), inProduction(NOTHING_TO_COMPARE_WITH)), ['check-not-applicable']);
});

test('a model whose checks failed was never approved for production, so there is nothing to compare with', () => {
  assert.deepEqual(codes(signedForStaging(null), inProduction({ ...NOTHING_TO_COMPARE_WITH, auc: 'fail' })), []);
});

test('the very model that is in production is no model to compare with', () => {
  const assessment = assess(NOTHING_TO_COMPARE_WITH);
  const itself = sign({ by: ben, predicate: { assessment: { sha256: sha256Hex(assessment) }, attestations: [] } });
  assert.deepEqual(codes(signedForStaging(null), { assessment, approval: itself }), []);
});
