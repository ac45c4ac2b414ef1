// Starts the VS Code server on this machine's loopback address, with settings and extensions of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedCodeServer } from './code-server.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

export interface VsCodeServerOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  /** User settings, added to the quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of built extensions to load as if installed. */
  readonly extensions?: readonly string[];
  readonly serverArguments?: readonly string[];
}

export interface VsCodeServer {
  /** `127.0.0.1:<port>`: the same text must stand in the page's address and in `vscode-remote://` URIs. */
  readonly host: string;
  /** Settings, what extensions keep, and logs; gone once the server has ended. */
  readonly dataFolder: string;
  /** Settles when the server ends, by itself or by `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** No welcome pages, no telemetry, no questions: what every start by a script wants. */
export const quietSettings = {
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
} as const;

/** Starts a server and waits until it listens. */
export async function startVsCodeServer(options: VsCodeServerOptions = {}): Promise<VsCodeServer> {
  const { node, serverMain } = installedCodeServer();
  const dataFolder = mkdtempSync(join(tmpdir(), 'model-signoff-vscode-'));
  writeSettings(dataFolder, { ...quietSettings, ...options.settings });
  linkExtensions(dataFolder, options.extensions ?? []);
  const server = spawn(
    node,
    [
      serverMain,
      '--host=127.0.0.1',
      `--port=${options.port ?? 0}`,
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      `--server-data-dir=${dataFolder}`,
      ...(options.serverArguments ?? []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve())).then(() =>
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 }),
  );
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    const impatience = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(impatience);
  };
  try {
    return { host: `127.0.0.1:${await portOf(server)}`, dataFolder, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): void {
  const folder = join(dataFolder, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}

/** The server takes a folder in its extensions folder for an installed extension; a link saves the packaging. */
function linkExtensions(dataFolder: string, extensions: readonly string[]): void {
  const folder = join(dataFolder, 'extensions');
  mkdirSync(folder, { recursive: true });
  extensions.forEach((extension, index) => {
    symlinkSync(extension, join(folder, `development.extension-${index}-0.0.0`), 'junction');
  });
}

/** The port that the server chose, read from what it prints. */
function portOf(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer): void => {
      // Kept only until it listens, for the message when it doesn't.
      printed += chunk.toString();
      const match = /Extension host agent listening on (\d+)/.exec(printed);
      if (!match?.[1]) return;
      printed = '';
      clearTimeout(timeout);
      resolve(match[1]);
    };
    const fail = (reason: string): void => {
      clearTimeout(timeout);
      reject(new Error(`The VS Code server ${reason}.\n${printed}`.trim()));
    };
    const timeout = setTimeout(() => fail('did not start within a minute'), START_TIMEOUT_MS);
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', (error) => fail(`could not be started: ${error.message}`));
    server.once('exit', (code) => fail(`ended with exit code ${code}`));
  });
}
