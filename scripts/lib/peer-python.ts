// Real third-party tools to compare with (scikit-learn, MLflow and others), in virtual environments in the user's cache.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonVariable } from '../../test/peers/python-variable.ts';
import { cacheFolder } from './cache-folder.ts';
import { outputOf } from './commands.ts';
import { inRepository } from './repository.mjs';
import { MissingToolError, requireTool, systemTools } from './system-tools.mjs';

export type PeerPython =
  | { readonly python: string }
  /** Why the peers' tests cannot run here. */
  | { readonly unavailable: string };

/** What pip says of a package, or of a version, that is not published for the Python here. */
const NOT_FOR_THIS_PYTHON = /No matching distribution found|requires a different Python/i;
const OUT_OF_REACH = /connection|name resolution|getaddrinfo|resolve host|timed out|unreachable|Max retries/i;

/**
 * The environments that the peers' tests can ask for: `main`, of test/peers/requirements.txt, first; then one for each
 * requirements-<name>.txt beside it.
 */
export function peerPythonNames(): string[] {
  const others = readdirSync(inRepository('test', 'peers'))
    .map((file) => /^requirements-([a-z0-9-]+)\.txt$/.exec(file)?.[1])
    .filter((name) => name !== undefined);
  return ['main', ...others.sort()];
}

/** The Python that has the packages of one environment's requirements; made once per version of that file. */
export function peerPython(name = 'main'): PeerPython {
  const requirements = inRepository('test', 'peers', name === 'main' ? 'requirements.txt' : `requirements-${name}.txt`);
  try {
    const systemPython = requireTool(systemTools.python);
    const version = outputOf(systemPython, ['--version']);
    const key = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex').slice(0, 16);
    const folder = cacheFolder(`peers-${key}`);
    const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
    // Written last: an environment without it was killed half-way.
    const stamp = join(folder, 'complete');
    if (existsSync(stamp)) return { python };
    console.error(`Installing the peers' packages (${name}) into ${folder}, once`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cacheFolder(), { recursive: true });
    outputOf(systemPython, ['-m', 'venv', folder]);
    const problem = installRequirements(python, requirements, name);
    if (problem) return { unavailable: problem };
    writeFileSync(stamp, '');
    return { python };
  } catch (error) {
    if (error instanceof MissingToolError) return { unavailable: error.message };
    throw error;
  }
}

/** Makes every environment that can be made here, and names each to the tests; prints why another can't be. */
export function namePeerPythons(): 'some' | 'none' {
  let found: 'some' | 'none' = 'none';
  for (const name of peerPythonNames()) {
    const peer = peerPython(name);
    if ('python' in peer) {
      process.env[pythonVariable(name)] = peer.python;
      found = 'some';
    } else {
      delete process.env[pythonVariable(name)];
      console.log(`Skipped the comparisons with the tools of “${name}”. ${peer.unavailable}`);
    }
  }
  return found;
}

/** @returns why the packages can't be had here, or nothing when all are installed */
function installRequirements(python: string, requirements: string, name: string): string | undefined {
  const { status, stderr } = spawnSync(
    python,
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--only-binary=:all:',
      // Only published as source; they compile nothing.
      '--no-binary=lime,kfp,kfp-server-api',
      '--requirement',
      requirements,
    ],
    { stdio: ['ignore', 2, 'pipe'], encoding: 'utf8' },
  );
  if (status === 0) return undefined;
  const said = stderr.trim().split('\n').at(-1);
  if (OUT_OF_REACH.test(stderr)) return `PyPI is out of reach: ${said}`;
  // The main environment must suit every Python that is supported; an old tool's need not.
  if (name !== 'main' && NOT_FOR_THIS_PYTHON.test(stderr))
    return `Nothing that pip finds fits the Python here: ${said}`;
  throw new Error(`pip could not install ${requirements}:\n${stderr.trim()}`);
}
