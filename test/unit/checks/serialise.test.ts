import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ASSESSMENT_SCHEMA, type Assessment } from '../../../src/checks/assessment.ts';
import { assessmentBytes, parseAssessment } from '../../../src/checks/serialise.ts';

const sha256 = 'a'.repeat(64);
const ASSESSMENT: Assessment = {
  schema: ASSESSMENT_SCHEMA,
  tool: { name: 'model-signoff', version: '0.1.0' },
  project: 'p',
  model: 'm',
  run: { id: 'r', name: 'n', source: 'mlflow.db' },
  policy: { path: 'signoff.yaml', sha256 },
  summary: { ok: false, counts: { pass: 1, pending: 2 } },
  outcomes: [
    {
      id: 'auc',
      check: 'metric',
      title: 'ROC AUC ✓',
      severity: 'required',
      status: 'pass',
      value: 0.8472,
      bound: { min: 0.8 },
      interval: [0.8, 0.9],
      rows: 10,
      formula: 'roc_auc/midrank',
      parts: [{ name: 'a', status: 'pass', value: 1, interval: null, rows: 3 }],
      message: 'Fine.',
      evidence: [{ path: 'a.parquet', sha256 }],
      source: { line: 3, column: 5 },
    },
  ],
  model_id: sha256,
  baseline: null,
};
const TEXT = new TextDecoder().decode(assessmentBytes(ASSESSMENT));
const parse = (text: string) => parseAssessment(new TextEncoder().encode(text));

test('what is written is read back as it was', () => {
  assert.deepEqual(parse(TEXT), { value: ASSESSMENT, problems: [] });
});

test('keys stand in the contract’s order, whatever their order in memory', () => {
  const [outcome] = ASSESSMENT.outcomes;
  assert.ok(outcome);
  const { id, ...rest } = outcome;
  const { schema, ...others } = ASSESSMENT;
  assert.equal(new TextDecoder().decode(assessmentBytes({ ...others, outcomes: [{ ...rest, id }], schema })), TEXT);
  assert.deepEqual(Object.keys(JSON.parse(TEXT).outcomes[0]), [
    ...['id', 'check', 'title', 'severity', 'status', 'value', 'bound', 'interval', 'rows', 'formula', 'parts'],
    ...['message', 'evidence', 'source'],
  ]);
  assert.ok(TEXT.endsWith('}\n') && !TEXT.endsWith('\n\n'));
});

test('bytes that this program would not write are refused', () => {
  const changed: [string, string][] = [
    ['not JSON', TEXT.slice(0, -3)],
    ['no final newline', TEXT.trimEnd()],
    ['other white space', `${JSON.stringify(JSON.parse(TEXT))}\n`],
    ['a byte-order mark', `\ufeff${TEXT}`],
    ['a key twice', TEXT.replace('"project": "p",', '"project": "x",\n  "project": "p",')],
    ['another key', TEXT.replace('"project": "p",', '"project": "p",\n  "extra": 1,')],
    ['another schema', TEXT.replace('assessment:v1', 'assessment:v2')],
    ['an unknown status', TEXT.replace('"status": "pass"', '"status": "passed"')],
    ['a number too large', TEXT.replace('0.8472', '1e999')],
    ['another spelling of a number', TEXT.replace('0.8472', '0.84720')],
    ['an escape', TEXT.replace('Fine.', '\\u0046ine.')],
    ['a missing key', TEXT.replace('  "project": "p",\n', '')],
    ['a digest in capitals', TEXT.replaceAll(sha256, sha256.toUpperCase())],
  ];
  for (const [what, text] of changed) {
    const { value, problems } = parse(text);
    assert.equal(value, undefined, what);
    assert.equal(problems.length, 1, what);
  }
  assert.equal(parseAssessment(Uint8Array.of(0xff)).value, undefined);
});
