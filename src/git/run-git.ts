import { scrubbedEnvironment, userEnvironment } from './environment.ts';
import { findProgram } from './find-program.ts';
import { type ProcessOutput, runProcess } from './run-process.ts';

/** Where a git call runs. `Repository` fits; while a repository is being opened only this much is known. */
export interface GitPlace {
  readonly topLevel: string;
}

export interface GitOptions {
  readonly input?: Uint8Array | string;
  readonly signal?: AbortSignal | undefined;
  /** A private index instead of the user's. */
  readonly indexFile?: string;
  readonly maxBytes?: number;
  /** Settings for this call. Unlike `-c`, they can have names with any character. */
  readonly settings?: Readonly<Record<string, string>>;
}

export const GIT_MISSING = 'Git was not found on the PATH: install git, then try again.';

/** No program that the repository's own configuration names may run: no monitor, no hooks. */
export const NO_PROGRAMS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'] as const;

/** Options of every reading call. `safe.directory` because containers check out as another user than they run as. */
export function readerOptions(topLevel: string): string[] {
  return [
    ...NO_PROGRAMS,
    '-c',
    'safe.bareRepository=explicit',
    '-c',
    `safe.directory=${topLevel}`,
    '-c',
    'protocol.allow=never',
    // A cache of who is whose parent, which git believes without looking at the commits.
    '-c',
    'core.commitGraph=false',
    '--no-replace-objects',
    '--no-pager',
  ];
}

/** Reads with a scrubbed environment: see `environment.ts`. Only for commands that read. */
export function readGit(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<ProcessOutput> {
  return runProcess(gitProgram(), [...readerOptions(place.topLevel), ...args], {
    ...options,
    cwd: place.topLevel,
    env: scrubbedEnvironment(),
  });
}

/** Runs git as the user has set it up, but offline, without hooks and monitors: in a partial clone, git would otherwise fetch. */
export function runGit(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<ProcessOutput> {
  const { indexFile, settings = {}, ...rest } = options;
  const env = {
    ...userEnvironment(),
    ...settingsInEnvironment(settings),
    GIT_NO_LAZY_FETCH: '1',
    ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }),
  };
  // Whoever signs here has opened this folder, whoever owns it; and nothing that it names is run.
  const owner = ['-c', `safe.directory=${place.topLevel}`];
  const offline = ['-c', 'protocol.allow=never', '--no-replace-objects', '--no-pager'];
  return runProcess(gitProgram(), [...NO_PROGRAMS, ...owner, ...offline, ...args], {
    ...rest,
    cwd: place.topLevel,
    env,
  });
}

function settingsInEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings);
  const variables = entries.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...Object.fromEntries(variables), GIT_CONFIG_COUNT: String(entries.length) };
}

/** Runs the user's own git with their hooks: for `push`, whose LFS hook uploads what the push needs. */
export function runGitWithHooks(
  place: GitPlace,
  args: readonly string[],
  options: GitOptions = {},
): Promise<ProcessOutput> {
  return runProcess(gitProgram(), ['--no-pager', ...args], { ...options, cwd: place.topLevel, env: userEnvironment() });
}

/** Absolute path of git. Throws when there is none; `openRepository` says so in words before anything else runs. */
export function gitProgram(): string {
  const program = findProgram('git');
  if (program === undefined) throw new Error(GIT_MISSING);
  return program;
}

/** Git's own last words, for a message to the user. */
export function gitSaid(output: ProcessOutput): string {
  const lines = output.stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('hint:'));
  return lines.slice(0, 3).join(' ') || `git ended with status ${output.code}`;
}
