import assert from 'node:assert/strict';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { completeRelease } from '../../../src/approval/complete-release.ts';
import { prepareRelease } from '../../../src/approval/prepare-release.ts';
import { releaseState } from '../../../src/approval/release-state.ts';
import { sshSigner } from '../../../src/approval/ssh-signer.ts';
import { examineAnchor } from '../../../src/cli/doctor/examine-anchor.ts';
import { examineGit } from '../../../src/cli/doctor/examine-git.ts';
import { examinePolicy } from '../../../src/cli/doctor/examine-policy.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { makeHostile } from '../git/support/hostile.ts';
import { scratchFolder } from '../git/support/scratch-repository.ts';
import { DEMO_NOW, type DemoProject, makeDemoProject } from './support/demo-project.ts';

/** Everything that people do: release, sign in turn, revoke, verify against both anchors, ask the doctor. */
async function wholeLife(project: DemoProject): Promise<readonly string[]> {
  const verdicts: string[] = [];
  const roots = [project.key('eve').fingerprint];
  const opened = await openRepository(project.folder);
  assert.ok(opened.ok, JSON.stringify(opened));
  const place = { repository: opened.value, policyPath: 'signoff.yaml' };
  const verify = async () => {
    for (const anchor of [{ trustedRef: 'refs/heads/protected' }, { roots }]) {
      const verdict = await project.verify({ anchor });
      assert.ok(verdict.ok, JSON.stringify(verdict));
      verdicts.push(verdict.value.approved ? 'approved' : verdict.value.reasons.map(({ code }) => code).join());
    }
  };
  await verify();
  const state = await releaseState(place.repository, place.policyPath);
  assert.ok(state.ok, JSON.stringify(state));
  const prepared = prepareRelease(state.value, project.key('eve'), { roots, now: DEMO_NOW });
  assert.ok(prepared.ok && (await completeRelease(prepared.value, sshSigner(project.key('eve')), {})).ok);
  for (const name of ['ana', 'ben'] as const) {
    const signed = await project.signOff(name);
    assert.ok(signed.ok, JSON.stringify(signed));
    await verify();
  }
  const revoked = await project.revoke('ben');
  assert.ok(revoked.ok, JSON.stringify(revoked));
  await verify();
  await examineGit(place);
  await examinePolicy(place);
  await examineAnchor(place, 'refs/heads/protected', DEMO_NOW);
  return verdicts;
}

test('a hostile .git/config, hooks, filters, monitor and attributes run nothing and change no verdict', async (context) => {
  const honest = await wholeLife(makeDemoProject(context));
  assert.deepEqual(honest.filter((verdict) => verdict === 'approved').length, 2);
  const project = makeDemoProject(context);
  const executed = makeHostile(project.scratch, scratchFolder(context));
  assert.deepEqual(await wholeLife(project), honest);
  assert.deepEqual(executed(), []);
  assert.throws(() => project.scratch.git('status'), /hung up/, 'git by itself talks to the filter that it is told of');
  assert.notDeepEqual(executed(), []);
});

test('a checkout that another user owns is signed, committed and verified like any other', {
  skip: process.getuid?.() !== 0 && 'only root can give files to another user',
}, async (context) => {
  const project = makeDemoProject(context);
  const other = 12_345;
  for (const entry of ['.', ...readdirSync(project.folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(project.folder, entry), other, other);
  assert.equal(lstatSync(join(project.folder, '.git')).uid, other);
  assert.throws(() => project.scratch.git('status'), /dubious ownership/, 'git by itself refuses');
  const verdicts = await wholeLife(project);
  assert.equal(verdicts.filter((verdict) => verdict === 'approved').length, 2);
});
