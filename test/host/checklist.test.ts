import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { everyNode, nodeOf, ourExtension, runWith, workspaceFolder } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

hostTest('the checklist is there, evaluated, without anybody having asked', async () => {
  const extension = await ourExtension();
  const { assessed } = await extension.settled();
  assert.equal(assessed?.assessment.model, 'default-classifier');
  const nodes = extension.tree('checklist');
  assert.match(nodeOf(nodes, 'check/auc').description ?? '', /^0\.\d+ {2}≥ 0\.\d+/);
  const groups = nodes.filter((node) => node.id.startsWith('group/')).map((node) => node.label);
  assert.deepEqual(groups.slice(0, 2), ['Ground truth', 'Performance']);
  assert.deepEqual(
    everyNode(nodes).filter((node) => /check\.(fail|not_evaluable)/.test(node.contextValue ?? '')),
    [],
  );
});

hostTest('an attestation that nobody has given is pending', async () => {
  const extension = await ourExtension();
  await extension.settled();
  assert.equal(nodeOf(extension.tree('checklist'), 'check/dpia').contextValue, 'check.pending.required');
});

hostTest('the runs stand newest first, and the one in the checklist is marked', async () => {
  const extension = await ourExtension();
  const { runs, assessed } = await extension.settled();
  const nodes = extension.tree('runs');
  assert.equal(nodes.length, runs.length);
  assert.equal(nodes[0]?.id, `run/${assessed?.assessment.run.id}`);
  assert.equal(nodes[0]?.contextValue, 'run.shown');
});

hostTest('choosing another run shows its checklist, and choosing back restores it', async () => {
  const extension = await ourExtension();
  const { runs } = await extension.settled();
  const [newest, older] = runs;
  assert.ok(newest && older);
  await vscode.commands.executeCommand('modelSignoff.selectRun', older.id);
  assert.equal((await extension.settled()).assessed?.assessment.run.id, older.id);
  await runWith(new ScriptedPrompts({ picks: [newest.name] }), 'modelSignoff.selectRun');
  assert.equal((await extension.settled()).assessed?.assessment.run.id, newest.id);
});

hostTest('the approvals say whose word is missing', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const seat = nodeOf(extension.tree('approvals'), 'environment/production/seat/data-science');
  assert.equal(seat.description, 'missing: ana@acme.example');
});

hostTest('a click on a check opens the policy at it', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const { command } = nodeOf(extension.tree('checklist'), 'check/auc');
  assert.ok(command);
  await vscode.commands.executeCommand(command.id, ...command.arguments);
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.fileName, join(workspaceFolder(), 'signoff.yaml'));
  assert.equal(editor.document.getText(editor.selection), 'auc');
});

hostTest('a policy with a mistake is said with its line, and put right again without a refresh', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const file = join(workspaceFolder(), 'signoff.yaml');
  const good = readFileSync(file, 'utf8');
  writeFileSync(file, good.replace('\nchecks:', '\nchekcs:'));
  try {
    const nodes = await eventually('the mistake', () => {
      const found = everyNode(extension.tree('checklist'));
      return found.some((node) => node.id === 'policy-problems') ? found : undefined;
    });
    assert.ok(nodes.some((node) => /^Line \d+: .*checks/.test(node.label)));
    const prompts = new ScriptedPrompts();
    assert.equal(await runWith(prompts, 'modelSignoff.signOff'), undefined);
    assert.match(prompts.notices[0]?.message ?? '', /The policy has mistakes \(line \d+\)/);
  } finally {
    writeFileSync(file, good);
  }
  await eventually('the checklist', () => extension.tree('checklist').find((node) => node.id === 'group/performance'));
});

