// What people decide about a model that is not all right: it is accepted, waived, attested and signed in two roles, goes
// stale, is replaced, and is gone back to. By the keyboard alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

describe('decisions about a model', { timeout: 300_000 }, () => {
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

  test('the older run is chosen, and shows what is uncertain and what fails', async () => {
    await code.showContainer();
    await code.statusBarItem('hold').waitFor();
    await code.runCommand('Model Signoff: Select Run…');
    await code.pickItem('scorecard');
    await code.treeRows('Checklist').filter({ hasText: 'uncertain' }).first().waitFor();
    const checklist = await code.readTree('Checklist');
    assert.ok(
      checklist.some((row) => /uncertain/.test(row)),
      checklist.join('\n'),
    );
    assert.ok(
      checklist.some((row) => / fail\b/.test(row)),
      checklist.join('\n'),
    );
    await code.screenshot('decisions-1-open');
  });

  test('only what fails is left by a filter, and the way back is in sight', async () => {
    await code.runCommand('Model Signoff: Filter Checklist…');
    // All are ticked; Space takes the tick away.
    await code.pickItems(['pass', 'uncertain', 'pending', 'not applicable']);
    await code.treeRows('Checklist').filter({ hasText: 'checks are hidden' }).waitFor();
    const filtered = await code.readTree('Checklist');
    assert.equal(filtered.length, 3, filtered.join('\n'));
    assert.match(filtered[1] ?? '', / fail\b/);
    await code.screenshot('decisions-2-filter');
    await code.runCommand('Model Signoff: Filter Checklist…');
    await code.pickItems(['pass', 'uncertain', 'pending', 'not applicable']);
    await code.treeRows('Checklist').filter({ hasText: 'uncertain' }).first().waitFor();
  });

  test('the data scientist accepts what is uncertain, with a reason, and signs', async () => {
    await code.runCommand('Model Signoff: Accept an Uncertain Check…');
    await code.atStep(1);
    await code.pickItem('production');
    await code.atStep(2);
    await code.pickItem('ana@acme.example');
    await code.atStep(3);
    await code.screenshot('decisions-3-accept');
    await code.acceptAnswer();
    await code.atStep(4);
    await code.typeAnswer('The interval narrows with the next quarter of clients.');
    await code.atStep(5);
    await code.typeAnswer('');
    assert.match(await code.readModal(), /Accepts auc: The interval narrows/);
    await code.acceptModal();
    assert.match(await code.readNotification('Signed for'), /1 of 2 roles\. risk is missing/);
    await code.page.keyboard.press('Escape');
  });

  test('the risk officer waives what fails, attests, and signs: the model is approved', async () => {
    await code.runCommand('Model Signoff: Waive a Check…');
    await code.atStep(1);
    await code.pickItem('production');
    await code.atStep(2);
    await code.pickItem('ben@acme.example');
    await code.atStep(3);
    await code.pickItems(['Data-protection impact assessment', 'Monitoring is in place']);
    await code.atStep(4);
    await code.typeAnswer('The card is of the challenger; the numbers here are in the run.');
    await code.atStep(5);
    await code.screenshot('decisions-4-until');
    await code.acceptAnswer();
    await code.atStep(6);
    await code.typeAnswer('docs/dpia.md');
    await code.atStep(7);
    await code.typeAnswer('');
    await code.atStep(8);
    await code.typeAnswer('');
    const modal = await code.readModal();
    assert.match(modal, /Waives card until \d{4}-\d\d-\d\d: The card is of the challenger/);
    assert.match(modal, /Attests dpia: .+docs\/dpia\.md/s);
    await code.screenshot('decisions-5-modal');
    await code.acceptModal();
    await code.readNotification('The model is approved');
    await code.page.keyboard.press('Escape');
    await code.statusBarItem('approved for production').waitFor();
    const checklist = await code.readTree('Checklist');
    assert.ok(
      checklist.some((row) => / waived\b/.test(row)),
      checklist.join('\n'),
    );
    await code.screenshot('decisions-6-approved');
  });

  test('what was signed goes stale when something changes, and says why', async () => {
    const card = join(workspace.folder, 'MODEL_CARD.md');
    const signed = readFileSync(card, 'utf8');
    writeFileSync(card, signed.replace('## Limitations', '## Remarks'));
    await code.treeRows('Approvals').filter({ hasText: 'something changed since' }).waitFor();
    const approvals = await code.readTree('Approvals');
    assert.ok(
      approvals.some((row) => /comes out otherwise now/.test(row)),
      approvals.join('\n'),
    );
    await code.statusBarItem('but changed since').waitFor();
    await code.screenshot('decisions-7-stale');
    writeFileSync(card, signed);
    await code.treeRows('Approvals').filter({ hasText: 'something changed since' }).waitFor({ state: 'detached' });
  });

  test('another model takes its place, and one signature goes back to it', async () => {
    signByCommandLine('ana@acme.example', 'data-science', []);
    signByCommandLine('ben@acme.example', 'risk', ['--attest', 'dpia=docs/dpia.md', '--attest', 'monitoring']);
    await code.treeRows('Approvals').filter({ hasText: 'In force: boosted-trees' }).waitFor();
    await code.screenshot('decisions-8-replaced');
    await code.runCommand('Model Signoff: Roll Back…');
    await code.pickItem('ben@acme.example');
    await code.typeAnswer('It calls too many safe clients.');
    assert.match(await code.readModal(), /Roll back for production[\s\S]*It calls too many safe clients/);
    await code.screenshot('decisions-9-roll-back');
    await code.acceptModal();
    await code.readNotification('is rolled back');
    await code.page.keyboard.press('Escape');
    await code.treeRows('Approvals').filter({ hasText: 'This model is in force' }).waitFor();
    await code.screenshot('decisions-10-rolled-back');
  });

  function signByCommandLine(person: string, role: string, said: readonly string[]): void {
    const key = workspace.keys[person] ?? '';
    const newest = ['--environment', 'production', '--role', role, '--key', key];
    execFileSync(workspace.command, ['approve', ...newest, ...said], { cwd: workspace.folder, stdio: 'pipe' });
  }
});
