import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalPath, assessmentPath, encodeRunId, signoffFolder } from '../../../src/approval/file-names.ts';

test('files lie beside the policy', () => {
  assert.equal(signoffFolder('signoff.yaml').path, '.signoff');
  const folder = signoffFolder('models/credit/signoff.yaml');
  assert.equal(folder.allowedSigners, 'models/credit/.signoff/allowed_signers');
  assert.equal(
    assessmentPath(folder, 'm', 'r', 'f'.repeat(64)),
    `models/credit/.signoff/assessments/m/r/${'f'.repeat(64)}.json`,
  );
  assert.equal(
    approvalPath(folder, { model: 'm', run: 'r', environment: 'production', role: 'risk' }, '0123456789abcdef99'),
    'models/credit/.signoff/approvals/m/r/production.risk.0123456789abcdef.json',
  );
});

test('a run id can neither climb nor hide nor look like an option', () => {
  assert.equal(encodeRunId('a1b2.c_3-d'), 'a1b2.c_3-d');
  assert.equal(encodeRunId('..'), '%2E.');
  assert.equal(encodeRunId('-x/é\\'), '%2Dx%2F%C3%A9%5C');
  assert.notEqual(encodeRunId('a%2F'), encodeRunId('a/'));
});