hostTest('a run that changes is seen, and looking at it brings about no further look', async () => {
  const extension = await ourExtension();
  const { assessed } = await extension.settled();
  const file = join(workspaceFolder(), 'mlflow.db');
  const original = readFileSync(file);
  let looks = 0;
  const subscription = extension.onDidChange(({ activity }) => {
    if (activity === 'checking') looks += 1;
  });
  // MLflow's own database, in the mode in which readers leave files beside it.
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = WAL');
    database.prepare('UPDATE runs SET name = ? WHERE run_uuid = ?').run('renamed', assessed?.assessment.run.id ?? '');
    await eventually('the new name', () => extension.tree('runs').find((node) => node.label === 'renamed'));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = looks;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal(looks, before, 'it looked again though nothing had changed');
  } finally {
    subscription.dispose();
    database.close();
    writeFileSync(file, original);
  }
  await eventually('the old name', () => extension.tree('runs').every((node) => node.label !== 'renamed'));
});

hostTest('another run that is written shows in the runs, and has nothing evaluated again', async () => {
  const extension = await ourExtension();
  const { assessed } = await extension.settled();
  const file = join(workspaceFolder(), 'mlflow.db');
  const original = readFileSync(file);
  const activities = new Set<string>();
  const subscription = extension.onDidChange(({ activity }) => activities.add(activity));
  const database = new DatabaseSync(file);
  try {
    const [run] = database.prepare('SELECT * FROM runs LIMIT 1').all();
    assert.ok(run);
    const another = { ...run, run_uuid: 'f'.repeat(32), name: 'in-training', status: 'RUNNING', end_time: null };
    const columns = Object.keys(another);
    database
      .prepare(`INSERT INTO runs (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
      .run(...Object.values(another));
    await eventually('the new run', () => extension.tree('runs').find((node) => node.label === 'in-training'));
    const now = await extension.settled();
    assert.equal(now.assessed, assessed);
    assert.deepEqual([...activities].sort(), ['idle', 'looking']);
    assert.equal(now.source?.location, 'mlflow.db');
  } finally {
    subscription.dispose();
    database.close();
    writeFileSync(file, original);
  }
  await eventually('the runs as they were', () => extension.tree('runs').every((node) => node.label !== 'in-training'));
});

hostTest('a policy that names other runs is followed without a reload', async () => {
  const extension = await ourExtension();
  await extension.settled();
  const file = join(workspaceFolder(), 'signoff.yaml');
  const good = readFileSync(file, 'utf8');
  const { obstacle: before } = await extension.settled();
  assert.equal(before, undefined);
  writeFileSync(file, good.replace(/mlflow: *[^,}\s]+/, 'mlflow: later.db'));
  try {
    await eventually('the obstacle', () => extension.tree('checklist').find((node) => node.id === 'obstacle'));
  } finally {
    writeFileSync(file, good);
  }
  await eventually('the checklist', () => extension.tree('checklist').find((node) => node.id === 'group/performance'));
});

hostTest('a credential can’t be set where the policy names no server, and none is there to forget', async () => {
  const prompts = new ScriptedPrompts();
  await runWith(prompts, 'modelSignoff.setServerCredential');
  await runWith(prompts, 'modelSignoff.forgetServerCredential');
  assert.match(prompts.notices[0]?.message ?? '', /names no server of runs or pipelines/);
  assert.match(prompts.notices[1]?.message ?? '', /No credential/);
});

hostTest('report, metrics and comparison open as panels', async () => {
  const extension = await ourExtension();
  const { runs } = await extension.settled();
  await vscode.commands.executeCommand('modelSignoff.openReport');
  await vscode.commands.executeCommand('modelSignoff.openMetrics');
  await vscode.commands.executeCommand('modelSignoff.compare', runs[1]?.id);
  const titles = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
  for (const title of [/^Report: default-classifier$/, /^Metrics: /, / beside /]) {
    await eventually(`a tab ${title}`, () => titles().find((label) => title.test(label)));
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

hostTest('where nothing is approved, there is nothing to roll back, and nobody is asked anything', async () => {
  const prompts = new ScriptedPrompts();
  await runWith(prompts, 'modelSignoff.rollBack');
  assert.match(prompts.notices[0]?.message ?? '', /No model is approved anywhere/);
  assert.deepEqual(prompts.asked, []);
});
