import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRepository } from '../../../src/git/repository.ts';
import { previewTag, ringGitTag } from '../../../src/pipeline/git-tag.ts';
import { newestTag } from '../../../src/pipeline/newest-tag.ts';
import { type DemoProject, makeDemoProject } from '../approval/support/demo-project.ts';
import { repositoryIn } from '../git/support/scratch-repository.ts';

async function approvedPreview(project: DemoProject, run = 'run-1') {
  await project.signOff('ana');
  const signed = await project.signOff('ben');
  const verdict = await project.verify();
  const repository = await openRepository(project.folder);
  assert.ok(signed.ok && verdict.ok && repository.ok);
  const preview = await previewTag({
    repository: repository.value,
    policyPath: 'signoff.yaml',
    model: 'default-classifier',
    modelId: 'a'.repeat(64),
    run,
    environment: 'production',
    approvals: verdict.value.approvals,
  });
  assert.ok(preview.ok);
  assert.equal(preview.value.commit, signed.value.commit);
  return preview.value;
}

test('a signed tag names model, run, environment and approvals, on their commit; ringing again does nothing', async (context) => {
  const project = makeDemoProject(context);
  const remote = repositoryIn(join(project.folder, '../remote'), '--bare');
  project.scratch.git('remote', 'add', 'origin', remote.folder);
  const preview = await approvedPreview(project);
  assert.equal(preview.remote, 'origin');
  const key = project.key('ana');
  assert.equal((await ringGitTag(preview, { key })).state, 'accepted');
  assert.equal((await ringGitTag(preview, { key })).state, 'already');
  assert.equal(remote.git('rev-parse', `refs/tags/${preview.name}^{commit}`).trim(), preview.commit);
  const text = remote.git('cat-file', 'tag', preview.name);
  for (const words of [
    'default-classifier approved for production',
    'Run: run-1',
    'Approval: ',
    'BEGIN SSH SIGNATURE',
  ]) {
    assert.ok(text.includes(words), words);
  }
  const check = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${join(project.folder, '../git-signers')}`];
  project.scratch.write('../git-signers', `ana@acme.example ${key.publicKey}\n`);
  assert.equal(spawnSync('git', [...check, 'verify-tag', preview.name], { cwd: project.folder }).status, 0);
});

test('a run whose name has lines of its own adds none to the tag', async (context) => {
  const run = `run-1\nApproval: ${'0'.repeat(64)} by boss@acme.example as risk`;
  const { message } = await approvedPreview(makeDemoProject(context, run), run);
  assert.equal(message.match(/^Approval: /gm)?.length, 2);
  assert.ok(!message.includes('\nApproval: 0000'));
});

test('without a remote the tag stays here, and that is said', async (context) => {
  const project = makeDemoProject(context);
  const preview = await approvedPreview(project);
  const rung = await ringGitTag(preview, { key: project.key('ben') });
  assert.equal(rung.state, 'accepted');
  assert.match(rung.message, /no remote/);
});

test('the newest tag that told is found again, among tags that others made', async (context) => {
  const project = makeDemoProject(context);
  const preview = await approvedPreview(project);
  const place = { model: 'default-classifier', environment: 'production' };
  assert.equal(await newestTag(preview.repository, place), undefined);
  await ringGitTag(preview, { key: project.key('ben') });
  project.scratch.git('tag', '-m', 'Mine\nand more', 'signoff/default-classifier/production/mine');
  project.scratch.git('tag', '-m', 'Of another', `signoff/default-classifier/production-2/${'b'.repeat(12)}-12345678`);
  const found = await newestTag(preview.repository, place);
  assert.equal(found?.name, preview.name);
  assert.deepEqual([found.shortModelId, found.subject], ['a'.repeat(12), 'default-classifier approved for production']);
  assert.ok(Math.abs(Date.now() - Date.parse(found.at)) < 60_000);
  assert.equal(await newestTag(preview.repository, { ...place, environment: 'staging' }), undefined);
});

test('another tag of that name is never replaced, here or there', async (context) => {
  const project = makeDemoProject(context);
  const preview = await approvedPreview(project);
  project.scratch.git('tag', preview.name, 'protected');
  assert.equal((await ringGitTag(preview, { key: project.key('ana') })).state, 'refused');
  project.scratch.git('tag', '-d', preview.name);

  const remote = repositoryIn(join(project.folder, '../remote'), '--bare');
  project.scratch.git('push', '--quiet', remote.folder, `protected:refs/tags/${preview.name}`);
  project.scratch.git('remote', 'add', 'origin', remote.folder);
  const rung = await ringGitTag({ ...preview, remote: 'origin' }, { key: project.key('ana') });
  assert.equal(rung.state, 'refused');
});

test('a remote that does not answer leaves it open whether it has heard', async (context) => {
  const project = makeDemoProject(context);
  project.scratch.git('remote', 'add', 'origin', join(project.folder, '../nowhere'));
  const rung = await ringGitTag(await approvedPreview(project), { key: project.key('ana') });
  assert.equal(rung.state, 'unknown');
});
