// A scratch copy of the sample as a git repository, with a demo key for every person that its policy names.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { outputOf } from './commands.ts';
import { inRepository } from './repository.mjs';

/** He commits the sample; he holds no role, so `separate_from: [author]` stands in nobody's way. */
const author = { name: 'Dan', email: 'dan@acme.example' };

export interface SampleWorkspace {
  /** The repository to open. */
  readonly folder: string;
  /** Person (as in the policy) -> private key file, outside the repository. */
  readonly keys: Readonly<Record<string, string>>;
  /** The command line, as it was built last. */
  readonly command: string;
  /** User settings with which the extension offers the demo keys, and a terminal knows the command line. */
  readonly settings: Readonly<Record<string, unknown>>;
  remove(): void;
}

export interface SampleOptions {
  /** The folder to copy; the credit-risk example when absent. */
  readonly sampleFolder?: string;
}

/** Makes the scratch copy in the system's temporary folder. */
export function createSampleWorkspace(options: SampleOptions = {}): SampleWorkspace {
  const sampleFolder = options.sampleFolder ?? inRepository('examples', 'credit-risk');
  if (!existsSync(join(sampleFolder, 'signoff.yaml')))
    throw new Error(`The sample has no signoff.yaml: ${sampleFolder}`);
  const scratch = mkdtempSync(join(tmpdir(), 'model-signoff-'));
  const folder = join(scratch, 'credit-risk');
  cpSync(sampleFolder, folder, { recursive: true, filter: isPartOfSample });
  const keys = createKeys(join(scratch, 'keys'), peopleOf(join(folder, 'signoff.yaml')));
  writeTrust(folder, keys);
  createRepository(folder, Object.entries(keys)[0]);
  const command = createCommand(join(scratch, 'bin'));
  return {
    folder,
    keys,
    command,
    settings: { 'modelSignoff.signingKeys': Object.values(keys), ...terminalSettings(dirname(command)) },
    remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What Python leaves behind when somebody trained the sample anew is no part of it. */
function isPartOfSample(path: string): boolean {
  return !['__pycache__', '.venv'].includes(basename(path));
}

/** Nothing is installed, so the command gets a folder of its own that a terminal's PATH can begin with. */
function createCommand(folder: string): string {
  const entry = inRepository('dist', 'cli', 'signoff.cjs');
  const isWindows = process.platform === 'win32';
  const command = join(folder, isWindows ? 'signoff.cmd' : 'signoff');
  mkdirSync(folder);
  const script = isWindows
    ? `@"${process.execPath}" "${entry}" %*\r\n`
    : `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`;
  writeFileSync(command, script, { mode: 0o755 });
  return command;
}

function terminalSettings(folder: string): Record<string, unknown> {
  const value = { PATH: `${folder}${delimiter}\${env:PATH}` };
  return Object.fromEntries(['linux', 'osx', 'windows'].map((system) => [`terminal.integrated.env.${system}`, value]));
}

function peopleOf(policyFile: string): string[] {
  const policy = parse(readFileSync(policyFile, 'utf8')) as { signoff?: { roles?: Record<string, string[]> } };
  return [...new Set(Object.values(policy.signoff?.roles ?? {}).flat())];
}

function createKeys(folder: string, people: readonly string[]): Record<string, string> {
  mkdirSync(folder, { mode: 0o700 });
  const keys: Record<string, string> = {};
  for (const person of people) {
    const file = join(folder, person);
    outputOf('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', person, '-f', file]);
    keys[person] = file;
  }
  return keys;
}

function writeTrust(folder: string, keys: Readonly<Record<string, string>>): void {
  const lines = Object.entries(keys).map(([person, file]) => {
    const [type, key] = readFileSync(`${file}.pub`, 'utf8').split(' ');
    return `${person} namespaces="model-signoff" ${type} ${key}\n`;
  });
  mkdirSync(join(folder, '.signoff'), { recursive: true });
  writeFileSync(join(folder, '.signoff', 'allowed_signers'), lines.join(''));
  writeFileSync(join(folder, '.signoff', '.gitattributes'), '* -text -filter -ident -working-tree-encoding\n');
}

/** The first person of the policy is the one whose git this is. */
function createRepository(folder: string, owner: readonly [string, string] | undefined): void {
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  git(folder, ['add', '--all']);
  git(folder, ['commit', '--quiet', '--message=Train the credit-risk model and say what it must hold']);
  if (!owner) return;
  const [person, key] = owner;
  const name = person.slice(0, person.indexOf('@'));
  git(folder, ['config', 'user.name', name.charAt(0).toUpperCase() + name.slice(1)]);
  git(folder, ['config', 'user.email', person]);
  git(folder, ['config', 'gpg.format', 'ssh']);
  git(folder, ['config', 'user.signingkey', `${key}.pub`]);
}

/** The scratch repository must not depend on what this machine's git is set up to do. */
function git(folder: string, args: readonly string[]): void {
  outputOf('git', args, {
    cwd: folder,
    env: {
      GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
    },
  });
}
