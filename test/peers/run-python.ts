// Runs a script of this folder with a Python that has the peers' packages.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pythonNamed } from './python.ts';
import { pythonVariable } from './python-variable.ts';

const MOST_OUTPUT_BYTES = 512 * 1024 * 1024;

/** For a test's `skip`: false, or why there is nothing to compare with. */
export const withoutPeers: false | string = pythonNamed('main')
  ? false
  : 'MODEL_SIGNOFF_PYTHON is unset; `node scripts/run.mjs peers` sets it';

/** What the script prints, as JSON. Throws with the script's own error output when it fails. */
export function jsonFromPython(script: string, ...scriptArguments: string[]): unknown {
  return jsonFromPythonNamed('main', script, ...scriptArguments);
}

/** The same, with the Python of the environment of that name. */
export function jsonFromPythonNamed(name: string, script: string, ...scriptArguments: string[]): unknown {
  const python = pythonNamed(name);
  if (!python) throw new Error(`No Python to run: ${pythonVariable(name)} is unset`);
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(python, [file, ...scriptArguments], {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT_BYTES,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return JSON.parse(stdout);
}
