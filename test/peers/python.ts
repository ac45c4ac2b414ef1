import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { pythonVariable } from './python-variable.ts';

/** The Python that has the packages of requirements-<name>.txt, or for `main` of requirements.txt; undefined without. */
export function pythonNamed(name: string): string | undefined {
  return process.env[pythonVariable(name)];
}

/** For `test`: skips with a printed reason where the packages of that name are not installed. */
export function unlessPythonNamed(name: string): { readonly skip?: string } {
  return pythonNamed(name) ? {} : { skip: `${pythonVariable(name)} names no Python with the peers’ packages` };
}

/** The Python that has the packages of requirements.txt; undefined where there is none. */
export const python = pythonNamed('main');

/** For `test`: skips with a printed reason where the peers are not installed. */
export const unlessPython = unlessPythonNamed('main');

/** Runs a Python script with JSON on its standard input and gives the JSON that it prints. */
export function runPython(script: string, input: unknown): unknown {
  assert.ok(python);
  const ran = spawnSync(python, ['-c', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONWARNINGS: 'ignore', MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
  });
  assert.equal(ran.status, 0, ran.stderr);
  return JSON.parse(ran.stdout);
}

/** Asserts equality to 1e-12, relative to numbers above 1; NaN equals only NaN. Python's NaN comes as null. */
export function assertEqualTo12(actual: number, expected: number | null, what: string): void {
  if (expected === null) {
    assert.ok(Number.isNaN(actual), `${what}: ${actual} is not NaN`);
    return;
  }
  const difference = Math.abs(actual - expected);
  assert.ok(difference <= 1e-12 * Math.max(1, Math.abs(expected)), `${what}: ${actual} is not ${expected}`);
}
