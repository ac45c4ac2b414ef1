// The first light: a person opens the sample, reads the checklist, two people sign, and the command line agrees.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

const SIGN_OFF = 'Model Signoff: Sign Off…';

describe('first light', { timeout: 300_000 }, () => {
  let workspace: SampleWorkspace;
  let code: VsCodePage;

  before(async () => {
    workspace = createSampleWorkspace();
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings });
  });

  after(async () => {
    await code?.close();
    workspace?.remove();
  });

  test('the checklist is there and evaluated, each check with value and bound', async () => {
    await code.showContainer();
    await code.statusBarItem('hold').waitFor();
    const checklist = await code.readTree('Checklist');
    assert.ok(
      checklist.some((row) => /, 0\.\d+ {2}≥ 0\.\d+.*, pass$/.test(row)),
      checklist.join('\n'),
    );
    assert.ok(
      checklist.some((row) => /^Performance, \d+ of \d+/.test(row)),
      checklist.join('\n'),
    );
    await code.screenshot('first-light-1-checklist');
  });

  test('the data scientist signs, by keyboard', async () => {
    await code.runCommand(SIGN_OFF);
    await code.atStep(1);
    await code.screenshot('first-light-2-environment');
    await code.pickItem('production');
    await code.atStep(2);
    await code.screenshot('first-light-3-key');
    await code.pickItem('ana@acme.example');
    await code.atStep(3);
    await code.acceptAnswer();
    await code.atStep(4);
    await code.typeAnswer('It ranks better than the scorecard, and the card says where it does not.');
    const modal = await code.readModal();
    assert.match(modal, /Decision: Approve for production/);
    assert.match(modal, /Signed by: ana@acme\.example, in the role data-science/);
    assert.match(modal, /Digest of what is signed \(sha256\):\s+[0-9a-f]{64}/);
    await code.screenshot('first-light-4-modal');
    await code.acceptModal();
    assert.match(await code.readNotification('Signed for'), /1 of 2 roles\. risk is missing/);
    await code.screenshot('first-light-5-one-of-two');
    await code.pressNotificationButton('Signed for', 'Show Approvals');
    const approvals = await code.readTree('Approvals');
    assert.ok(approvals.includes('data-science, signed by ana@acme.example'), approvals.join('\n'));
  });

  test('the risk officer attests and signs, by keyboard', async () => {
    await code.runCommand('Model Signoff: Open Report');
    await code.panel.getByRole('heading', { level: 1, name: /^Report: / }).waitFor();
    // Space ticks the box that the arrow keys are on, and that begins the sign-off in which it is ticked.
    await code.focusTreeRow('Checklist', 'dpia');
    await code.page.keyboard.press('Space');
    await code.atStep(1);
    await code.pickItem('production');
    await code.atStep(2);
    await code.pickItem('ben@acme.example');
    await code.atStep(3);
    const ticked = code.quickPickItems.filter({ has: code.page.locator('[aria-checked="true"], input:checked') });
    assert.match((await ticked.allInnerTexts()).join('\n'), /^[^\n]*impact assessment/);
    await code.screenshot('first-light-6-attest');
    await code.pickItems(['Monitoring is in place']);
    await code.atStep(4);
    await code.typeAnswer('MODEL_CARD.md');
    // The words of an attestation without evidence are shown in full before they are said.
    await code.atStep(5);
    await code.typeAnswer('');
    await code.atStep(6);
    await code.typeAnswer('');
    assert.match(await code.readModal(), /Attests dpia: .+MODEL_CARD\.md/s);
    // There and back: the modal has the keyboard again, also with a panel's tab open behind it.
    await code.pressModalButton('Show Everything');
    await code.panel.getByRole('heading', { level: 1, name: 'What will be signed' }).waitFor();
    assert.match(await code.panel.locator('pre').innerText(), /"decision": "approve"/);
    assert.deepEqual(await code.accessibilityViolations(), []);
    await code.screenshot('first-light-6-review');
    await code.pickItem('Go on to signing');
    assert.match(await code.readModal(), /Attests dpia: .+MODEL_CARD\.md/s);
    await code.acceptModal();
    assert.match(await code.readNotification('Signed for'), /The model is approved\. The tag signoff\//);
    await code.statusBarItem('approved for production').waitFor();
    const approvals = await code.readTree('Approvals');
    assert.ok(approvals.includes('production, approved'), approvals.join('\n'));
    assert.ok(approvals.includes('risk, signed by ben@acme.example'), approvals.join('\n'));
  });

  test('the panels can be read by everybody', async () => {
    const refusals: string[] = [];
    code.page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) refusals.push(message.text());
    });
    await code.page.keyboard.press('Escape');
    for (const [command, heading] of [
      ['Open Metrics', /^Metrics: /],
      ['Open Report', /^Report: /],
    ] as const) {
      await code.runCommand(`Model Signoff: ${command}`);
      await code.panel.getByRole('heading', { level: 1, name: heading }).waitFor();
      assert.deepEqual(await code.accessibilityViolations(), [], command);
    }
    assert.deepEqual(refusals, [], 'the content policy had to refuse something');
    assert.match(await code.panel.locator('.verdict').innerText(), /Approved for production/);
    await code.screenshot('first-light-7-approved');
  });

  test('the command line says what the editor says', () => {
    const run = /Run: ([0-9a-f]+)/.exec(lastCommitMessage(workspace.folder))?.[1] ?? '';
    const verify = ['verify', '--trusted-ref', 'main', '--environment', 'production', '--run', run];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [inRepository('dist', 'cli', 'signoff.cjs'), ...verify],
      {
        cwd: workspace.folder,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /Approved for production/);
  });
});

function lastCommitMessage(folder: string): string {
  return spawnSync('git', ['log', '-1', '--format=%B'], { cwd: folder, encoding: 'utf8' }).stdout;
}
