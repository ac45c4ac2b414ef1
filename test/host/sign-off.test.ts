import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { everyNode, git, nodeOf, ourExtension, runWith, workspaceFolder } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

interface Signed {
  readonly commit: string;
  readonly approval: string;
  readonly quorum: string;
}

function inWorkspace(name: string): string {
  return join(workspaceFolder(), name);
}

hostTest('nothing is signed and nothing moves when the person says no to the modal', async () => {
  const before = git('rev-parse', 'HEAD');
  const prompts = new ScriptedPrompts({
    picks: ['production', 'ana@acme.example', []],
    texts: [''],
    confirm: 'declined',
  });
  assert.equal(await runWith(prompts, 'modelSignoff.signOff'), undefined);
  assert.equal(prompts.confirmed.length, 1);
  assert.equal(git('rev-parse', 'HEAD'), before);
  assert.equal(git('status', '--porcelain'), '');
});

hostTest('a policy that is not committed as it stands is said before anybody is asked anything', async () => {
  const extension = await ourExtension();
  const file = inWorkspace('signoff.yaml');
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, `${good}# Not committed.\n`);
  try {
    await vscode.commands.executeCommand('modelSignoff.refresh');
    const prompts = new ScriptedPrompts();
    await runWith(prompts, 'modelSignoff.signOff');
    assert.match(prompts.notices[0]?.message ?? '', /signoff\.yaml has changes that are not committed/);
    assert.match(extension.tree('approvals')[0]?.label ?? '', /not committed/);
  } finally {
    writeFileSync(file, good);
    await vscode.commands.executeCommand('modelSignoff.refresh');
  }
});

hostTest('the first role signs: the commit holds only our files, and the user’s own work stays as it was', async () => {
  const extension = await ourExtension();
  // Somebody is in the middle of something: one file staged, one changed, one new.
  writeFileSync(inWorkspace('staged.txt'), 'staged\n');
  git('add', 'staged.txt');
  appendFileSync(inWorkspace('README.md'), 'Not staged.\n');
  writeFileSync(inWorkspace('new.txt'), 'new\n');
  const before = git('status', '--porcelain');

  const prompts = new ScriptedPrompts({ picks: ['production', 'ana@acme.example', []], texts: ['Fine by me.'] });
  const signed = (await runWith(prompts, 'modelSignoff.signOff')) as Signed;

  assert.equal(signed.quorum, 'incomplete', JSON.stringify(prompts.notices));
  const committed = git('show', '--format=', '--name-only', signed.commit).trim().split('\n');
  assert.ok(committed.length > 0 && committed.every((path) => path.startsWith('.signoff/')), committed.join(', '));
  assert.equal(git('status', '--porcelain'), before);
  assert.equal(git('diff', '--cached', '--name-only').trim(), 'staged.txt');

  const detail = prompts.confirmed[0]?.detail.join('\n') ?? '';
  assert.match(detail, /^Decision: Approve for production$/m);
  assert.match(detail, /^Run: .+ \([0-9a-f]{32}\)$/m);
  assert.match(detail, /^Checks: \d+ of \d+ required checks hold/m);
  assert.doesNotMatch(detail, /completes the approval/);
  assert.match(detail, /^Signed by: ana@acme\.example, in the role data-science$/m);
  assert.match(detail, /^Comment: Fine by me\.$/m);
  assert.match(detail, /^[0-9a-f]{64}$/m);

  await extension.settled();
  const seat = nodeOf(extension.tree('approvals'), 'environment/production/seat/data-science');
  assert.equal(seat.description, 'signed by ana@acme.example');
  const notice = await eventually('the result', () => prompts.notices[0]);
  assert.match(
    notice.message,
    /^Signed for production by ana@acme\.example \(data-science\)\. 1 of 2 roles\. risk is missing/,
  );
  assert.deepEqual(notice.actions, ['Show Approvals']);
});

