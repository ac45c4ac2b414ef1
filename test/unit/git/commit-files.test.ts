import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CommitStep, commitFiles } from '../../../src/git/commit-files.ts';
import { type ScratchRepository, scratchFolder, scratchRepository } from './support/scratch-repository.ts';

const PATH = '.signoff/approvals/m/r/production.risk.0123456789abcdef.json';
const CONTENT = Buffer.from('{"exact": "bytes"}\r\n\0end');
const STEPS: readonly CommitStep[] = [
  'blobs-written',
  'work-tree-written',
  'index-updated',
  'commit-created',
  'branch-moved',
];
const request = { files: [{ path: PATH, content: CONTENT }], message: 'Approve\n' };

/** Staged and unstaged hunks in one file, staged and unstaged deletions, a staged new file with a later chmod, intent to add, a rename, something untracked. */
function messyRepository(context: TestContext, ...initArgs: string[]): ScratchRepository {
  const repository = scratchRepository(context, ...initArgs);
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  for (const name of ['hunks', 'staged-gone', 'gone', 'old-name', 'kept']) repository.write(name, lines.join('\n'));
  repository.commit('Start');
  repository.write('hunks', ['staged', ...lines].join('\n'));
  repository.git('add', 'hunks');
  repository.write('hunks', ['staged', ...lines, 'unstaged'].join('\n'));
  repository.git('rm', '--quiet', '--cached', 'staged-gone');
  rmSync(join(repository.folder, 'gone'));
  repository.write('new', 'new');
  repository.git('add', 'new');
  chmodSync(join(repository.folder, 'new'), 0o755);
  repository.write('intended', 'later');
  repository.git('add', '-N', 'intended');
  repository.git('mv', 'old-name', 'new-name');
  repository.write('untracked', 'mine');
  return repository;
}

function userState(repository: ScratchRepository): string[] {
  return [
    repository.git('status', '--porcelain=v2'),
    repository.git('diff'),
    repository.git('diff', '--cached'),
    repository
      .git('ls-files', '-s')
      .split('\n')
      .filter((line) => !line.includes('.signoff/'))
      .join('\n'),
  ];
}

test('commits exactly the bytes, and only these files, beside staged and unstaged work that stays as it was', async (context) => {
  const repository = messyRepository(context);
  const before = userState(repository);
  const committed = await commitFiles(await repository.open(), request);
  assert.ok(committed.ok, JSON.stringify(committed));
  assert.deepEqual(userState(repository), before);
  assert.equal(repository.git('diff', '--name-only', 'HEAD~1', 'HEAD').trim(), PATH);
  assert.deepEqual(readFileSync(join(repository.folder, PATH)), CONTENT);
  assert.equal(repository.git('rev-parse', 'HEAD').trim(), committed.value.commit);
  assert.equal(repository.git('fsck', '--strict').trim(), '');
});

test('commits nothing when the branch has these files already', async (context) => {
  const repository = messyRepository(context);
  await commitFiles(await repository.open(), request);
  const again = await commitFiles(await repository.open(), request);
  assert.ok(again.ok && again.value.already);
  assert.equal(repository.git('rev-list', '--count', 'HEAD').trim(), '2');
});

for (const [name, init] of [
  ['a repository without a commit', []],
  ['a SHA-256 repository', ['--object-format=sha256']],
] as const) {
  test(`works in ${name}`, async (context) => {
    const repository = scratchRepository(context, ...init);
    const committed = await commitFiles(await repository.open(), request);
    assert.ok(committed.ok, JSON.stringify(committed));
    assert.equal(repository.git('status', '--porcelain').trim(), '');
  });
}

test('works in a linked work tree, and leaves the other one alone', async (context) => {
  const repository = messyRepository(context);
  const before = userState(repository);
  const other = join(scratchFolder(context), 'linked');
  repository.git('worktree', 'add', '--quiet', '-b', 'side', other);
  const { openRepository } = await import('../../../src/git/repository.ts');
  const opened = await openRepository(other);
  assert.ok(opened.ok);
  const committed = await commitFiles(opened.value, request);
  assert.ok(committed.ok, JSON.stringify(committed));
  assert.equal(committed.value.branch, 'refs/heads/side');
  assert.deepEqual(userState(repository), before);
});

test('works where the user checks out only part of the tree, and stays clean', async (context) => {
  const repository = scratchRepository(context);
  repository.write('in/file', 'a');
  repository.write('out/file', 'b');
  repository.commit('Start');
  repository.git('sparse-checkout', 'set', '--cone', 'in');
  const committed = await commitFiles(await repository.open(), request);
  assert.ok(committed.ok, JSON.stringify(committed));
  assert.equal(repository.git('status', '--porcelain').trim(), '');
  assert.match(repository.git('ls-tree', '-r', '--name-only', 'HEAD'), /out\/file/);
});

