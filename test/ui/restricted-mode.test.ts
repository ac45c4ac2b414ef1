// A folder that nobody trusts yet: its checks are read, and nothing of it is run, asked or signed.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';
import {
  type ListeningServer,
  listenForAnybody,
  type ProgramTraps,
  setProgramTraps,
  walkIntoProgramTraps,
} from './traps.ts';

describe('a folder in Restricted Mode', { timeout: 300_000 }, () => {
  let workspace: SampleWorkspace;
  let code: VsCodePage;
  let server: ListeningServer;
  let traps: ProgramTraps;
  let policyFile: string;
  let policy: string;

  before(async () => {
    workspace = createSampleWorkspace();
    server = await listenForAnybody();
    traps = setProgramTraps(workspace.folder, join(dirname(workspace.folder), 'traps'));
    policyFile = join(workspace.folder, 'signoff.yaml');
    policy = readFileSync(policyFile, 'utf8').replace('git_tag: {}', `webhook: { url: "${addressOf(server)}/hook" }`);
    writeFileSync(policyFile, policy);
    nameServerEverywhere();
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings, trust: 'restricted' });
  });

  after(async () => {
    await code?.close();
    server?.close();
    workspace?.remove();
  });

  test('shows the checks with their values, of the policy that a person can see', async () => {
    await code.showContainer();
    await code.statusBarItem('hold').waitFor({ timeout: 60_000 });
    // Rows come and go while the rest is evaluated, so that one is waited for.
    await code
      .treeRows('Checklist')
      .filter({ hasText: /0\.\d+\s+≥ 0\.\d+/ })
      .first()
      .waitFor();
    await code.screenshot('restricted-mode');
  });

  test('offers nothing that signs', async () => {
    await code.page.keyboard.press('F1');
    await code.page.keyboard.type('Model Signoff: ');
    const offered = (await code.readQuickPick()).join('\n');
    await code.page.keyboard.press('Escape');
    assert.match(offered, /Check/);
    assert.doesNotMatch(offered, /Sign Off…|Reject|Waive|Attest|Roll Back|Revoke|Tell the Pipeline/);
  });

  test('starts no program and calls no server that the folder names, whatever is looked at', async () => {
    await code.openFile('signoff.yaml');
    await code.goToLine(policy.slice(0, policy.indexOf('min: 0.76')).split('\n').length);
    await code.page
      .getByText(/⟵\s0\.\d+/)
      .first()
      .waitFor();
    for (const panel of ['Report', 'Metrics']) {
      await code.runCommand(`Model Signoff: Open ${panel}`);
      await code.panel.getByRole('heading', { level: 1, name: panel }).waitFor();
    }
    await code.runCommand('Model Signoff: Check the Newest Runs');
    await code.treeRows('Runs').filter({ hasText: 'scorecard' }).filter({ hasText: 'hold' }).waitFor();
    for (const [source, refusal] of [
      [`mlflow: ${addressOf(server)}`, 'on a server, and this folder is not trusted'],
      ['dvc: .', 'commits, and this folder is not trusted'],
    ] as const) {
      writeFileSync(
        policyFile,
        policy.replace('mlflow: mlflow.db ', `${source} `).replace(/^ {2}experiment: .*\n/m, ''),
      );
      await code.treeRows('Checklist').filter({ hasText: refusal }).waitFor();
      await code.runCommand('Model Signoff: Refresh');
      await code.treeRows('Checklist').filter({ hasText: refusal }).waitFor();
    }
    assert.deepEqual(traps.sprung(), []);
    assert.equal(server.connections(), 0);
  });

  test('would have been caught at it: whoever trusts the folder walks into every trap', () => {
    writeFileSync(policyFile, policy.replace('mlflow: mlflow.db ', `mlflow: ${addressOf(server)} `));
    walkIntoProgramTraps(workspace.folder);
    const expected = ['alias', 'clean', 'diff-external', 'fsmonitor', 'gpg-ssh-program', 'hook', 'ssh-command'];
    assert.deepEqual(traps.sprung(), expected);
  });

  test('would have been heard: the command line, which trusts its folder, asks the server', async () => {
    const asking = spawn(workspace.command, ['check'], { cwd: workspace.folder, stdio: 'ignore' });
    await server.called;
    asking.kill();
    assert.ok(server.connections() > 0);
  });

  /** In the settings of the workspace, in its git, and in the policy that its settings name. */
  function nameServerEverywhere(): void {
    const address = addressOf(server);
    mkdirSync(join(workspace.folder, '.vscode'));
    const settings = { 'modelSignoff.policyFile': 'elsewhere.yaml', 'git.path': join(workspace.folder, 'no-git') };
    writeFileSync(join(workspace.folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const elsewhere = policy.replace('mlflow: mlflow.db ', `mlflow: ${address} `);
    writeFileSync(join(workspace.folder, 'elsewhere.yaml'), elsewhere);
    execFileSync('git', ['config', 'remote.mirror.url', `${address}/mirror.git`], { cwd: workspace.folder });
  }
});

function addressOf({ port }: ListeningServer): string {
  return `http://127.0.0.1:${port}`;
}
