import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPointsOf } from '../../../src/extension/sign-off/open-points.ts';
import { complainAboutDay, lastWaiverDay } from '../../../src/extension/sign-off/waiver-date.ts';
import { outcome, policy } from './samples.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const rules = policy(['auc', 'recall-by-sex', 'dpia', 'trained']);
const kinds = (role: string, ...outcomes: ReturnType<typeof outcome>[]): string[] =>
  openPointsOf(outcomes, rules, role).map(({ kind, check }) => `${kind} ${check}`);

describe('open points', () => {
  test('anyone may accept what is uncertain', () => {
    assert.deepEqual(kinds('data-science', outcome({ status: 'uncertain' })), ['accept auc']);
  });

  test('only the waiver role may waive what fails or cannot be evaluated', () => {
    const failing = [outcome({ status: 'fail' }), outcome({ id: 'recall-by-sex', status: 'not_evaluable' })] as const;
    assert.deepEqual(kinds('risk', ...failing), ['waive auc', 'waive recall-by-sex']);
    assert.deepEqual(kinds('data-science', ...failing), []);
  });

  test('an attestation is its role’s, or anyone’s where it names none', () => {
    const pending = [
      outcome({ id: 'dpia', check: 'attestation', status: 'pending' }),
      outcome({ id: 'trained', check: 'attestation', status: 'pending' }),
    ] as const;
    assert.deepEqual(kinds('risk', ...pending), ['attest dpia', 'attest trained']);
    assert.deepEqual(kinds('data-science', ...pending), ['attest trained']);
  });

  test('nobody answers for what only advises, or already holds', () => {
    assert.deepEqual(kinds('risk', outcome({ status: 'fail', severity: 'advisory' }), outcome()), []);
  });
});

describe('the last day of a waiver', () => {
  test('is proposed as the policy’s longest', () => {
    assert.equal(lastWaiverDay(30, NOW), '2026-12-23');
  });

  test('must be a day that exists, is to come, and is not too late', () => {
    assert.equal(complainAboutDay('2026-12-23', 30, NOW), undefined);
    assert.equal(complainAboutDay('2026-11-23', 30, NOW), undefined);
    assert.match(complainAboutDay('2026-02-30', 30, NOW) ?? '', /YYYY-MM-DD/);
    assert.match(complainAboutDay('tomorrow', 30, NOW) ?? '', /YYYY-MM-DD/);
    assert.match(complainAboutDay('2026-11-22', 30, NOW) ?? '', /over/);
    assert.match(complainAboutDay('2026-12-24', 30, NOW) ?? '', /30 days/);
  });
});
