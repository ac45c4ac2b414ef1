import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../../src/approval/allowed-signers.ts';
import { assessmentPath } from '../../../src/approval/file-names.ts';
import { overlayApprovals } from '../../../src/approval/overlay.ts';
import { readApprovals } from '../../../src/approval/read-approvals.ts';
import { readAssessment } from '../../../src/approval/read-assessment.ts';
import { standingByHead } from '../../../src/approval/situation.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { ana, ben, DPIA, FOLDER, MODEL, makeWorld, NOW, POLICY, SIGNERS } from './support/sign-off-case.ts';

const { assess, sign } = makeWorld();

test('nobody is named for a waiver or an attestation that has no effect', () => {
  const bytes = assess({ auc: 'fail' });
  const waiver = { check: 'auc', reason: 'a month to retrain', until: '2026-06-20' };
  const said = { assessment: { sha256: sha256Hex(bytes) }, waivers: [waiver], attestations: [DPIA] };
  // Both say the same, and only the role risk may.
  const files = [ana, ben].map((by) => sign({ by, predicate: said }));
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
  const { outcomes, overlays } = overlayApprovals(assessment.value, situation, {
    ...{ model: MODEL, run: 'run-1', policyBytes },
  });
  assert.deepEqual([...overlays], Object.entries({ auc: 'waived', dpia: 'attested' }));
  const messages = outcomes.map(({ id, message }) => `${id}: ${message}`);
  assert.deepEqual(messages, [
    'auc: Waived by ben@acme.example until 2026-06-20: a month to retrain. So it is.',
    'loss: So it is.',
    'dpia: Attested by ben@acme.example. So it is.',
  ]);
});