test('keeps the exact bytes under autocrlf and a clean filter', async (context) => {
  const repository = scratchRepository(context);
  repository.write('.gitattributes', '* text=auto filter=shout\n');
  repository.commit('Start');
  repository.git('config', 'core.autocrlf', 'true');
  repository.git('config', 'filter.shout.clean', 'tr a-z A-Z');
  const committed = await commitFiles(await repository.open(), request);
  assert.ok(committed.ok);
  assert.match(repository.git('cat-file', 'blob', `HEAD:${PATH}`), /"exact": "bytes"/);
});

for (const step of STEPS) {
  test(`killed after "${step}", it is completed by running it again: one commit, nothing of the user's touched`, async (context) => {
    const repository = messyRepository(context);
    const before = userState(repository);
    const script = join(import.meta.dirname, 'support/commit-one.ts');
    const killed = spawnSync(process.execPath, [script, repository.folder, PATH, 'content', step]);
    assert.equal(killed.signal, 'SIGKILL', String(killed.stderr));
    const again = spawnSync(process.execPath, [script, repository.folder, PATH, 'content']);
    assert.equal(again.status, 0, String(again.stderr));
    assert.equal(repository.git('rev-list', '--count', 'HEAD').trim(), '2');
    assert.deepEqual(userState(repository), before);
    assert.equal(repository.git('fsck').replace(/dangling .*\n/g, ''), '');
  });
}

test('12 processes at once: every commit lands, one after the other', async (context) => {
  const repository = messyRepository(context);
  const before = userState(repository);
  const script = join(import.meta.dirname, 'support/commit-one.ts');
  const paths = Array.from({ length: 12 }, (_, index) => `.signoff/approvals/m/r/${index}.json`);
  const ended = paths.map(
    (path) =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [script, repository.folder, path, path], {
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        let errors = '';
        child.stderr.on('data', (chunk) => (errors += chunk));
        child.on('close', (code) => resolve(code === 0 ? '' : errors));
      }),
  );
  assert.deepEqual(
    (await Promise.all(ended)).filter((error) => error !== ''),
    [],
  );
  assert.equal(repository.git('rev-list', '--count', 'HEAD').trim(), '13');
  assert.equal(repository.git('rev-list', '--merges', '--count', 'HEAD').trim(), '0');
  for (const path of paths) assert.equal(repository.git('cat-file', 'blob', `HEAD:${path}`), path);
  assert.deepEqual(userState(repository), before);
});

const REFUSED: readonly (readonly [string, string, (repository: ScratchRepository) => void])[] = [
  ['a detached HEAD', 'detached-head', (repository) => repository.git('switch', '--quiet', '--detach')],
  ['a merge', 'repository-busy', ({ folder }) => writeFileSync(join(folder, '.git/MERGE_HEAD'), '')],
  ['a rebase', 'repository-busy', ({ folder }) => mkdirSync(join(folder, '.git/rebase-merge'))],
  ['a bisect', 'repository-busy', ({ folder }) => writeFileSync(join(folder, '.git/BISECT_LOG'), '')],
  ['a symlinked folder', 'symlinked-folder', ({ folder }) => symlinkSync('/tmp', join(folder, '.signoff'))],
  ['a file of the user in its place', 'file-in-the-way', (repository) => repository.write(PATH, 'mine')],
  ['a folder in its place', 'file-in-the-way', ({ folder }) => mkdirSync(join(folder, PATH), { recursive: true })],
];

for (const [name, code, prepare] of REFUSED) {
  test(`refuses ${name}, in words, and changes nothing`, async (context) => {
    const repository = scratchRepository(context);
    repository.write('a', 'a');
    repository.commit('Start');
    prepare(repository);
    const before = repository.git('rev-parse', 'HEAD');
    const result = await commitFiles(await repository.open(), request);
    assert.equal(result.ok ? 'committed' : result.problem.code, code);
    assert.equal(repository.git('rev-parse', 'HEAD'), before);
  });
}

for (const path of ['../out', '/etc/x', '.git/config', 'a/../b', '.GIT/hooks/x', 'a//b', '']) {
  test(`refuses the path ${JSON.stringify(path)}`, async (context) => {
    const repository = scratchRepository(context);
    repository.write('a', 'a');
    repository.commit('Start');
    const result = await commitFiles(await repository.open(), { files: [{ path, content: CONTENT }], message: 'x' });
    assert.equal(result.ok ? 'committed' : result.problem.code, 'path-not-allowed');
  });
}

test('a lock that stays is named and left where it is', async (context) => {
  const repository = scratchRepository(context);
  repository.write('a', 'a');
  repository.commit('Start');
  const lock = join(repository.folder, '.git/index.lock');
  writeFileSync(lock, '');
  const result = await commitFiles(await repository.open(), request);
  assert.equal(result.ok ? 'committed' : result.problem.code, 'repository-locked');
  assert.match(result.ok ? '' : result.problem.message, /index\.lock/);
  assert.ok(existsSync(lock));
});
