import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptedOf, attestationsOf, waiversOf } from '../../../src/cli/decision-options.ts';

test('a reason may hold = and @; the date stands behind the last @', () => {
  assert.deepEqual(waiversOf(['auc=see a=b, ask eve@acme.example@2026-12-01']), {
    ok: true,
    value: [{ check: 'auc', reason: 'see a=b, ask eve@acme.example', until: '2026-12-01' }],
  });
  assert.deepEqual(acceptedOf(['auc=x=y']), { ok: true, value: [{ check: 'auc', reason: 'x=y' }] });
});

test('a waiver without reason or date, or an acceptance without reason, is refused', () => {
  for (const text of [
    'auc',
    'auc=',
    'auc=why',
    'auc=@2026-12-01',
    'auc=\u200b@2026-12-01',
    '=why@2026-12-01',
    'auc=why@tomorrow',
  ]) {
    assert.equal(waiversOf([text]).ok, false, text);
  }
  for (const text of ['auc', 'auc=', 'auc=  ', 'auc=\u2060', '=why']) assert.equal(acceptedOf([text]).ok, false, text);
});

test('evidence of one attestation is gathered', () => {
  assert.deepEqual(attestationsOf(['dpia=a.pdf', 'dpia=b.pdf', 'monitoring']), {
    ok: true,
    value: [
      { check: 'dpia', evidence: ['a.pdf', 'b.pdf'] },
      { check: 'monitoring', evidence: [] },
    ],
  });
});
