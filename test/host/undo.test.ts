import assert from 'node:assert/strict';
import { hostTest } from './harness.ts';
import { git, ourExtension, runWith } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

hostTest('where the model in force replaced none, rolling back says so and signs nothing', async () => {
  const before = git('rev-parse', 'HEAD');
  const prompts = new ScriptedPrompts({ picks: ['ben@acme.example'], texts: ['It crashed.'] });
  assert.equal(await runWith(prompts, 'modelSignoff.rollBack'), undefined);
  assert.match(prompts.notices[0]?.message ?? '', /nothing to go back to|No model is approved/);
  assert.equal(git('rev-parse', 'HEAD'), before);
});

hostTest('a revocation shows what is withdrawn, is signed, and shows in the approvals', async () => {
  const extension = await ourExtension();
  const declined = new ScriptedPrompts({
    picks: ['production', 'ana@acme.example', ['ana@acme.example']],
    texts: ['Signed the wrong run.'],
    confirm: 'declined',
  });
  const before = git('rev-parse', 'HEAD');
  assert.equal(await runWith(declined, 'modelSignoff.revoke'), undefined);
  assert.match(declined.confirmed[0]?.detail.join('\n') ?? '', /Revoke for production[\s\S]*Signed the wrong run/);
  assert.equal(git('rev-parse', 'HEAD'), before);

  const prompts = new ScriptedPrompts({
    picks: ['production', 'ana@acme.example', ['ana@acme.example']],
    texts: ['Signed the wrong run.'],
  });
  const revoked = (await runWith(prompts, 'modelSignoff.revoke')) as { readonly commit: string };
  assert.equal(git('rev-parse', 'HEAD').trim(), revoked.commit);
  assert.match(git('log', '-1', '--format=%s'), /^Revoke approvals of default-classifier for production/);
  const { approvals } = await extension.settled();
  const production = approvals?.environments.find(({ name }) => name === 'production');
  assert.equal(production?.inForce, undefined);
  assert.equal(production?.candidate.standing, 'open');
});
