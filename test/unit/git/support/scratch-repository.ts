import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openRepository, type Repository } from '../../../../src/git/repository.ts';

/** A git repository in the temporary folder, removed when the test ends. */
export interface ScratchRepository {
  readonly folder: string;
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  commit(message: string): string;
  open(): Promise<Repository>;
}

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@acme.example',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@acme.example',
};

export function scratchFolder(context: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-test-')));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export function scratchRepository(context: TestContext, ...initArgs: string[]): ScratchRepository {
  return repositoryIn(scratchFolder(context), ...initArgs);
}

export function repositoryIn(folder: string, ...initArgs: string[]): ScratchRepository {
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: ENVIRONMENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  // A repository that is there already may be in use by other processes.
  if (!existsSync(join(folder, '.git'))) {
    git('init', '--quiet', '--initial-branch=main', ...initArgs);
    git('config', 'user.name', 'Test');
    git('config', 'user.email', 'test@acme.example');
  }
  return {
    folder,
    git,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    commit(message) {
      git('add', '-A');
      git('commit', '--quiet', '-m', message);
      return git('rev-parse', 'HEAD').trim();
    },
    async open() {
      const opened = await openRepository(folder);
      if (!opened.ok) throw new Error(opened.problem.message);
      return opened.value;
    },
  };
}
