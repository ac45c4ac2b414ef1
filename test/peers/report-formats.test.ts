import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { SignedStatement } from '../../src/approval/signed-statement.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { renderAssessmentJunit } from '../../src/report/assessment-junit.ts';
import { renderAssessmentMarkdown } from '../../src/report/assessment-markdown.ts';
import { renderAssessmentSarif } from '../../src/report/assessment-sarif.ts';
import { renderVerdictJunit } from '../../src/report/verdict-junit.ts';
import { renderVerdictMarkdown } from '../../src/report/verdict-markdown.ts';
import { renderVerdictSarif } from '../../src/report/verdict-sarif.ts';
import { renderVerificationSummary } from '../../src/report/verification-summary.ts';
import { ana, FILES, MODEL, makeWorld, NOW, POLICY } from '../unit/approval/support/sign-off-case.ts';
import { APPROVED, assessment, EVERY_STATUS, HOSTILE, outcome, REFUSED } from '../unit/report/samples.ts';
import { pythonNamed, unlessPythonNamed } from './python.ts';

const unlessPython = unlessPythonNamed('signing');
const hostile = { ...outcome('x', 'fail'), title: HOSTILE, message: HOSTILE };
const all = assessment(...EVERY_STATUS, hostile);

interface Finding {
  readonly level: string;
  readonly rule: string;
  readonly line: number;
  readonly suppressed: boolean;
}

interface Read {
  readonly junit: readonly { readonly tests: number; readonly failures: number; readonly errors: number }[];
  readonly sarif: readonly (readonly Finding[])[];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly markdown: readonly string[];
}

let read: Read;

before(() => {
  const python = pythonNamed('signing');
  if (python === undefined) return;
  const input = {
    junit_schema: join(import.meta.dirname, 'junit-10.xsd'),
    junit: [renderAssessmentJunit(all), renderVerdictJunit(APPROVED, 'x'), renderVerdictJunit(REFUSED, 'x')],
    sarif: [renderAssessmentSarif(all, 'a b/signoff.yaml'), renderVerdictSarif(REFUSED, 'x', 'signoff.yaml')],
    summary: summary(),
    markdown: [renderAssessmentMarkdown(all), renderVerdictMarkdown(REFUSED, 'x')],
  };
  const script = join(import.meta.dirname, 'report_formats.py');
  const { status, stdout, stderr } = spawnSync(python, [script], { input: JSON.stringify(input), encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  read = JSON.parse(stdout);
});

function summary(): string {
  const policy = parsePolicy(POLICY, 'signoff.yaml').value;
  const signed = makeWorld().sign({ by: ana });
  assert.ok(policy);
  const counted = [{ id: signed.id, file: signed.path, statement: signed.statement } as unknown as SignedStatement];
  const model = { modelId: MODEL.modelId, files: FILES.map((file) => ({ ...file, size: 7 })), folder: '/', path: '/' };
  return renderVerificationSummary(
    {
      policy,
      policyBytes: Buffer.from(POLICY),
      model,
      statements: counted,
      counted,
      assessment: undefined,
      unknownNames: [],
    },
    { environment: 'production', policyPath: 'signoff.yaml', now: new Date(NOW) },
  );
}

test("JUnit: Jenkins' schema holds, and junitparser counts the same", unlessPython, () => {
  assert.deepEqual(read.junit, [
    { tests: 10, failures: 5, errors: 1 },
    { tests: 3, failures: 0, errors: 0 },
    { tests: 6, failures: 3, errors: 0 },
  ]);
});

test('SARIF: sarif-pydantic finds each rule, level and place', unlessPython, () => {
  const finding = (rule: string, level = 'error', suppressed = false) => ({ rule, level, line: 7, suppressed });
  assert.deepEqual(read.sarif[0], [
    ...['bad', 'maybe', 'unknown', 'later'].map((rule) => finding(rule)),
    ...[finding('forgiven', 'error', true), finding('hint', 'warning'), finding('x')],
  ]);
  assert.deepEqual(
    read.sarif[1]?.map(({ level }) => level),
    ['error', 'note'],
  );
});

test('the verification summary is one to in-toto’s own reader', unlessPython, () => {
  assert.deepEqual(read.summary, {
    type: 'https://slsa.dev/verification_summary/v1',
    subjects: Object.fromEntries(FILES.map(({ name, sha256 }) => [name, sha256])),
    result: 'PASSED',
    resource: 'urn:model-signoff:model:credit-risk/default-classifier/production',
    level: 'MODEL_SIGNOFF_APPROVED',
    inputs: 1,
  });
});

test('Markdown: what others wrote stays text', unlessPython, () => {
  for (const html of read.markdown) {
    assert.doesNotMatch(html, /<(?:a|b|img|script)\b/);
    assert.match(html, /a &lt;b&gt; &amp; &quot;c&quot; .*\[x\]\(javascript:y\)/);
  }
});
