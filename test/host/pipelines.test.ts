import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { everyNode, git, nodeOf, ourExtension, runWith, workspaceFolder } from './our-extension.ts';
import { ScriptedPrompts } from './scripted-prompts.ts';

/** Where each lies, and the bytes that it verifies. */
const GATES = [
  ['GitHub Actions', '.github/workflows/deploy-signed.yml', 'build/model'],
  ['GitLab CI', '.gitlab-ci.yml', 'build/model'],
  ['Jenkins', 'Jenkinsfile', 'build/model'],
  ['Kubeflow Pipelines', 'verify-signoff.component.yaml', '"$model"'],
  ['Argo Workflows', 'deploy-signed.workflowtemplate.yaml', 'build/model'],
  ['sh', 'deploy-signed.sh', 'build/model'],
] as const;

/** Ends a draft as somebody does who does not want it. */
async function discard(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

hostTest('a gate for each system opens as a draft with the defaults offered, and is written nowhere', async () => {
  const before = git('status', '--porcelain');
  for (const [system, path, bytes] of GATES) {
    const isAsked = system !== 'Kubeflow Pipelines';
    const prompts = new ScriptedPrompts({
      picks: [system, 'production', 'refs/heads/main'],
      texts: [...(isAsked ? ['build/model'] : []), 'https://tools.acme.example/signoff-verify.cjs'],
    });
    const draft = await runWith(prompts, 'modelSignoff.addPipelineGate');
    assert.equal(draft, join(workspaceFolder(), path));
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.uri.scheme, document?.uri.fsPath], ['untitled', draft]);
    const text = document?.getText() ?? '';
    assert.ok(
      text.includes(`verify --environment production --trusted-ref refs/heads/main --model-path ${bytes}`),
      text,
    );
    assert.match(text, /tools\.acme\.example\/signoff-verify\.cjs/);
    assert.match(text, /[0-9a-f]{64} /, 'the verifier is pinned');
    assert.deepEqual(
      prompts.asked.map((each) =>
        'choices' in each ? each.choices.find(({ chosen }) => chosen === true)?.label : each.value,
      ),
      [undefined, 'production', 'refs/heads/main', ...(isAsked ? ['model'] : []), ''],
    );
    await discard();
  }
  assert.equal(git('status', '--porcelain'), before);
});

hostTest('where the file is there already it stays as it is, and opens beside the draft of another name', async () => {
  const file = join(workspaceFolder(), 'Jenkinsfile');
  writeFileSync(file, 'pipeline { agent any }\n');
  try {
    const prompts = new ScriptedPrompts({
      picks: ['Jenkins', 'production', 'Another'],
      texts: ['refs/heads/release', 'model', ''],
    });
    const draft = await runWith(prompts, 'modelSignoff.addPipelineGate');
    assert.equal(draft, join(workspaceFolder(), 'Jenkinsfile-2'));
    const shown = vscode.window.visibleTextEditors.map(({ document }) => document.uri.fsPath);
    assert.deepEqual(shown.toSorted(), [file, draft]);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /--trusted-ref refs\/heads\/release/);
    assert.match(text, /SIGNOFF_VERIFIER/, 'where nobody says where the verifier is, the pipeline does');
    assert.match(prompts.notices[0]?.message ?? '', /^Jenkinsfile stays as it is/);
    assert.equal(readFileSync(file, 'utf8'), 'pipeline { agent any }\n');
    await discard();
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(file);
  }
});

hostTest('a draft that somebody has typed into is not typed over', async () => {
  const script = { picks: ['sh', 'production', 'refs/heads/main'], texts: ['model', ''] };
  const first = await runWith(new ScriptedPrompts(script), 'modelSignoff.addPipelineGate');
  const typed = vscode.window.activeTextEditor;
  await typed?.edit((edit) => edit.insert(new vscode.Position(0, 0), '# mine\n'));
  const second = await runWith(new ScriptedPrompts(script), 'modelSignoff.addPipelineGate');
  assert.deepEqual(
    [first, second],
    [join(workspaceFolder(), 'deploy-signed.sh'), join(workspaceFolder(), 'deploy-signed-2.sh')],
  );
  assert.match(typed?.document.getText() ?? '', /^# mine\n#!\/bin\/sh/);
  await discard();
  await discard();
});

hostTest('what a pipeline last did stands under its environment, and its run opens from there', async () => {
  const extension = await ourExtension();
  const { policy } = await extension.settled();
  const rings = join(workspaceFolder(), '.git', 'model-signoff', 'rings');
  const id = 'environment/production/pipeline/on_approved/github/GitHub: start deploy.yml of acme/credit';
  mkdirSync(rings, { recursive: true });
  const tell = async (changes: object): Promise<void> => {
    const record = {
      ...{ correlation: 'c'.repeat(32), system: 'github', environment: 'production', event: 'on_approved' },
      ...{ model: policy?.model, version: 'd'.repeat(64), title: 'GitHub: start deploy.yml of acme/credit' },
      ...{ state: 'accepted', attempt: 1, pid: 1, followed: true, message: 'It was started.' },
      ...{ sentAt: new Date().toISOString(), run: { id: '7' }, ...changes },
    };
    writeFileSync(join(rings, `${record.correlation}.1.json`), JSON.stringify(record));
    await vscode.commands.executeCommand('modelSignoff.refresh');
  };
  const target = () => everyNode(extension.tree('approvals')).find((node) => node.id === id);
  await tell({});
  // No pipeline of the policy is of that name, so that nobody can be asked how far its run is.
  const untold = await eventually('the run that is told of', () =>
    target()?.description?.startsWith('can’t be asked') ? target() : undefined,
  );
  assert.match(untold.description ?? '', /^can’t be asked · .* · model d{12}$/);
  await tell({ status: 'failed' });
  await eventually('its end', () => target()?.description?.startsWith('failed') || undefined);
  assert.equal(nodeOf(extension.tree('approvals'), 'environment/production/pipeline').tone, 'bad');
  const prompts = new ScriptedPrompts();
  assert.equal(await runWith(prompts, 'modelSignoff.openPipelineRun', target()), undefined);
  assert.match(prompts.notices[0]?.message ?? '', /No run with a page of its own/);
  rmSync(rings, { recursive: true });
  await vscode.commands.executeCommand('modelSignoff.refresh');
  await eventually('that it is forgotten', () => target() === undefined || undefined);
});
