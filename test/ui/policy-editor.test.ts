// A person writes a policy, with the keyboard alone: three mistakes are put right by their quick fixes, and where there
// is no policy, one is proposed from the newest run.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

const MISTAKES = [
  ['metric: log_loss', 'metric: logloss'],
  ['logged: val_loss', 'logged: val_los'],
  ['by: sex', 'by: sexx'],
] as const;

const MOST_TRIES = 6;

describe('the policy in the editor', { timeout: 300_000 }, () => {
  let workspace: SampleWorkspace;
  let code: VsCodePage;
  let policyFile: string;
  let good: string;

  before(async () => {
    workspace = createSampleWorkspace();
    policyFile = join(workspace.folder, 'signoff.yaml');
    good = readFileSync(policyFile, 'utf8');
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings });
  });

  after(async () => {
    await code?.close();
    workspace?.remove();
  });

  test('shows the actual value beside each bound', async () => {
    await code.openFile('signoff.yaml');
    await code.goToLine(lineOf(good, 'min: 0.76'));
    await code.page
      .getByText(/⟵\s0\.\d+\s\[0\.\d+,\s0\.\d+\]\s✓/)
      .first()
      .waitFor({ timeout: 60_000 });
    await code.screenshot('policy-editor-1-values');
  });

  test('puts three mistakes right through quick fixes, by keyboard alone', async () => {
    const bad = MISTAKES.reduce((text, [right, wrong]) => text.replace(right, wrong), good);
    writeFileSync(policyFile, bad);
    // VS Code reads the file again in its own time, and moves the cursor then.
    await code.statusBarItem('mistakes').waitFor();
    for (const [right, wrong] of MISTAKES) {
      await code.goToLine(lineOf(bad, wrong), columnOf(bad, wrong) + wrong.length);
      await code.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      if (right.startsWith('metric')) await code.screenshot('policy-editor-2-mistake');
      const menu = await openFixes(code);
      if (right.startsWith('metric')) await code.screenshot('policy-editor-3-fixes');
      await code.page.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
    }
    await code.page.keyboard.press('ControlOrMeta+S');
    const deadline = Date.now() + 20_000;
    while (readFileSync(policyFile, 'utf8') !== good && Date.now() < deadline) await code.page.waitForTimeout(200);
    assert.equal(readFileSync(policyFile, 'utf8'), good);
  });

  test('proposes a policy from the newest run, by keyboard alone, and writes nothing until it is saved', async () => {
    rmSync(policyFile);
    await code.runCommand('View: Close All Editors');
    await code.statusBarItem('hold').waitFor({ state: 'detached' });
    await code.runCommand('Model Signoff: Create a Policy');
    const proposed = code.page.locator('.view-lines').filter({ hasText: 'task: binary' });
    await proposed.first().waitFor({ timeout: 60_000 });
    await code.screenshot('policy-editor-4-proposal');
    assert.equal(existsSync(policyFile), false);
  });
});

/** Fixes are there once the mistake at the cursor is known, a moment after that of another line is underlined. */
async function openFixes(code: VsCodePage): Promise<Locator> {
  const menu = code.page.locator('.action-widget');
  const fix = menu.getByText(/^Change to "/).first();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await code.page.keyboard.press('ControlOrMeta+.');
    const shown = await fix.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (shown) return menu;
    await code.page.keyboard.press('Escape');
  }
  await fix.waitFor();
  return menu;
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

function columnOf(text: string, part: string): number {
  return text.indexOf(part) - text.lastIndexOf('\n', text.indexOf(part));
}
