import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyInDetail } from '../../../src/approval/verify.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { renderVerificationSummary } from '../../../src/report/verification-summary.ts';
import { runOf } from '../../attacks/support/ask.ts';
import { goodAna, goodBen, rollBack, rolledBack, sign, successors } from '../../attacks/support/attack.ts';
import { buildRepositories } from '../../attacks/support/build-repositories.ts';
import { ben, ci, NOW } from '../approval/support/sign-off-case.ts';

test('the summary of a rollback names each approval that it rests on once, and none for elsewhere', async () => {
  const back = rollBack(ben);
  const elsewhere = sign({ by: ci, predicate: { environment: 'staging' } });
  const { approvals, ...rest } = rolledBack(back);
  const built = buildRepositories([{ ...rest, approvals: [...approvals, elsewhere] }]);
  try {
    const [folder = ''] = built.folders;
    const repository = await openRepository(folder);
    assert.ok(repository.ok);
    const place = { environment: 'production', policyPath: 'signoff.yaml', now: new Date(NOW) };
    const question = { run: 'run-1', modelPath: `${folder}/model`, anchor: { trustedRef: 'refs/heads/protected' } };
    const loadRun = async () => ({ ok: true, value: runOf('run-1', 'trainer') }) as const;
    const judgement = await verifyInDetail({ repository: repository.value, ...place, ...question, loadRun });
    assert.ok(judgement.ok && judgement.value.verdict.approved && judgement.value.judged !== undefined);
    const summary = JSON.parse(renderVerificationSummary(judgement.value.judged, place));
    const named = summary.predicate.inputAttestations.map((each: { digest: { sha256: string } }) => each.digest.sha256);
    assert.deepEqual(named.sort(), [goodAna, goodBen, back].map(({ id }) => id).sort());
    assert.ok(successors.every(({ id }) => !named.includes(id)));
  } finally {
    built.remove();
  }
});
