import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { repositoryToVerify } from '../../../src/cli/repository-to-verify.ts';
import { git } from './signoff-process.ts';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'signoff-place-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function repository(path: string): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(join(folder, 'signoff.yaml'), 'version: 1\n');
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=a');
  return folder;
}

function place(folder: string, more: { policy?: string; repository?: string; shellFolder?: string } = {}) {
  return repositoryToVerify({ folder, shellFolder: undefined, policy: undefined, repository: undefined, ...more });
}

async function codeOf(answer: ReturnType<typeof place>): Promise<string> {
  const result = await answer;
  return result.ok ? 'ok' : result.problem.code;
}

test('the policy is the one in this very folder, or the one named, and nothing is searched above', async () => {
  const folder = repository('app');
  mkdirSync(join(folder, 'team'));
  const here = await place(join(folder, 'team'));
  assert.ok(here.ok && here.value.policyPath === 'team/signoff.yaml');
  const named = await place(folder, { policy: 'team/other.yaml' });
  assert.ok(named.ok && named.value.policyPath === 'team/other.yaml');
});

test('a symlink in the tree can’t lead to another project’s policy', async () => {
  const folder = repository('app');
  mkdirSync(join(folder, 'sandbox'));
  symlinkSync('sandbox', join(folder, 'prod'));
  assert.equal(await codeOf(place(folder, { policy: 'prod/signoff.yaml' })), 'policy-behind-symlink');
  const inside = place(join(folder, 'sandbox'), { shellFolder: join(folder, 'prod') });
  assert.equal(await codeOf(inside), 'policy-behind-symlink');
});

test('a symlink above the checkout is the machine’s own', async () => {
  const folder = repository('app');
  symlinkSync(root, `${root}-link`);
  try {
    assert.equal(await codeOf(place(folder, { shellFolder: join(`${root}-link`, 'app') })), 'ok');
  } finally {
    rmSync(`${root}-link`);
  }
});

test('a submodule in place of a folder can’t bring its own trust', async () => {
  const evil = repository('evil');
  const app = repository('app');
  git(app, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', evil, 'prod');
  git(app, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=b');
  assert.equal(await codeOf(place(app, { policy: 'prod/signoff.yaml' })), 'policy-in-other-repository');
  assert.equal(await codeOf(place(join(app, 'prod'))), 'repository-is-submodule');
  assert.equal(await codeOf(place(join(app, 'prod'), { repository: '.' })), 'ok');
});

test('a checkout that merely lies in another one is its user’s doing', async () => {
  repository('outer');
  const inner = repository('outer/inner');
  assert.equal(await codeOf(place(inner)), 'ok');
});

test('a policy outside the repository is refused', async () => {
  assert.equal(await codeOf(place(repository('app'), { policy: '../signoff.yaml' })), 'policy-outside');
});
