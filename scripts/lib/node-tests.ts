// Runs node:test files in their own process and counts what they say.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf } from './commands.ts';
import { nothing, type Tally } from './tally.ts';

export interface NodeTestOptions {
  /** How many files run at once; as many as there are processors when absent (node's own choice is one fewer). */
  readonly concurrency?: number;
}

/** Runs the files, shows each test, and returns the counts. */
export function runNodeTests(files: readonly string[], options: NodeTestOptions = {}): Tally {
  if (files.length === 0) return nothing;
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-tests-'));
  const tapFile = join(folder, 'results.tap');
  try {
    const concurrency = options.concurrency ?? availableParallelism();
    const reporters = [
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${tapFile}`,
    ];
    // Every file is a process of its own that loads the same modules: compiled once, they load in a sixth less time.
    const env = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
    const exitCode = exitCodeOf(
      process.execPath,
      ['--test', `--test-concurrency=${concurrency}`, ...reporters, ...files],
      { env },
    );
    return tallyOf(readFileSync(tapFile, 'utf8'), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tallyOf(tap: string, exitCode: number): Tally {
  const count = (name: string): number => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  // A run that failed without a failing test (a crash of the runner) must not look green.
  return { passed: count('pass'), failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}
