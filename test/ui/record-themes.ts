// Writes themes.json: the variables that the real VS Code gives to webviews, in each theme, so that panels can be looked
// at in a plain page; only those that the built panels name. Run it again, after a build, when the tested VS Code or the
// variables change: node test/ui/record-themes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { openVsCode, type Theme } from './harness.ts';

const themes: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const built = ['document.js', 'document.css'].map((name) =>
  readFileSync(inRepository('dist', 'webview', name), 'utf8'),
);
const used = [...new Set(built.join('').match(/--vscode-[\w-]+/g))].sort();
const workspace = createSampleWorkspace();
const recorded: Record<string, { bodyClass: string; variables: Record<string, string> }> = {};
try {
  for (const theme of themes) {
    const code = await openVsCode({ folder: workspace.folder, settings: workspace.settings, theme });
    try {
      await code.showContainer();
      await code.statusBarItem('hold').waitFor();
      await code.runCommand('Model Signoff: Open Report');
      await code.panel.getByRole('heading', { level: 1 }).waitFor();
      recorded[theme] = await code.panel.locator('html').evaluate((html, names) => {
        const { style } = html as HTMLElement;
        const known = names.filter((name) => style.getPropertyValue(name) !== '');
        return {
          bodyClass: document.body.className,
          variables: Object.fromEntries(known.map((name) => [name, style.getPropertyValue(name)])),
        };
      }, used);
    } finally {
      await code.close();
    }
  }
} finally {
  workspace.remove();
}
writeFileSync(new URL('themes.json', import.meta.url), `${JSON.stringify(recorded, null, 1)}\n`);
