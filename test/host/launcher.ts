#!/usr/bin/env node
// Stands in for the `code` executable where no desktop VS Code can be had: it takes the arguments that
// @vscode/test-electron passes, serves VS Code to a headless browser, and ends with the tests' exit code.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launchBrowser } from '../../scripts/lib/browser.ts';
import { startVsCodeServer } from '../../scripts/lib/vscode-server.ts';

const RUN_TIMEOUT_MS = 10 * 60_000;

const commandLine = process.argv.slice(2);

try {
  process.exitCode = await runInServer();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function runInServer(): Promise<number> {
  const server = await startVsCodeServer({
    settings: userSettings(),
    extensions: JSON.parse(process.env['MODEL_SIGNOFF_TEST_EXTENSIONS'] ?? '[]') as readonly string[],
    // Later versions of VS Code take a test from the page's address only with this switch.
    serverArguments: ['--enable-smoke-test-driver'],
  });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const exitCode = new Promise<number>((settle, fail) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => settle(130));
        server.ended.then(() => fail(new Error('The VS Code server ended before the tests did.')));
        page.once('crash', () => fail(new Error('The page with VS Code crashed.')));
        setTimeout(() => fail(new Error('The tests in VS Code did not end in time.')), RUN_TIMEOUT_MS).unref();
        // The workbench calls this one when the extension host's test run is over.
        void page.exposeFunction('codeAutomationExit', (code: number) => settle(code));
      });
      await page.exposeFunction('codeAutomationLog', showTestOutput);
      await page.goto(addressOf(server.host));
      return await exitCode;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** The extension host's console: the tests' lines, and warnings of VS Code itself, which are shown when debugging. */
function showTestOutput(type: string, values: readonly unknown[]): void {
  const text = values.map(String).join(' ');
  const isTestLine = /^(ok|not ok|#|\s{2})/.test(text);
  if (isTestLine || process.env['MODEL_SIGNOFF_DEBUG']) (type === 'error' ? console.error : console.log)(text);
}

function addressOf(host: string): string {
  const remote = (path: string): string => `vscode-remote://${host}${resolve(path)}`;
  const payload = [
    ...valuesOf('extensionDevelopmentPath').map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...valuesOf('extensionTestsPath').map((path) => ['extensionTestsPath', remote(path)]),
    ['skipWelcome', 'true'],
  ];
  const workspace = commandLine.find((argument) => !argument.startsWith('-'));
  const folder: Record<string, string> = workspace ? { folder: resolve(workspace) } : { ew: 'true' };
  return `http://${host}/?${new URLSearchParams({ ...folder, payload: JSON.stringify(payload) })}`;
}

function userSettings(): Record<string, unknown> {
  const [userDataFolder] = valuesOf('user-data-dir');
  const file = userDataFolder && join(userDataFolder, 'User', 'settings.json');
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function valuesOf(name: string): string[] {
  const start = `--${name}=`;
  return commandLine.filter((argument) => argument.startsWith(start)).map((argument) => argument.slice(start.length));
}
