import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, hostTest } from '../harness.ts';
import { ourExtension, runWith, workspaceFolder } from '../our-extension.ts';
import { ScriptedPrompts } from '../scripted-prompts.ts';

const WRITTEN_AGAIN_MS = 4_000;

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
  // VS Code begins to watch a folder in its own time, and tells nobody of what was written before.
  let written = 0;
  await eventually('the new policy', () => {
    if (Date.now() - written > WRITTEN_AGAIN_MS) {
      writeFileSync(join(workspaceFolder(), 'signoff.yaml'), 'version: 1\n');
      written = Date.now();
    }
    return extension.tree('checklist').find((node) => node.id === 'policy-problems');
  });
});
