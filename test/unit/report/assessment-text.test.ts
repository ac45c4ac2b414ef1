import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { type ReadableAssessment, renderAssessmentText } from '../../../src/report/assessment-text.ts';
import { COLOUR_STYLE, PLAIN_STYLE } from '../../../src/report/terminal-style.ts';

function outcome(facts: Partial<Outcome>): Outcome {
  return {
    id: 'auc',
    check: 'metric',
    title: 'ROC AUC',
    severity: 'required',
    status: 'pass',
    value: 0.84721,
    bound: { min: 0.8 },
    interval: [0.83, 0.86],
    rows: 4884,
    formula: 'roc_auc/midrank',
    message: 'It holds.',
    evidence: [],
    source: { line: 1, column: 1 },
    ...facts,
  };
}

function assessment(...outcomes: Outcome[]): ReadableAssessment {
  return {
    project: 'credit-risk',
    model: 'default-classifier',
    run: { id: 'abc', name: 'boosted-trees', source: 'mlflow.db' },
    policy: { path: 'signoff.yaml', sha256: '0'.repeat(64) },
    summary: { ok: false, counts: { pass: 1 } },
    outcomes,
  };
}

test('every check has one line with status, id, value, interval, bound and sentence', () => {
  const text = renderAssessmentText(assessment(outcome({})), PLAIN_STYLE);
  assert.match(text, /^✓ pass {2}auc {2}0\.8472 \[0\.83, 0\.86\] {2}≥ 0\.8 {2}It holds\.$/m);
});

test('a check without a number shows a dash, and an advisory one says so', () => {
  const text = renderAssessmentText(
    assessment(outcome({ value: null, bound: null, interval: null, severity: 'advisory', status: 'not_evaluable' })),
    PLAIN_STYLE,
  );
  assert.match(text, /^! not evaluable {2}auc {2}– .*\(advisory\) It holds\.$/m);
});

const ACCEPTED = outcome({ id: 'ks', settled: { how: 'accepted', by: ['ana@acme.example'], until: '2026-09-01' } });

test('what somebody accepted is not called a pass, and is counted apart', () => {
  const text = renderAssessmentText(assessment(outcome({}), ACCEPTED), PLAIN_STYLE);
  assert.match(text, /^~ accepted {2}ks /m);
  assert.match(text, /^2 checks: 1 pass, 1 accepted\. /m);
});

test('names and messages from files can’t move the cursor or change colours', () => {
  const text = renderAssessmentText(assessment(outcome({ id: '\u001b[2Jx', message: 'a\u202eb\nc' })), PLAIN_STYLE);
  assert.equal(text.includes('\u001b'), false);
  assert.equal(text.includes('\u202e'), false);
  assert.match(text, /a\\u\{202e\}b\\u\{a\}c/);
});

test('plain style has no escape codes, colour style keeps the same words', () => {
  const plain = renderAssessmentText(assessment(outcome({})), PLAIN_STYLE);
  const coloured = renderAssessmentText(assessment(outcome({})), COLOUR_STYLE);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is looked for
  assert.equal(coloured.replaceAll(/\u001b\[\d+m/g, ''), plain);
});
