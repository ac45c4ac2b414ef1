// The VS Code server out of npm's `code-server`, for machines where VS Code itself cannot be downloaded or shown.
// It is not in package.json: its install script refuses root and other Node versions, so that `npm ci` would fail.
// The installation lies in the user's cache and is made once: about half a minute, 550 MB.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { outputOf, runCommand } from './commands.ts';
import { findExecutable } from './system-tools.mjs';

interface Release {
  readonly codeServer: string;
  /** The Node that this code-server asks for. */
  readonly node: string;
  /** Node-API modules that VS Code can do without: terminal, log files, noticing that the server died, its database. */
  readonly optionalNatives: readonly string[];
}

/** VS Code 1.103 is the oldest that the extension supports; MODEL_SIGNOFF_VSCODE_RELEASE=newest takes the other. */
const RELEASES: Readonly<Record<'oldest' | 'newest', Release>> = {
  oldest: {
    ...{ codeServer: '4.103.2', node: '22.23.3' },
    optionalNatives: ['node-pty', '@vscode/spdlog', 'native-watchdog'],
  },
  newest: {
    ...{ codeServer: '4.139.1', node: '24.21.0' },
    optionalNatives: [
      'node-pty',
      '@vscode/spdlog',
      '@vscode/native-watchdog',
      '@vscode/sqlite3',
      '@vscode/fs-copyfile',
    ],
  },
};
const RIPGREP = '1.18.0';
// Raise it when the repairs below change, so that older installations are not reused.
const RECIPE = 1;

export interface CodeServer {
  readonly node: string;
  readonly serverMain: string;
}

/** The installed server; installs it on first use. */
export function installedCodeServer(): CodeServer {
  const release = RELEASES[process.env['MODEL_SIGNOFF_VSCODE_RELEASE'] === 'newest' ? 'newest' : 'oldest'];
  const folder = cacheFolder(`code-server-${release.codeServer}-node-${release.node}-${RECIPE}`);
  if (!existsSync(folder)) install(release, folder);
  return {
    node: join(folder, 'node', 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    serverMain: join(vsCodeFolder(folder), 'out', 'server-main.js'),
  };
}

function vsCodeFolder(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function install({ codeServer, node, optionalNatives }: Release, folder: string): void {
  console.error(`Installing the VS Code server (code-server ${codeServer}) into ${folder}, once`);
  mkdirSync(dirname(folder), { recursive: true });
  // Made aside and renamed when whole: a killed installation is never taken for a good one.
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    const nodeFolder = join(unfinished, 'node');
    mkdirSync(nodeFolder);
    for (const each of [unfinished, nodeFolder]) writeFileSync(join(each, 'package.json'), '{ "private": true }\n');
    npm(nodeFolder, ['install', `node@${node}`]);
    npm(unfinished, [
      'install',
      '--ignore-scripts',
      `code-server@${codeServer}`,
      `@vscode/ripgrep-universal@${RIPGREP}`,
    ]);
    // code-server's skipped install script would have installed VS Code's own packages.
    npm(vsCodeFolder(unfinished), ['install', '--omit=dev', '--ignore-scripts']);
    copyRipgrep(unfinished);
    buildOptionalNatives(unfinished, optionalNatives);
    moveIntoPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function npm(cwd: string, args: readonly string[]): void {
  runCommand('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });
}

/** Without ripgrep, `workspace.findFiles` throws and `workspaceContains` never activates; its installer downloads. */
function copyRipgrep(folder: string): void {
  const executable = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  const from = join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', platform, executable);
  if (!existsSync(from)) throw new Error(`No ripgrep for ${platform} in @vscode/ripgrep-universal ${RIPGREP}.`);
  const to = join(vsCodeFolder(folder), 'node_modules', '@vscode', 'ripgrep', 'bin', executable);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}

function buildOptionalNatives(folder: string, names: readonly string[]): void {
  const missing = ['python3', 'make', 'g++'].filter((program) => !findExecutable(program));
  if (missing.length > 0) {
    console.error(`Without ${missing.join(', ')} the VS Code server gets no terminal and no log files.`);
    return;
  }
  for (const name of names) {
    const released = join(vsCodeFolder(folder), 'node_modules', name, 'build', 'Release');
    try {
      outputOf('npm', ['rebuild', name, ...headersOption()], { cwd: vsCodeFolder(folder) });
    } catch (error) {
      // node-pty's last step, which only serves its own developers, fails offline after a good build.
      const isBuilt = existsSync(released) && readdirSync(released).some((file) => file.endsWith('.node'));
      if (!isBuilt)
        console.error(`The VS Code server does without ${name}. ${error instanceof Error ? error.message : ''}`);
    }
  }
}

/** Node-API is the same in every Node, so any headers do; most installations carry some, which saves a download. */
function headersOption(): string[] {
  const ofNpm = findExecutable('npm');
  const prefixes = [ofNpm && dirname(dirname(ofNpm)), '/usr', '/usr/local'];
  const prefix = prefixes.find((each) => each && existsSync(join(each, 'include', 'node', 'common.gypi')));
  return prefix ? [`--nodedir=${prefix}`] : [];
}

function moveIntoPlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process may have installed it meanwhile; theirs is as good.
    if (!existsSync(folder)) throw error;
  }
}
