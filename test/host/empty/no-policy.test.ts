import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, hostTest } from '../harness.ts';
import { ourExtension, runWith, workspaceFolder } from '../our-extension.ts';
import { ScriptedPrompts } from '../scripted-prompts.ts';

hostTest('without a policy the views leave the place to their welcome', async () => {
  const extension = await ourExtension();
  const { policySearch } = await extension.settled();
  assert.equal(policySearch, 'missing');
  for (const view of ['checklist', 'runs', 'approvals'] as const) assert.deepEqual(extension.tree(view), []);
});

hostTest('without a policy every command says in one sentence why it can’t run', async () => {
  for (const command of ['check', 'signOff', 'reject', 'openReport', 'openMetrics', 'compare', 'verify', 'selectRun']) {
    const prompts = new ScriptedPrompts();
    assert.equal(await runWith(prompts, `modelSignoff.${command}`), undefined);
    assert.match(prompts.notices[0]?.message ?? '', /^There is no signoff\.yaml in this folder/, command);
  }
});

hostTest('creating a policy where no run is says what is missing', async () => {
  const prompts = new ScriptedPrompts();
  await runWith(prompts, 'modelSignoff.createPolicy');
  assert.match(prompts.notices[0]?.message ?? '', /^There are no runs here/);
});

hostTest('a policy that appears is found', async () => {
  const extension = await ourExtension();
  await extension.settled();
  writeFileSync(join(workspaceFolder(), 'signoff.yaml'), 'version: 1\n');
  await eventually('the new policy', () => extension.tree('checklist').find((node) => node.id === 'policy-problems'));
});
