// A sign-off that starts the deployment: shown before it is sent, started once, seen to its end; and a rejection that
// starts retraining. By the keyboard, but for unfolding a tree’s row.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { type EnterpriseServer, enterpriseServer } from './enterprise-server.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

const TOKEN = 'ghp_onlyTheServerMaySeeThis42';
const FIRST_LOOK_MS = 60_000;
const REPOSITORY = 'acme/credit-risk';

describe('a pipeline that a sign-off starts', { timeout: 300_000 }, () => {
  const endings: (() => void)[] = [];
  const shown: string[] = [];
  let workspace: SampleWorkspace;
  let server: EnterpriseServer;
  let code: VsCodePage;

  before(async () => {
    const context = { after: (ending?: unknown) => void endings.push(ending as () => void) };
    server = await enterpriseServer(context, { repository: REPOSITORY, token: TOKEN });
    workspace = createSampleWorkspace();
    endings.push(workspace.remove);
    namePipelines();
    git('commit', '--quiet', '--all', '--message=Tell GitHub of every decision');
    signByCommandLine('ana@acme.example', 'data-science');
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings });
  });

  after(async () => {
    await code?.close();
    for (const ending of endings.toReversed()) ending();
  });

  afterEach((context) => code?.screenshotOfFailure(context));

  test('the token is typed as dots', async () => {
    await code.showContainer();
    await code.statusBarItem('hold').waitFor({ timeout: FIRST_LOOK_MS });
    await code.runCommand('Model Signoff: Set Server Credential…');
    await code.pickItem('A token');
    const box = code.page.locator('.quick-input-box input');
    await code.page.locator('.quick-input-title', { hasText: '(2/2)' }).waitFor();
    assert.equal(await box.getAttribute('type'), 'password');
    await code.typeAnswer(TOKEN);
    await code.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  });

  test('the last seat is filled, and what will be sent is shown before it is', async () => {
    await signAsBen(code);
    await code.readNotification('The model is approved');
    assert.deepEqual(server.asked, []);
    await code.runCommand('Notifications: Accept Notification Primary Action');
    const modal = await code.readModal();
    shown.push(modal);
    assert.match(modal, /Tell the pipeline for production\?/);
    assert.match(modal, /GitHub: start deploy\.yml of acme\/credit-risk/);
    assert.ok(modal.includes(`POST ${server.api}/repos/${REPOSITORY}/actions/workflows/deploy.yml/dispatches`), modal);
    assert.match(modal, new RegExp(`\n\u00a0{4}"commit": "${git('rev-parse', 'HEAD')}"`));
    await code.screenshot('pipelines-1-preview');
    assert.deepEqual(server.asked, []);
  });

  test('the deployment is started, once, and told no more than it needs', async () => {
    await code.acceptModal();
    shown.push(await code.readNotification('GitHub’s workflow deploy.yml of acme/credit-risk was started'));
    await code.statusBarItem('production: pipeline runs').waitFor();
    await code.screenshot('pipelines-2-started');
    const [only, ...others] = server.dispatched;
    assert.deepEqual(others, []);
    assert.equal(only?.workflow, 'deploy.yml');
    const { approval, commit, model, version, environment, correlation, ...more } = only?.inputs ?? {};
    assert.deepEqual(more, {});
    assert.deepEqual([commit, model, environment], [git('rev-parse', 'HEAD'), 'default-classifier', 'production']);
    assert.match(approval ?? '', /^[0-9a-f]{64}$/);
    assert.match(version ?? '', /^[0-9a-f]{64}$/);
    assert.match(correlation ?? '', /^[0-9a-f]{32}$/);
  });

  test('telling it again tells nobody again', async () => {
    await code.runCommand('Notifications: Clear All Notifications');
    await tellAgain();
    shown.push(await code.readNotification('it was told before, and is not told again'));
    assert.equal(server.dispatched.length, 1);
    await code.runCommand('Notifications: Clear All Notifications');
  });

  test('the run is seen to end, in the status bar and under the environment', async () => {
    server.endRuns('success');
    await code.statusBarItem('production: pipeline succeeded').waitFor();
    await code.expandTreeRow('Approvals', 'Pipeline');
    const approvals = await code.readTree('Approvals');
    shown.push(...approvals);
    assert.ok(
      approvals.some((row) => /GitHub, succeeded.*deploy\.yml/.test(row)),
      approvals.join('\n'),
    );
    await code.screenshot('pipelines-3-ended');
    const opened = code.page.context().waitForEvent('page');
    await code.runCommand('Model Signoff: Open the Pipeline’s Run');
    const page = await opened;
    // The server of this walk shows what listens on this machine under an address of its own.
    await page.waitForURL((url) => url.href.includes(new URL(server.url).port), { waitUntil: 'commit' });
    await page.close();
  });

  test('another run is rejected, and retraining starts', async () => {
    await code.runCommand('Model Signoff: Select Run…');
    await code.pickItem('scorecard');
    await code.treeRows('Checklist').filter({ hasText: 'uncertain' }).first().waitFor();
    await code.runCommand('Model Signoff: Reject…');
    await code.atStep(1);
    await code.pickItem('production');
    await code.atStep(2);
    await code.pickItem('ben@acme.example');
    await code.atStep(3);
    await code.typeAnswer('It ranks too badly; train it again.');
    await code.acceptModal();
    await code.readNotification('Rejected for production');
    await code.runCommand('Notifications: Accept Notification Primary Action');
    const modal = await code.readModal();
    shown.push(modal);
    assert.match(modal, /GitHub: start retrain\.yml of acme\/credit-risk/);
    await code.acceptModal();
    shown.push(await code.readNotification('retrain.yml of acme/credit-risk was started'));
    await code.statusBarItem('production (rejection): pipeline runs').waitFor();
    assert.deepEqual(
      server.dispatched.map(({ workflow }) => workflow),
      ['deploy.yml', 'retrain.yml'],
    );
    await code.screenshot('pipelines-4-retraining');
    server.endRuns('failure');
    await code.statusBarItem('production (rejection): pipeline failed').waitFor();
    await code.screenshot('pipelines-5-retraining-failed');
  });

  test('the token was shown nowhere, and lies in no file and no log', () => {
    // What stands beside the server's data are links to extensions.
    const holders = [join(workspace.folder, '..'), join(code.dataFolder, 'data')].flatMap(filesWithToken);
    assert.deepEqual(holders, []);
    assert.ok(!shown.join('\n').includes(TOKEN));
    assert.ok(server.asked.every(({ path, body }) => !path.includes(TOKEN) && !body.includes(TOKEN)));
  });

  async function signAsBen(page: VsCodePage): Promise<void> {
    await page.runCommand('Model Signoff: Sign Off…');
    await page.atStep(1);
    await page.pickItem('production');
    await page.atStep(2);
    await page.pickItem('ben@acme.example');
    await page.atStep(3);
    await page.pickItems(['Data-protection impact assessment', 'Monitoring is in place']);
    await page.atStep(4);
    await page.typeAnswer('docs/dpia.md');
    await page.atStep(5);
    await page.typeAnswer('');
    await page.atStep(6);
    await page.typeAnswer('');
    await page.acceptModal();
  }

  async function tellAgain(): Promise<void> {
    await code.runCommand('Model Signoff: Tell the Pipeline…');
    await code.acceptModal();
  }

  /** The sample's own policy, its pipelines put in place of the tag. */
  function namePipelines(): void {
    const policy = readFileSync(join(workspace.folder, 'signoff.yaml'), 'utf8').replace(/^pipeline:[\s\S]*/m, '');
    const target = (workflow: string): string =>
      `{ github: { url: '${server.api}', repository: ${REPOSITORY}, workflow: ${workflow} } }`;
    const pipeline = [
      'pipeline:',
      '  production:',
      `    on_approved: ${target('deploy.yml')}`,
      `    on_rejected: ${target('retrain.yml')}`,
      '',
    ];
    writeFileSync(join(workspace.folder, 'signoff.yaml'), policy + pipeline.join('\n'));
  }

  function signByCommandLine(person: string, role: string): void {
    const key = workspace.keys[person] ?? '';
    const what = ['--environment', 'production', '--role', role, '--key', key];
    execFileSync(workspace.command, ['approve', ...what], { cwd: workspace.folder, stdio: 'pipe' });
  }

  function git(...words: readonly string[]): string {
    return execFileSync('git', words, { cwd: workspace.folder, encoding: 'utf8' }).trim();
  }
});

function filesWithToken(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(TOKEN));
}
