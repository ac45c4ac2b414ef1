// Runs other programs for the scripts. Their output goes to standard error, so that standard output holds results.
import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program, shows what it prints, and throws one sentence when it fails. */
export function runCommand(program: string, args: readonly string[], options: CommandOptions = {}): void {
  const { status, error } = spawnSync(program, args, {
    ...inheritedEnvironment(options),
    stdio: ['ignore', 2, 2],
    shell: needsShell(program),
  });
  if (status !== 0) throw new Error(failureSentence(program, args, error?.message ?? `exit code ${status}`));
}

/** Runs a program and returns what it printed; what it says on standard error becomes the failure's text. */
export function outputOf(program: string, args: readonly string[], options: CommandOptions = {}): string {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    ...inheritedEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    shell: needsShell(program),
  });
  if (status !== 0) throw new Error(failureSentence(program, args, error?.message ?? stderr.trim()));
  return stdout;
}

/** Runs a program and returns its exit code; what it prints is shown. */
export function exitCodeOf(program: string, args: readonly string[], options: CommandOptions = {}): number {
  const { status, error } = spawnSync(program, args, { ...inheritedEnvironment(options), stdio: ['ignore', 1, 2] });
  if (error) throw error;
  return status ?? 1;
}

function inheritedEnvironment(options: CommandOptions): { cwd?: string; env: NodeJS.ProcessEnv } {
  const env = { ...process.env, ...options.env };
  return options.cwd === undefined ? { env } : { cwd: options.cwd, env };
}

/** npm is a batch file on Windows. */
function needsShell(program: string): boolean {
  return process.platform === 'win32' && program === 'npm';
}

function failureSentence(program: string, args: readonly string[], reason: string): string {
  return `${[program, ...args].join(' ')} failed: ${reason}`;
}
