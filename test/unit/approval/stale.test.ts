import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { overlayApprovals } from '../../../src/approval/overlay.ts';
import { readAssessment } from '../../../src/approval/read-assessment.ts';
import { approvalSituation } from '../../../src/approval/situation.ts';
import { staleApprovals } from '../../../src/approval/stale.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { DEMO_NOW, makeDemoProject } from './support/demo-project.ts';

test('an approval goes stale by the model, the policy or the assessment, and which of them is said', async (context) => {
  const project = makeDemoProject(context);
  assert.ok((await project.signOff('ana')).ok);
  const prepared = await project.prepare('ben');
  assert.ok(prepared.ok);
  const { statement, assessmentBytes } = prepared.value;
  const files = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const policyBytes = readFileSync(join(project.folder, 'signoff.yaml'));
  const assessment = readAssessment(assessmentBytes);
  const { value: policy } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
  const repository = await openRepository(project.folder);
  assert.ok(repository.ok && assessment.ok && policy !== undefined);
  const place = { repository: repository.value, policyPath: 'signoff.yaml', policy, environment: 'production' };
  const situation = await approvalSituation({ ...place, now: DEMO_NOW });
  const subject = { model: { modelId: modelIdOf(files), files }, run: 'run-1', policyBytes };
  assert.deepEqual(staleApprovals(situation, subject, assessment.value), []);

  const told = (...args: Parameters<typeof staleApprovals>) =>
    staleApprovals(...args).map(({ changed, message }) => `${changed}: ${message}`);
  const outcomes = assessment.value.outcomes.map((outcome) => ({ ...outcome, value: 0.7, status: 'fail' as const }));
  const worse = { ...assessment.value, outcomes };
  assert.deepEqual(told(situation, subject, worse), [
    'assessment: The approval of ana@acme.example (data-science) is of an assessment that comes out otherwise now. The check "auc" was signed as pass with 0.9, and is fail with 0.7 now.',
  ]);
  assert.match(
    told(situation, { ...subject, policyBytes: Buffer.from('other') }, assessment.value).join(),
    /^policy: The approval of ana@acme\.example \(data-science\) was given under another policy/,
  );
  const other = files.map((file, index) => (index === 0 ? { ...file, sha256: '0'.repeat(64) } : file));
  assert.match(
    told(situation, { ...subject, model: { modelId: modelIdOf(other), files: other } }, assessment.value).join(),
    /^model: The approval of ana@acme\.example \(data-science\) is for other model files: MLmodel/,
  );
});

test('what was accepted of one outcome is not laid over another', async (context) => {
  const project = makeDemoProject(context);
  const prepared = await project.prepare('ben');
  assert.ok(prepared.ok);
  const base = readAssessment(prepared.value.assessmentBytes);
  assert.ok(base.ok);
  const uncertain = {
    ...base.value,
    outcomes: base.value.outcomes.map((each) => ({ ...each, status: 'uncertain' as const })),
  };
  const repository = await openRepository(project.folder);
  const policyBytes = readFileSync(join(project.folder, 'signoff.yaml'));
  const { value: policy } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
  assert.ok(repository.ok && policy !== undefined);
  const accepted = [{ check: 'auc', reason: 'few rows' }];
  const { statement, modelSource } = prepared.value;
  const files = statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }));
  const model = { modelId: modelIdOf(files), files };
  const assessed = {
    assessment: uncertain,
    policy,
    policyBytes,
    run: modelSource.run,
    modelFiles: { ...model, folder: project.modelPath, path: project.modelPath },
  };
  const signed = await project.signOff('ben', { accepted, assessed: assessed as never });
  assert.ok(signed.ok, JSON.stringify(signed));
  const place = { repository: repository.value, policyPath: 'signoff.yaml', policy, environment: 'production' };
  const situation = await approvalSituation({ ...place, now: DEMO_NOW });
  const subject = { model, run: 'run-1', policyBytes };
  assert.equal(overlayApprovals(uncertain, situation, subject).overlays.get('auc'), 'accepted');
  const lower = { ...uncertain, outcomes: uncertain.outcomes.map((each) => ({ ...each, value: 0.81 })) };
  assert.equal(overlayApprovals(lower, situation, subject).overlays.get('auc'), undefined);
});
