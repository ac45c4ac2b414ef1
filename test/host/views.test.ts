import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { everyNode, ourExtension, runWith } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

hostTest('a filter shows the checks of a status, says so, and can be taken back', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const checksOf = () => everyNode(extension.tree('checklist')).filter(({ id }) => /^check\/[^/]+$/.test(id));
  const everything = checksOf().length;
  await runWith(new ScriptedPrompts({ picks: [['not applicable']] }), 'modelSignoff.filterChecklist');
  const checks = checksOf();
  assert.ok(checks.length > 0 && checks.length < everything);
  assert.ok(checks.every(({ contextValue }) => contextValue?.startsWith('check.not_applicable')));
  assert.match(extension.tree('checklist').at(-1)?.label ?? '', /checks are hidden/);
  await vscode.commands.executeCommand('modelSignoff.filterChecklist', 'all');
  assert.equal(checksOf().length, everything);
});

hostTest('runs can be filtered by words and sorted, and each that was looked at has its verdict', async () => {
  const extension = await ourExtension();
  const { runs } = await extension.settled();
  await runWith(new ScriptedPrompts({ picks: ['Oldest'] }), 'modelSignoff.sortRuns');
  assert.equal(extension.tree('runs')[0]?.id, `run/${runs.at(-1)?.id}`);
  await runWith(new ScriptedPrompts({ texts: [runs[0]?.name ?? ''] }), 'modelSignoff.filterRuns');
  const nodes = extension.tree('runs');
  assert.equal(nodes[0]?.id, `run/${runs[0]?.id}`);
  assert.match(nodes[0]?.description ?? '', /\d+ of \d+ hold|in force|revoked|superseded/);
  assert.match(nodes.at(-1)?.label ?? '', /hidden/);
  await vscode.commands.executeCommand('modelSignoff.filterRuns', '');
  await runWith(new ScriptedPrompts({ picks: ['Newest'] }), 'modelSignoff.sortRuns');
  assert.equal(extension.tree('runs').length, runs.length);
});

hostTest('runs that nobody looked at are checked beside the one in the checklist, which stays there', async () => {
  const extension = await ourExtension();
  const { assessed } = await extension.settled();
  const count = await vscode.commands.executeCommand<number>('modelSignoff.checkRuns');
  assert.equal(typeof count, 'number');
  for (const { description } of extension.tree('runs')) {
    assert.match(description ?? '', /\d+ of \d+ hold|in force|revoked|superseded/);
  }
  assert.equal((await extension.settled()).assessed, assessed);
});

hostTest('two runs that are selected stand side by side', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const [first, second] = extension.tree('runs');
  await vscode.commands.executeCommand('modelSignoff.compare', first, [second, first]);
  const labels = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
  await eventually('the comparison', () => labels().find((label) => label.includes(' beside ')));
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

hostTest('a run’s folder is shown in the explorer, and a check’s evidence opens', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const folder = await vscode.commands.executeCommand<string>('modelSignoff.revealRun', extension.tree('runs')[0]);
  assert.match(folder, /mlruns/);
  const latency = everyNode(extension.tree('checklist')).find(({ id }) => id === 'check/latency');
  const path = await vscode.commands.executeCommand<string>('modelSignoff.openEvidence', latency);
  assert.match(path, /latency\.csv$/);
  await eventually('the table', () => vscode.window.activeTextEditor?.document.fileName.endsWith('latency.csv'));
});

hostTest('where nothing is uncertain there is nothing to accept, and nobody is asked anything', async () => {
  const prompts = new ScriptedPrompts();
  await runWith(prompts, 'modelSignoff.accept');
  assert.match(prompts.notices[0]?.message ?? '', /nothing to accept/);
  assert.deepEqual(prompts.asked, []);
});
