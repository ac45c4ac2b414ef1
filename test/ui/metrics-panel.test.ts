// The metrics panel inside a real VS Code: from the palette, from a check of the checklist, and after a reload.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

describe('the metrics panel in VS Code', { timeout: 300_000 }, () => {
  let workspace: SampleWorkspace;
  let code: VsCodePage;
  const violations: string[] = [];

  before(async () => {
    workspace = createSampleWorkspace();
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings, theme: 'dark' });
    code.page.on('console', (message) => {
      const text = message.text();
      // The workbench and its own frames have policies, too; ours is told by its script.
      if (/Content Security Policy/.test(text) && /webview\/document/.test(text + message.location().url))
        violations.push(text);
    });
    await code.showContainer();
    await code.statusBarItem('hold').waitFor();
  });

  after(async () => {
    await code?.close();
    workspace?.remove();
  });

  test('opens from the palette with a picture for every kind of check, and its slider reads thresholds', async () => {
    await code.runCommand('Model Signoff: Open Metrics');
    await code.panel.getByRole('heading', { level: 1, name: /^Metrics: / }).waitFor();
    const titles = await code.panel.getByRole('heading', { level: 3 }).allInnerTexts();
    for (const title of [/^ROC curve/, /^Confusion matrix/, /^Calibration/, /^SHAP values/, /over the runs$/]) {
      assert.ok(
        titles.some((each) => title.test(each)),
        titles.join('\n'),
      );
    }
    const card = code.panel.locator('figure.wide');
    await card.locator('input[type=range]').focus();
    await code.page.keyboard.press('ArrowRight');
    assert.equal(await card.locator('output').innerText(), '0.31');
    await code.screenshot('metrics-panel-in-code');
  });

  test('copies a picture’s numbers through the editor', async () => {
    await code.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await code.panel.getByRole('button', { name: /^Copy CSV: ROC curve of holdout/ }).click();
    await code.page.waitForTimeout(500);
    const csv = await code.page.evaluate(() => navigator.clipboard.readText());
    assert.match(csv, /^Threshold,False positive rate,True positive rate,/);
  });

  test('opens on the picture of a check of the checklist', async () => {
    const row = code.treeRows('Checklist').filter({ hasText: 'Women and men are called about equally often' });
    await code.readTree('Checklist');
    await code.page.locator('.pane .monaco-list').first().hover();
    while ((await row.count()) === 0) await code.page.mouse.wheel(0, 60);
    await row.first().hover();
    await row.first().getByRole('button', { name: 'Open Metrics' }).click();
    const focused = code.panel.locator('figure:focus');
    await focused.waitFor();
    assert.equal(await focused.getAttribute('id'), 'parts/parity');
    await code.screenshot('metrics-panel-on-a-check');
  });

  test('comes back when the window is loaded anew, with what was chosen in it', async () => {
    await code.reload();
    // The extension starts anew, too, and evaluates the run again.
    const heading = code.panel.getByRole('heading', { level: 1, name: /^Metrics: boosted-trees/ });
    await heading.waitFor({ timeout: 90_000 });
    assert.equal(await code.panel.locator('figure.wide output').innerText(), '0.31');
    await code.statusBarItem('hold').waitFor();
  });

  test('stands in a second window, too, and each keeps to itself', async () => {
    const second = await code.openSecondWindow();
    await second.statusBarItem('hold').waitFor({ timeout: 90_000 });
    await second.runCommand('Model Signoff: Open Metrics');
    const card = second.panel.locator('figure.wide');
    await card.locator('input[type=range]').focus();
    await second.page.keyboard.press('End');
    assert.notEqual(await card.locator('output').innerText(), '0.31');
    assert.equal(await code.panel.locator('figure.wide output').innerText(), '0.31');
    await second.page.close();
  });

  test('follows the checklist to another run, and says so', async () => {
    await code.runCommand('Model Signoff: Select Run');
    await code.pickItem('scorecard');
    await code.panel.getByRole('heading', { level: 1, name: /^Metrics: scorecard/ }).waitFor();
    assert.match(await code.panel.getByRole('status').first().innerText(), /^Another run took the place/);
    await code.screenshot('metrics-panel-other-run');
  });

  test('has the comparison with another run beside it, regressions first', async () => {
    await code.runCommand('Model Signoff: Compare with the Model in Force');
    await code.pickItem('boosted-trees');
    await code.panel.getByRole('heading', { level: 1, name: 'scorecard beside boosted-trees' }).waitFor();
    assert.equal(await code.panel.getByRole('rowheader').first().innerText(), 'Worse');
    assert.deepEqual(await code.accessibilityViolations(), []);
    await code.screenshot('comparison-panel-in-code');
  });

  test('broke no rule of its Content-Security-Policy, and axe-core finds nothing', async () => {
    assert.deepEqual(violations, []);
    assert.deepEqual(await code.accessibilityViolations(), []);
  });
});
