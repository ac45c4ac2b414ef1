import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../../src/approval/allowed-signers.ts';
import { assessmentPath } from '../../../src/approval/file-names.ts';
import { type OverlaidAssessment, overlayApprovals } from '../../../src/approval/overlay.ts';
import { type ApprovalFile, readApprovals } from '../../../src/approval/read-approvals.ts';
import { readAssessment } from '../../../src/approval/read-assessment.ts';
import { standingByHead } from '../../../src/approval/situation.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import type { OutcomeStatus, Settled } from '../../../src/checks/outcome.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { TestPerson } from './support/person.ts';
import { ana, ben, DPIA, eve, FOLDER, MODEL, makeWorld, NOW, POLICY, SIGNERS } from './support/sign-off-case.ts';

const { assess, sign } = makeWorld();

const WAIVER = { check: 'auc', reason: 'a month to retrain', until: '2026-06-20' };

function overlaid(bytes: Uint8Array, files: readonly ApprovalFile[], policyText = POLICY): OverlaidAssessment {
  const { value: policy } = parsePolicy(policyText, 'signoff.yaml');
  const assessment = readAssessment(bytes);
  assert.ok(policy !== undefined && assessment.ok);
  const signers = parseAllowedSigners(SIGNERS, 'allowed_signers');
  const approvals = readApprovals(files, { folder: FOLDER, policy, signers, now: NOW });
  const policyBytes = Buffer.from(policyText);
  const found = {
    ...{ environment: 'production', policy, folder: FOLDER, head: 'f'.repeat(40), now: NOW, signers, approvals },
    ...{ committedPolicy: policyBytes, hasAttributes: true, statements: approvals.statements },
    assessments: new Map([[assessmentPath(FOLDER, policy.model, 'run-1', sha256Hex(bytes)), bytes]]),
  };
  const situation = { ...found, standing: standingByHead(found) };
  return overlayApprovals(assessment.value, situation, { model: MODEL, run: 'run-1', policyBytes });
}

function settledOf({ outcomes }: OverlaidAssessment, id: string): Settled | undefined {
  return outcomes.find((outcome) => outcome.id === id)?.settled;
}

test('nobody is named for a waiver or an attestation that has no effect', () => {
  const bytes = assess({ auc: 'fail' });
  const said = { assessment: { sha256: sha256Hex(bytes) }, waivers: [WAIVER], attestations: [DPIA] };
  // Both say the same, and only the role risk may.
  const files = [ana, ben].map((by) => sign({ by, predicate: said }));
  const laid = overlaid(bytes, files);
  assert.deepEqual([...laid.overlays], Object.entries({ auc: 'waived', dpia: 'attested' }));
  const messages = laid.outcomes.map(({ id, message }) => `${id}: ${message}`);
  assert.deepEqual(messages, [
    'auc: Waived by ben@acme.example until 2026-06-20: a month to retrain. So it is.',
    'loss: So it is.',
    'dpia: Attested by ben@acme.example. So it is.',
  ]);
  assert.deepEqual(settledOf(laid, 'auc'), { how: 'waived', by: ['ben@acme.example'], until: '2026-06-20' });
  assert.deepEqual(settledOf(laid, 'dpia'), { how: 'attested', by: ['ben@acme.example'], until: '2026-09-01' });
  assert.equal(settledOf(laid, 'loss'), undefined);
});

test('a waiver of what failed is as good for check as for verify, and one of what was never found out is not', () => {
  const summaryOf = (auc: OutcomeStatus) => {
    const bytes = assess({ auc, loss: 'not_applicable', dpia: 'not_applicable' });
    const predicate = { assessment: { sha256: sha256Hex(bytes) }, waivers: [WAIVER], attestations: [] };
    return overlaid(
      bytes,
      [ana, ben].map((by) => sign({ by, predicate })),
    ).summary;
  };
  assert.deepEqual(summaryOf('fail'), { ok: true, counts: { waived: 1, not_applicable: 2 } });
  assert.deepEqual(summaryOf('not_evaluable'), { ok: false, counts: { waived: 1, not_applicable: 2 } });
});

test('who accepted what is uncertain is named, with the day on which the approval runs out', () => {
  const bytes = assess({ auc: 'uncertain' });
  const assessment = { sha256: sha256Hex(bytes) };
  const accepted = [{ check: 'auc', reason: 'few rows' }];
  const laid = overlaid(bytes, [
    sign({ by: ana, predicate: { assessment, accepted } }),
    // Ben signs too, and says nothing of it.
    sign({ by: ben, predicate: { assessment } }),
  ]);
  assert.deepEqual(settledOf(laid, 'auc'), { how: 'accepted', by: ['ana@acme.example'], until: '2026-09-01' });
  const auc = laid.outcomes.find(({ id }) => id === 'auc');
  assert.equal(auc?.status, 'pass');
  assert.equal(auc?.message, 'Accepted by ana@acme.example until 2026-09-01: few rows. So it is.');
});

test('a waiver ends with the approval that it stands in, and with the first of two that are needed', () => {
  const twoNeeded = POLICY.replace('max_days: 30 }', 'max_days: 30, second_person: true }');
  const world = makeWorld(twoNeeded);
  const bytes = world.assess({ auc: 'fail' });
  const assessment = { sha256: sha256Hex(bytes) };
  const waiverOf = (by: TestPerson, until: string, expires: string): ApprovalFile =>
    world.sign({ by, predicate: { assessment, waivers: [{ ...WAIVER, until }], expires } });
  const laid = overlaid(
    bytes,
    [
      waiverOf(ben, '2026-06-25', '2026-06-18T12:00:00Z'),
      waiverOf(eve, '2026-06-24', '2026-09-01T12:00:00Z'),
      world.sign({ by: ana, predicate: { assessment } }),
    ],
    twoNeeded,
  );
  const settled = settledOf(laid, 'auc');
  assert.deepEqual([...(settled?.by ?? [])].toSorted(), ['ben@acme.example', 'eve@acme.example']);
  assert.equal(settled?.until, '2026-06-18');
});
