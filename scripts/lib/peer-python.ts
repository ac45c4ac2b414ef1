// Real third-party tools to compare with (scikit-learn and others), in a virtual environment in the user's cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { outputOf } from './commands.ts';
import { inRepository } from './repository.mjs';
import { MissingToolError, requireTool, systemTools } from './system-tools.mjs';

export type PeerPython =
  | { readonly python: string }
  /** Why the peers' tests cannot run here. */
  | { readonly unavailable: string };

/** The Python that has the packages of test/peers/requirements.txt; made once per version of that file. */
export function peerPython(): PeerPython {
  const requirements = inRepository('test', 'peers', 'requirements.txt');
  try {
    const systemPython = requireTool(systemTools.python);
    const version = outputOf(systemPython, ['--version']);
    const key = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex').slice(0, 16);
    const folder = cacheFolder(`peers-${key}`);
    const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
    // Written last: an environment without it was killed half-way.
    const stamp = join(folder, 'complete');
    if (existsSync(stamp)) return { python };
    console.error(`Installing the peers' packages into ${folder}, once`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cacheFolder(), { recursive: true });
    outputOf(systemPython, ['-m', 'venv', folder]);
    const problem = installRequirements(python, requirements);
    if (problem) return { unavailable: problem };
    writeFileSync(stamp, '');
    return { python };
  } catch (error) {
    if (error instanceof MissingToolError) return { unavailable: error.message };
    throw error;
  }
}

/** @returns why PyPI is out of reach, or nothing when all is installed */
function installRequirements(python: string, requirements: string): string | undefined {
  const { status, stderr } = spawnSync(
    python,
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--only-binary=:all:',
      // LIME is only published as source; it compiles nothing.
      '--no-binary=lime',
      '--requirement',
      requirements,
    ],
    { stdio: ['ignore', 2, 'pipe'], encoding: 'utf8' },
  );
  if (status === 0) return undefined;
  const isOutOfReach = /connection|resolution|resolve host|timed out|unreachable|Max retries/i.test(stderr);
  if (isOutOfReach) return `PyPI is out of reach: ${stderr.trim().split('\n').at(-1)}`;
  throw new Error(`pip could not install ${requirements}:\n${stderr.trim()}`);
}
