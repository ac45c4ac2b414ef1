// Keeps node_modules as the lock file says, without asking npm each time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { inRepository, repositoryRoot } from './repository.mjs';

const stampFile = inRepository('node_modules', '.model-signoff-lock');

/** npm's own Node, which runs TypeScript without a build. */
export const projectNode = inRepository(
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Installs the packages of the lock file when it changed since the last time. */
export function installDependencies() {
  const wanted = lockHash();
  if (installedHash() === wanted && existsSync(projectNode)) return;
  if (isInstalledByNpm()) {
    writeFileSync(stampFile, wanted);
    return;
  }
  console.error('Installing packages: npm ci');
  // npm's chatter goes to standard error: standard output is for results.
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: repositoryRoot,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: pathOutsideRepository() },
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed; see its message above.');
  if (!existsSync(projectNode)) {
    throw new Error('npm did not run install scripts, so its Node is missing; run: npm ci --no-ignore-scripts');
  }
  writeFileSync(stampFile, wanted);
}

/** npm puts node_modules/.bin first, whose Node it is about to delete. */
function pathOutsideRepository() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !folder.startsWith(inRepository('node_modules'))).join(delimiter);
}

/** Whether a person ran `npm ci` or `npm install` by hand: npm writes its own copy of the lock last. */
function isInstalledByNpm() {
  const written = inRepository('node_modules', '.package-lock.json');
  if (!existsSync(written) || !existsSync(projectNode)) return false;
  const installed = packagesOf(written);
  return Object.entries(packagesOf(inRepository('package-lock.json'))).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, {version?: string, optional?: boolean}>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(inRepository('package-lock.json')))
    .digest('hex');
}

function installedHash() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}