hostTest('the second role attests and signs: the model is approved and the pipeline is told by a tag', async () => {
  const extension = await ourExtension();
  const prompts = new ScriptedPrompts({
    picks: ['production', 'ben@acme.example', ['Data-protection', 'Monitoring']],
    texts: ['MODEL_CARD.md', '', ''],
  });
  const signed = (await runWith(prompts, 'modelSignoff.signOff')) as Signed;
  assert.equal(signed.quorum, 'complete', JSON.stringify(prompts.notices));
  assert.match(
    prompts.confirmed[0]?.detail[0] ?? '',
    /^This completes the approval for production: the tag signoff\/default-classifier\/production\/… will be made; it stays in this/,
  );
  const { approvals } = await extension.settled();
  const production = approvals?.environments.find(({ name }) => name === 'production');
  assert.equal(production?.candidate.standing, 'approved');
  assert.equal(nodeOf(extension.tree('checklist'), 'check/dpia').contextValue, 'check.pass.required');
  const notice = await eventually('the result', () => prompts.notices[0]);
  assert.match(notice.message, /The model is approved\. The tag signoff\//);
  assert.match(git('tag', '--list'), /^signoff\/default-classifier\/production\//);
  await eventually('the tag in the approvals', () =>
    everyNode(extension.tree('approvals')).find(({ id }) => id === 'environment/production/pipeline/git'),
  );
  assert.equal(nodeOf(extension.tree('approvals'), 'environment/production/pipeline').description, 'told by a tag');
});

hostTest('a model that changes on disk is no longer called approved, and is again once it is as it was', async () => {
  const extension = await ourExtension();
  const { watchedFolders } = await extension.settled();
  const isModel = (name: string): boolean => statSync(name).isFile();
  const files = watchedFolders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const file = files.find((name) => isModel(name) && statSync(name).size > 0 && /model\.[a-z]+$/.test(name));
  assert.ok(file, `no model file among ${files.join(', ')}`);
  const described = (): string | undefined =>
    extension.tree('approvals').find(({ id }) => id === 'environment/production')?.description;
  assert.equal(described(), 'approved');
  const original = readFileSync(file);
  const changed = Buffer.from(original);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  writeFileSync(file, changed);
  try {
    await eventually('the approval to be gone', () => (described() === 'approved' ? undefined : true));
    assert.ok(!extension.tree('approvals').some(({ contextValue }) => contextValue === 'environment.approved'));
  } finally {
    writeFileSync(file, original);
  }
  await eventually('the approval to be back', () => (described() === 'approved' ? true : undefined));
});

hostTest('verifying against the branch says what the pipeline will be told', async () => {
  const prompts = new ScriptedPrompts({ picks: ['production', 'main'] });
  const verdict = (await runWith(prompts, 'modelSignoff.verify')) as { approved: boolean; reasons: unknown };
  assert.equal(verdict.approved, true, JSON.stringify([verdict, prompts.notices]));
});

hostTest('signing the same again signs nothing', async () => {
  const before = git('rev-parse', 'HEAD');
  const prompts = new ScriptedPrompts({ picks: ['production', 'ana@acme.example'], texts: ['Fine by me.'] });
  await runWith(prompts, 'modelSignoff.signOff');
  assert.equal(git('rev-parse', 'HEAD'), before);
  assert.match(prompts.notices[0]?.message ?? '', /has signed exactly this already/);
  assert.deepEqual(prompts.confirmed, []);
});

hostTest('a rejection needs a reason, is signed, and shows', async () => {
  const extension = await ourExtension();
  const prompts = new ScriptedPrompts({
    picks: ['production', 'eve@acme.example'],
    texts: ['The card is out of date.'],
  });
  await runWith(prompts, 'modelSignoff.reject');
  const { approvals } = await extension.settled();
  const production = approvals?.environments.find(({ name }) => name === 'production');
  assert.equal(production?.candidate.standing, 'rejected', JSON.stringify(prompts.notices));
  assert.match(git('log', '-1', '--format=%s'), /^Reject default-classifier for production as risk/);
});

hostTest('an approval that somebody else commits shows without a refresh', async () => {
  const extension = await ourExtension();
  await extension.settled();
  git('reset', '--quiet', '--soft', 'HEAD~1');
  git('restore', '--staged', '.signoff');
  await eventually('the rejection to be gone', () => {
    const node = extension.tree('approvals').find(({ id }) => id === 'environment/production');
    return node?.description === 'approved' ? true : undefined;
  });
  assert.match(readFileSync(inWorkspace('README.md'), 'utf8'), /Not staged\.\n$/);
});
