// Finds the programs that npm cannot bring: git, ssh-keygen, a browser. Plain JavaScript, because it runs before
// anything is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * @typedef {object} SystemTool
 * @property {string} name what a person calls it
 * @property {string[]} executables names to look for, the preferred first
 * @property {string} [variable] an environment variable that names the executable
 * @property {string} debianPackage
 * @property {string} elsewhere how to install it on other systems
 */

/** @satisfies {Record<string, SystemTool>} */
export const systemTools = {
  git: {
    name: 'git',
    executables: ['git'],
    debianPackage: 'git',
    elsewhere: 'https://git-scm.com/downloads',
  },
  sshKeygen: {
    name: 'ssh-keygen',
    executables: ['ssh-keygen'],
    debianPackage: 'openssh-client',
    elsewhere: 'https://www.openssh.com/portable.html',
  },
  python: {
    name: 'Python 3',
    executables: ['python3', 'python'],
    variable: 'PYTHON',
    debianPackage: 'python3-venv',
    elsewhere: 'https://www.python.org/downloads/',
  },
  chromium: {
    name: 'a Chromium browser',
    executables: [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'microsoft-edge',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    variable: 'CHROMIUM',
    debianPackage: 'chromium',
    elsewhere: 'https://www.google.com/chrome/, or set CHROMIUM to the executable',
  },
  webhook: {
    name: 'the receiver “webhook”',
    executables: ['webhook'],
    debianPackage: 'webhook',
    elsewhere: 'https://github.com/adnanh/webhook',
  },
};

/** A missing program: its message is one sentence with the command that installs it. */
export class MissingToolError extends Error {}

/**
 * Where the tool is; on Debian as root it is installed first when missing.
 * @param {SystemTool} tool
 * @returns {string} the executable's path
 */
export function requireTool(tool) {
  const found = findTool(tool);
  if (found) return found;
  if (isDebianAsRoot()) {
    console.error(`Installing ${tool.name}: apt-get install --yes ${tool.debianPackage}`);
    installDebianPackage(tool.debianPackage);
    const installed = findTool(tool);
    if (installed) return installed;
  }
  throw new MissingToolError(
    isDebian()
      ? `${tool.name} is missing; install it with: sudo apt-get install --yes ${tool.debianPackage}`
      : `${tool.name} is missing; install it from ${tool.elsewhere}.`,
  );
}

/**
 * @param {SystemTool} tool
 * @returns {string | undefined}
 */
export function findTool(tool) {
  const named = tool.variable ? process.env[tool.variable] : undefined;
  if (named) return named;
  for (const executable of tool.executables) {
    const path = findExecutable(executable);
    if (path) return path;
  }
  return undefined;
}

/**
 * @param {string} executable a bare name, or an absolute path
 * @returns {string | undefined}
 */
export function findExecutable(executable) {
  if (isAbsolute(executable)) return isExecutable(executable) ? executable : undefined;
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, executable + ending);
      if (folder && isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian() {
  return existsSync('/etc/debian_version');
}

function isDebianAsRoot() {
  return isDebian() && process.getuid?.() === 0;
}

/** @param {string} name */
function installDebianPackage(name) {
  // Standard output is kept for results: what apt says goes to standard error.
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '--quiet'], options);
  spawnSync('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', name], options);
}
