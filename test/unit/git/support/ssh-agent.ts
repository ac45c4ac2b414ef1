import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { scratchFolder } from './scratch-repository.ts';

const NAMES = ['HOME', 'SSH_AUTH_SOCK', 'SSH_ASKPASS', 'SSH_ASKPASS_REQUIRE', 'DISPLAY'] as const;

/** A home of one's own without agent, askpass or display, until the test ends. */
export function isolateSsh(context: TestContext): string {
  const home = scratchFolder(context);
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  for (const name of NAMES) delete process.env[name];
  process.env['HOME'] = home;
  context.after(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  return home;
}

/** Starts a real ssh-agent, which ends with the test, and tells OpenSSH of it. */
export function startAgent(context: TestContext): void {
  const said = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
  process.env['SSH_AUTH_SOCK'] = /SSH_AUTH_SOCK=([^;]+);/.exec(said)?.[1];
  const pid = Number(/SSH_AGENT_PID=(\d+);/.exec(said)?.[1]);
  context.after(() => process.kill(pid));
}

/** Makes a key with ssh-keygen, and gives its file. */
export function makeKey(folder: string, name: string, passphrase = '', ...more: string[]): string {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', ...more, '-N', passphrase, '-C', name, '-f', file]);
  return file;
}

export function addToAgent(file: string, ...options: string[]): void {
  execFileSync('ssh-add', ['-q', ...options, file], { stdio: 'ignore' });
}

/** A program that answers every question with the same line; without one it refuses to answer. */
export function askpass(folder: string, answer: string | undefined): string {
  const file = join(folder, `askpass-${answer ?? 'refuses'}`);
  writeFileSync(file, answer === undefined ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(file, 0o700);
  return file;
}
