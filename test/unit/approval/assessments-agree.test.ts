import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessmentDifferences, assessmentsAgree } from '../../../src/approval/assessments-agree.ts';
import { assessment, outcome } from '../report/samples.ts';

const signed = assessment(outcome('auc', 'pass'), outcome('loss', 'fail', 'advisory'));
const [auc, loss] = [outcome('auc', 'pass'), outcome('loss', 'fail', 'advisory')];

test('words, titles, versions and the last digits of numbers are no difference', () => {
  const now = {
    ...assessment({ ...auc, value: 0.5 * (1 + 9e-10), message: 'Other words.', title: 'Other' }, loss),
    tool: { name: 'model-signoff', version: '9.9.9' },
  };
  assert.deepEqual(assessmentDifferences(signed, now), []);
  assert.ok(assessmentsAgree(signed, now));
});

const DIFFERENT: readonly (readonly [what: string, now: typeof signed, says: RegExp])[] = [
  [
    'a value',
    assessment({ ...auc, value: 0.6 }, loss),
    /^The check "auc" was signed as pass with 0\.5, and is pass with 0\.6 now\.$/,
  ],
  ['a value in its ninth digit', assessment({ ...auc, value: 0.5 * (1 + 2e-9) }, loss), /"auc"/],
  ['a value that is no number', assessment({ ...auc, value: Number.NaN }, loss), /pass with NaN now/],
  [
    'a status',
    assessment({ ...auc, status: 'uncertain' }, loss),
    /signed as pass with 0\.5, and is uncertain with 0\.5 now/,
  ],
  ['an interval', assessment({ ...auc, interval: [0.4, 0.7] }, loss), /\(interval differs\)/],
  ['rows and formula', assessment({ ...auc, rows: 99, formula: 'x' }, loss), /\(rows, formula differ\)/],
  ['evidence', assessment({ ...auc, evidence: [{ path: 'a', sha256: 'b' }] }, loss), /\(evidence differs\)/],
  ['a check less', assessment(auc), /"loss" was signed as fail with 0\.5, and is not there now/],
  ['a check more', assessment(auc, loss, outcome('new', 'pass')), /"new" was not signed, and is pass with 0\.5 now/],
  ['a check twice', assessment(auc, auc, loss), /"auc" has several outcomes/],
  ['the baseline', { ...signed, baseline: 'c'.repeat(64) }, /signed for the baseline none, and it is "c/],
  ['the model', { ...signed, model_id: null }, /signed for the model files "b.*and it is none now/],
  ['the run', { ...signed, run: { ...signed.run, id: 'run-2' } }, /the run "run-1", and it is "run-2" now/],
];

for (const [what, now, says] of DIFFERENT) {
  test(`a difference in one sentence: ${what}`, () => {
    const differences = assessmentDifferences(signed, now);
    assert.equal(differences.length, 1);
    assert.match(differences[0] ?? '', says);
    assert.equal(assessmentsAgree(signed, now), false);
  });
}
