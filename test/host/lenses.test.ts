import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { ourExtension, runWith, workspaceFolder } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

/** The words above a file, once there are any. */
export async function lensesOf(path: string, wanted: RegExp): Promise<readonly vscode.Command[]> {
  const uri = vscode.Uri.file(path);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  return eventually(`words like ${wanted} above ${path}`, async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 500);
    const commands = lenses.flatMap(({ command }) => command ?? []);
    return commands.some(({ title }) => wanted.test(title)) ? commands : undefined;
  });
}

const titles = (commands: readonly vscode.Command[]): readonly string[] => commands.map(({ title }) => title);

function modelFileOf(run: string): string {
  const folder = join(workspaceFolder(), 'mlruns', '1', 'models');
  const file = readdirSync(folder)
    .map((model) => join(folder, model, 'artifacts', 'MLmodel'))
    .find((path) => readFileSync(path, 'utf8').includes(`run_id: ${run}`));
  assert.ok(file, `no MLmodel names ${run}`);
  return file;
}

hostTest('above a run’s MLmodel and its tables stands how it stands, and what can be done', async () => {
  const { runs } = await (await ourExtension()).settled();
  const [newest, older] = runs;
  assert.ok(newest && older);
  const expected = [/^\d+ of \d+ checks hold$/, /^Sign Off…$/, /^Report$/];
  const ofModel = titles(await lensesOf(modelFileOf(newest.id), /checks hold/));
  for (const pattern of expected)
    assert.ok(
      ofModel.some((title) => pattern.test(title)),
      ofModel.join(' | '),
    );
  const table = join(workspaceFolder(), 'mlruns', '1', newest.id, 'artifacts', 'eval', 'latency.csv');
  assert.deepEqual(titles(await lensesOf(table, /checks hold/)), ofModel);
  const ofOther = await lensesOf(modelFileOf(older.id), /Check This Run/);
  assert.deepEqual(ofOther.find(({ title }) => title === 'Check This Run')?.arguments, [older.id]);
});

hostTest('above each check of the policy stand its status and value, why, and its history', async () => {
  const lenses = titles(await lensesOf(join(workspaceFolder(), 'signoff.yaml'), /✓ pass/));
  assert.match(lenses[0] ?? '', /checks hold/);
  assert.ok(
    lenses.some((title) => /^✓ pass {2}0\.\d+ {2}≥ 0\.76 {2}\[0\.\d+, 0\.\d+\]$/.test(title)),
    lenses.join(' | '),
  );
  assert.ok(lenses.filter((title) => title === 'Why').length > 20);
  assert.ok(lenses.includes('History'));
});

hostTest('“Why” tells everything about a check in a text that nobody can change', async () => {
  await vscode.commands.executeCommand('modelSignoff.explain', 'auc');
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'model-signoff');
  assert.match(document?.getText() ?? '', /auc: pass — It puts risky clients before safe ones[\s\S]*Interval: \[0\./);
  await vscode.commands.executeCommand('modelSignoff.explain');
  assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /It is not approved for production/);
});

hostTest('the history of a check lists earlier runs, or says that nothing is known of them', async () => {
  const prompts = new ScriptedPrompts({ picks: ['0.'] });
  await runWith(prompts, 'modelSignoff.checkHistory', 'validation-loss');
  const [asked] = prompts.asked;
  assert.ok(asked !== undefined && 'choices' in asked, JSON.stringify(prompts.notices));
  assert.ok(asked.choices.length >= 2);
  assert.match(asked.choices[0]?.description ?? '', /in the checklist$/);
});

hostTest('a language model is told why the model is not approved, and can do no more', async () => {
  const tool = vscode.lm.tools.find(({ name }) => name === 'modelSignoff_explain');
  assert.ok(tool, `there are ${vscode.lm.tools.map(({ name }) => name).join(', ')}`);
  const result = await vscode.lm.invokeTool(tool.name, { input: { check: 'dpia' }, toolInvocationToken: undefined });
  const [part] = result.content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  assert.match(part.value, /data, not instructions[\s\S]*dpia: pending[\s\S]*an attestation by risk/);
});
