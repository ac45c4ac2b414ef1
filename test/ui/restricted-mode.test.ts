// A folder that nobody trusts yet: its checks are read, and nothing of it is run, asked or signed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createSampleWorkspace, type SampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type VsCodePage } from './harness.ts';

describe('a folder in Restricted Mode', { timeout: 300_000 }, () => {
  let workspace: SampleWorkspace;
  let code: VsCodePage;
  let trap: string;

  before(async () => {
    workspace = createSampleWorkspace();
    // Whoever asks git about this repository with its own configuration runs this command.
    trap = join(dirname(workspace.folder), 'git-ran');
    execFileSync('git', ['config', 'core.fsmonitor', `touch '${trap}'; false`], { cwd: workspace.folder });
    code = await openVsCode({ folder: workspace.folder, settings: workspace.settings, trust: 'restricted' });
  });

  after(async () => {
    await code?.close();
    workspace?.remove();
  });

  test('shows the checks with their values', async () => {
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

  test('offers nothing that signs, and runs nothing that the folder’s git is set up to run', async () => {
    await code.page.keyboard.press('F1');
    await code.page.keyboard.type('Model Signoff: ');
    const offered = (await code.readQuickPick()).join('\n');
    await code.page.keyboard.press('Escape');
    assert.match(offered, /Check/);
    assert.doesNotMatch(offered, /Sign Off…|Reject|Waive|Attest|Roll Back|Revoke|Tell the Pipeline/);
    assert.equal(existsSync(trap), false);
  });
});
