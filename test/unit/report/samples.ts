import type { Verdict } from '../../../src/approval/verdict.ts';
import { VERDICT_SCHEMA } from '../../../src/approval/verdict.ts';
import { ASSESSMENT_SCHEMA, type Assessment } from '../../../src/checks/assessment.ts';
import type { Outcome, OutcomeStatus, Severity } from '../../../src/checks/outcome.ts';
import { summarise } from '../../../src/checks/summary.ts';

/** What somebody might write into a name to be taken for more than a name. */
export const HOSTILE =
  'a <b> & "c" \u001b[31m\u202e | [x](javascript:y) @team `z` ]]> \ud800 \uffff https://evil.example';

export function outcome(id: string, status: OutcomeStatus, severity: Severity = 'required'): Outcome {
  return {
    ...{ id, check: 'metric', title: `Title of ${id}`, severity, status, value: 0.5, bound: { min: 0.8 } },
    ...{ interval: [0.4, 0.6] as const, rows: 100, formula: 'accuracy', message: `It is ${status}.`, evidence: [] },
    source: { line: 7, column: 3 },
  };
}

export function assessment(...outcomes: readonly Outcome[]): Assessment {
  return {
    schema: ASSESSMENT_SCHEMA,
    tool: { name: 'model-signoff', version: '0.1.0' },
    ...{ project: 'credit-risk', model: 'classifier', run: { id: 'run-1', name: 'challenger', source: 'mlflow.db' } },
    policy: { path: 'signoff.yaml', sha256: 'a'.repeat(64) },
    ...{ summary: summarise(outcomes), outcomes, model_id: 'b'.repeat(64), baseline: null },
  };
}

export const EVERY_STATUS: readonly Outcome[] = [
  outcome('good', 'pass'),
  outcome('bad', 'fail'),
  outcome('maybe', 'uncertain'),
  outcome('unknown', 'not_evaluable'),
  outcome('later', 'pending'),
  outcome('forgiven', 'waived'),
  outcome('first', 'not_applicable'),
  outcome('hint', 'fail', 'advisory'),
];

const approvals: Verdict['approvals'] = [
  {
    ...{ id: 'c'.repeat(64), person: 'ana@acme.example', role: 'data-science', key: 'SHA256:abc' },
    ...{ issued: '2026-06-10T12:00:00Z', expires: '2026-09-01T12:00:00Z' },
  },
];

export const APPROVED: Verdict = {
  ...{ schema: VERDICT_SCHEMA, approved: true, reasons: [], approvals, ignored: [] },
  quorum: { 'data-science': { need: 1, have: 1 } },
};

export const REFUSED: Verdict = {
  ...{ schema: VERDICT_SCHEMA, approved: false, approvals },
  reasons: [{ code: 'rejected', message: `ben (risk) rejected this model: ${HOSTILE}` }],
  ignored: [{ file: '.signoff/approvals/m/r/x y.json', code: 'envelope-malformed', message: HOSTILE }],
  quorum: { 'data-science': { need: 1, have: 1 }, risk: { need: 1, have: 0 } },
};
