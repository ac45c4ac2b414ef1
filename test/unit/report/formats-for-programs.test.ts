import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLenientJson } from '../../../src/base/lenient-json.ts';
import { readJunit } from '../../../src/evidence/reports/junit.ts';
import { readSarif } from '../../../src/evidence/reports/sarif.ts';
import { parseXml } from '../../../src/evidence/xml.ts';
import { renderAssessmentJson } from '../../../src/report/assessment-json.ts';
import { renderAssessmentJunit } from '../../../src/report/assessment-junit.ts';
import { renderAssessmentSarif } from '../../../src/report/assessment-sarif.ts';
import { weightOf } from '../../../src/report/blocking.ts';
import { renderVerdictJunit } from '../../../src/report/verdict-junit.ts';
import { renderVerdictSarif } from '../../../src/report/verdict-sarif.ts';
import { APPROVED, assessment, EVERY_STATUS, HOSTILE, outcome, REFUSED } from './samples.ts';

/** Read by the very readers that judge other tools' reports: name -> verdict. */
function testsOf(xml: string): Record<string, string> {
  const root = parseXml(xml);
  assert.ok(root.ok, JSON.stringify(root));
  const report = readJunit(root.value);
  assert.ok(report.ok, JSON.stringify(report));
  return Object.fromEntries(report.value.tests.map(({ name, verdict }) => [name, verdict]));
}

function findingsOf(sarif: string): string[] {
  const json = parseLenientJson(sarif);
  assert.ok(json.ok);
  const report = readSarif(json.value);
  assert.ok(report.ok, JSON.stringify(report));
  return report.value.tests.map(({ verdict }) => verdict);
}

test('an assessment as JUnit: what blocks fails, what only advises does not', () => {
  const tests = testsOf(renderAssessmentJunit(assessment(...EVERY_STATUS)));
  assert.deepEqual(Object.values(tests), [
    ...['passed', 'failed', 'failed', 'failed', 'failed', 'skipped', 'skipped', 'skipped'],
    'failed',
  ]);
});

test('what somebody accepted is skipped with its words in JUnit, and JSON has the keys of the contract alone', () => {
  const settled = { how: 'accepted', by: ['ana@acme.example'], until: '2026-09-01' } as const;
  const message = 'Accepted by ana@acme.example until 2026-09-01: few rows.';
  const accepted = { ...outcome('maybe', 'pass'), settled, message };
  const xml = renderAssessmentJunit(assessment(accepted));
  assert.deepEqual(testsOf(xml)[`metric.maybe: ${accepted.title}`], 'skipped');
  assert.match(xml, /type="accepted" message="accepted \(0\.5 ≥ 0\.8\): Accepted by ana@acme\.example/);
  const [written] = JSON.parse(renderAssessmentJson(assessment(accepted))).outcomes;
  assert.deepEqual(Object.keys(written), Object.keys(outcome('maybe', 'pass')));
});

test('an assessment of which nothing was evaluated is no green suite and not without findings', () => {
  const idle = assessment(outcome('first', 'not_applicable'));
  assert.equal(idle.summary.ok, false);
  assert.ok(Object.values(testsOf(renderAssessmentJunit(idle))).includes('failed'));
  assert.ok(findingsOf(renderAssessmentSarif(idle, 'signoff.yaml')).includes('failed'));
});

test('an assessment as SARIF: required is an error, advisory a warning, waived put aside, what is ok no finding', () => {
  const sarif = renderAssessmentSarif(assessment(...EVERY_STATUS), 'models/credit risk/signoff.yaml');
  assert.deepEqual(findingsOf(sarif), ['failed', 'failed', 'failed', 'failed', 'warned', 'warned']);
  const [first] = JSON.parse(sarif).runs[0].results;
  assert.equal(first.ruleId, 'bad');
  assert.equal(JSON.parse(sarif).runs[0].tool.driver.rules[first.ruleIndex].id, 'bad');
  assert.deepEqual(first.locations[0].physicalLocation, {
    artifactLocation: { uri: 'models/credit%20risk/signoff.yaml' },
    region: { startLine: 7, startColumn: 3 },
  });
  assert.deepEqual(findingsOf(renderAssessmentSarif(assessment(outcome('good', 'pass')), 'p')), ['passed']);
});

test('a status that nobody knows blocks', () => {
  assert.equal(weightOf({ status: 'splendid' as 'pass', severity: 'required' }), 'blocks');
});

test('a verdict as JUnit: approved passes, and refused fails, whatever else is there', () => {
  assert.deepEqual(new Set(Object.values(testsOf(renderVerdictJunit(APPROVED, 'production')))), new Set(['passed']));
  const tests = testsOf(renderVerdictJunit(REFUSED, 'production'));
  assert.equal(tests['verdict.approved for production'], 'failed');
  assert.equal(tests['quorum.risk'], 'failed');
  assert.equal(testsOf(renderVerdictJunit({ ...REFUSED, reasons: [] }, 'x'))['verdict.approved for x'], 'failed');
});

test('a verdict as SARIF: each reason is an error, and a refusal without reasons is one too', () => {
  assert.deepEqual(findingsOf(renderVerdictSarif(APPROVED, 'production', 'signoff.yaml')), ['passed']);
  assert.deepEqual(findingsOf(renderVerdictSarif(REFUSED, 'production', 'signoff.yaml')), ['failed']);
  assert.deepEqual(findingsOf(renderVerdictSarif({ ...REFUSED, reasons: [] }, 'x', 'p')), ['failed']);
});

test('hostile names stay names', () => {
  const named = { ...outcome('x', 'fail'), title: HOSTILE, message: HOSTILE };
  const xml = renderAssessmentJunit(assessment(named));
  assert.ok(parseXml(xml).ok);
  assert.doesNotMatch(xml, /[^\P{Cc}\n]|\u202e|<b>/u);
  assert.doesNotMatch(renderAssessmentSarif(assessment(named), 'p'), /[^\P{Cc}\n]|\u202e/u);
});
