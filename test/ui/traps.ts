// What a repository of strangers could hold so that looking at it does something: programs that git would start, and
// addresses that somebody would call. Each leaves a trace.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Hooks that git may run while it only looks, or writes what it found out. */
const HOOKS = ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit', 'post-commit', 'pre-push'];

export interface ProgramTraps {
  /** The names of the traps that were sprung. */
  sprung(): readonly string[];
}

/** Sets a repository up to start a program at everything that git can be asked; `folder` is outside of it. */
export function setProgramTraps(repository: string, folder: string): ProgramTraps {
  const marks = join(folder, 'marks');
  const hooks = join(folder, 'hooks');
  for (const each of [marks, hooks]) mkdirSync(each, { recursive: true });
  const script = (path: string, mark: string): string => {
    writeFileSync(path, `#!/bin/sh\ntouch '${join(marks, mark)}'\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const program = (name: string): string => script(join(folder, name), name);
  for (const hook of HOOKS) script(join(hooks, hook), 'hook');
  const settings: Readonly<Record<string, string>> = {
    'core.fsmonitor': program('fsmonitor'),
    'core.hooksPath': hooks,
    'core.sshCommand': program('ssh-command'),
    'diff.external': program('diff-external'),
    'filter.trap.clean': program('clean'),
    'gpg.ssh.program': program('gpg-ssh-program'),
    'commit.gpgSign': 'true',
    'alias.trap': `!${program('alias')}`,
    'remote.origin.url': 'ssh://127.0.0.1/x.git',
  };
  for (const [name, value] of Object.entries(settings)) git(repository, ['config', name, value]);
  writeFileSync(join(repository, '.git', 'info', 'attributes'), '* filter=trap\n');
  return { sprung: () => readdirSync(marks).sort() };
}

/** Asks git as somebody does who trusts the repository; some of it fails, because no trap does any work. */
export function walkIntoProgramTraps(repository: string): void {
  writeFileSync(join(repository, 'README.md'), 'changed\n');
  const questions = ['status', 'diff', 'add README.md', 'commit --allow-empty --message=x', 'trap', 'fetch origin'];
  for (const question of questions) {
    try {
      git(repository, question.split(' '));
    } catch {}
  }
}

export interface ListeningServer {
  readonly port: number;
  /** How many connections came. */
  connections(): number;
  /** Resolves when the first has come. */
  readonly called: Promise<void>;
  close(): void;
}

/** Takes connections, counts them and hangs up. */
export async function listenForAnybody(): Promise<ListeningServer> {
  let count = 0;
  const { promise: called, resolve: tell } = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
    tell();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, connections: () => count, called, close: () => server.close() };
}

function git(repository: string, args: readonly string[]): void {
  execFileSync('git', args, { cwd: repository, stdio: 'ignore' });
}
