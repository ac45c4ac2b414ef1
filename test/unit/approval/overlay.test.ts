import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../../src/approval/allowed-signers.ts';
import { assessmentPath } from '../../../src/approval/file-names.ts';
import { type OverlaidAssessment, overlayApprovals } from '../../../src/approval/overlay.ts';
import { readApprovals } from '../../../src/approval/read-approvals.ts';
import { readAssessment } from '../../../src/approval/read-assessment.ts';
import { standingByHead } from '../../../src/approval/situation.ts';
import type { ApprovalPredicate } from '../../../src/approval/statement.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import type { OutcomeStatus } from '../../../src/checks/outcome.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { ana, ben, DPIA, FOLDER, MODEL, makeWorld, NOW, POLICY, SIGNERS } from './support/sign-off-case.ts';

const { assess, sign } = makeWorld();

const WAIVER = { check: 'auc', reason: 'a month to retrain', until: '2026-06-20' };

test('nobody is named for a waiver or an attestation that has no effect', () => {
  const { outcomes, overlays } = overlaidBy({ auc: 'fail' }, { waivers: [WAIVER], attestations: [DPIA] });
  assert.deepEqual([...overlays], Object.entries({ auc: 'waived', dpia: 'attested' }));
  const messages = outcomes.map(({ id, message }) => `${id}: ${message}`);
  assert.deepEqual(messages, [
    'auc: Waived by ben@acme.example until 2026-06-20: a month to retrain. So it is.',
    'loss: So it is.',
    'dpia: Attested by ben@acme.example. So it is.',
  ]);
});

test('a waiver of what failed is as good for check as for verify, and one of what was never found out is not', () => {
  const summaryOf = (auc: OutcomeStatus) =>
    overlaidBy({ auc, loss: 'not_applicable', dpia: 'not_applicable' }, { waivers: [WAIVER], attestations: [] })
      .summary;
  assert.deepEqual(summaryOf('fail'), { ok: true, counts: { waived: 1, not_applicable: 2 } });
  assert.deepEqual(summaryOf('not_evaluable'), { ok: false, counts: { waived: 1, not_applicable: 2 } });
});

/** What is seen of an assessment once both people have said the same of it; only the role risk may waive and attest. */
function overlaidBy(
  statuses: Parameters<typeof assess>[0],
  said: Partial<Pick<ApprovalPredicate, 'waivers' | 'attestations'>>,
): OverlaidAssessment {
  const bytes = assess(statuses);
  const predicate = { assessment: { sha256: sha256Hex(bytes) }, ...said };
  const files = [ana, ben].map((by) => sign({ by, predicate }));
  const { value: policy } = parsePolicy(POLICY, 'signoff.yaml');
  const assessment = readAssessment(bytes);
  assert.ok(policy !== undefined && assessment.ok);
  const signers = parseAllowedSigners(SIGNERS, 'allowed_signers');
  const approvals = readApprovals(files, { folder: FOLDER, policy, signers, now: NOW });
  const policyBytes = Buffer.from(POLICY);
  const found = {
    ...{ environment: 'production', policy, folder: FOLDER, head: 'f'.repeat(40), now: NOW, signers, approvals },
    ...{ committedPolicy: policyBytes, hasAttributes: true, statements: approvals.statements },
    assessments: new Map([[assessmentPath(FOLDER, policy.model, 'run-1', sha256Hex(bytes)), bytes]]),
  };
  const situation = { ...found, standing: standingByHead(found) };
  return overlayApprovals(assessment.value, situation, { model: MODEL, run: 'run-1', policyBytes });
}
