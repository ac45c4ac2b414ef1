// `npm start`: the sample, as a git repository of its own, open in VS Code with the extension built from here.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { createSampleWorkspace, type SampleWorkspace } from './lib/sample-workspace.ts';
import { findExecutable } from './lib/system-tools.mjs';
import { quietSettings, startVsCodeServer } from './lib/vscode-server.ts';

const READY_TIMEOUT_MS = 30_000;
const READY_POLL_MS = 100;

/** Something that shows the sample until it ends or is ended. */
interface Editor {
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const values = wishes();

const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Ends with one sentence where the words are none of ours: nothing has been started yet. */
function wishes(): { readonly browser?: boolean; readonly port?: string } {
  try {
    return parseArgs({ options: { browser: { type: 'boolean' }, port: { type: 'string' } } }).values;
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error);
    console.error(`${complaint}. npm start takes --browser and --port <number>, behind "--".`);
    process.exit(2);
  }
}

async function main(): Promise<void> {
  await build();
  const sample = createSampleWorkspace();
  try {
    const desktop = values.browser ? undefined : findDesktopCode();
    console.error(`The command line is "signoff" in VS Code's terminal, and anywhere else ${sample.command}`);
    const editor = desktop ? openDesktop(desktop, sample) : await openServer(sample);
    await Promise.race([editor.ended, interrupted]);
    await editor.stop();
  } finally {
    sample.remove();
  }
}

/** Desktop VS Code refuses to run as root, and needs a display. */
function findDesktopCode(): string | undefined {
  if (process.getuid?.() === 0) return undefined;
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasDisplay ? findExecutable('code') : undefined;
}

/** Opens a window with its own settings and no other extensions, so that the user's own are left alone. */
function openDesktop(code: string, sample: SampleWorkspace): Editor {
  const profile = mkdtempSync(join(tmpdir(), 'model-signoff-profile-'));
  mkdirSync(join(profile, 'User'));
  writeFileSync(join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...sample.settings }));
  const window = spawn(
    code,
    [
      '--wait',
      '--new-window',
      `--user-data-dir=${profile}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
      `--extensionDevelopmentPath=${repositoryRoot}`,
      sample.folder,
    ],
    { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  const ended = endOf(window).then(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  console.log(`Opened ${sample.folder} in VS Code; close its window or press Ctrl-C to end.`);
  return {
    ended,
    stop: async () => {
      window.kill();
      await ended;
    },
  };
}

async function openServer(sample: SampleWorkspace): Promise<Editor> {
  const server = await startVsCodeServer({
    port: portArgument(),
    settings: sample.settings,
    extensions: [repositoryRoot],
  });
  const address = `http://${server.host}/?folder=${encodeURI(sample.folder.replaceAll('\\', '/'))}`;
  await answering(address);
  console.error('The sample is open in VS Code at this address until you press Ctrl-C:');
  console.log(address);
  return server;
}

function portArgument(): number {
  const port = Number(values.port ?? 0);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`--port takes a number from 0 to 65535, not ${values.port}.`);
}

async function answering(address: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  throw new Error(`${address} does not answer.`);
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
}
