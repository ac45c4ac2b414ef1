import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commitFiles } from '../../../src/git/commit-files.ts';
import { lastChangeOf } from '../../../src/git/history.ts';
import { CorruptObjectError } from '../../../src/git/object-reader.ts';
import { listFiles, readBlob, resolveCommit, withObjects } from '../../../src/git/objects.ts';
import { readTag } from '../../../src/git/tag.ts';
import { resolveTrustedRef } from '../../../src/git/trusted-ref.ts';
import { makeHostile } from './support/hostile.ts';
import { type ScratchRepository, scratchFolder, scratchRepository } from './support/scratch-repository.ts';

/** A repository whose configuration names a program wherever git lets it. */
function hostileRepository(context: TestContext): { repository: ScratchRepository; executed: () => string[] } {
  const repository = scratchRepository(context);
  repository.write('file', 'content');
  repository.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
  repository.commit('Start');
  return { repository, executed: makeHostile(repository, scratchFolder(context)) };
}

test('reading a hostile repository runs nothing of it', async (context) => {
  const { repository, executed } = hostileRepository(context);
  const opened = await repository.open();
  const head = await resolveCommit(opened, 'HEAD');
  assert.ok(head);
  assert.equal(Buffer.from((await readBlob(opened, head, 'file')) ?? []).toString(), 'content');
  assert.equal((await listFiles(opened, head, '')).length, 2);
  await lastChangeOf(opened, head, 'file');
  await readTag(opened, 'v1');
  await withObjects(opened, async (objects) => {
    assert.equal(await objects.blob('1'.repeat(40)), undefined);
    assert.ok((await resolveTrustedRef(opened, objects, 'main')).ok);
  });
  assert.deepEqual(executed(), []);
});

test('committing in a hostile repository runs nothing of it', async (context) => {
  const { repository, executed } = hostileRepository(context);
  const result = await commitFiles(await repository.open(), {
    files: [{ path: '.signoff/a.json', content: Buffer.from('{}') }],
    message: 'Approve\n',
  });
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(executed(), []);
});

test('a replaced object shows its true content', async (context) => {
  const repository = scratchRepository(context);
  repository.write('file', 'true');
  repository.commit('Start');
  writeFileSync(join(repository.folder, 'evil'), 'evil');
  const evil = repository.git('hash-object', '-w', 'evil').trim();
  repository.git('replace', repository.git('rev-parse', 'HEAD:file').trim(), evil);
  const opened = await repository.open();
  assert.equal(
    Buffer.from((await readBlob(opened, (await resolveCommit(opened, 'HEAD')) ?? '', 'file')) ?? []).toString(),
    'true',
  );
});

test('a doctored object is refused: its bytes are not what its id promises', async (context) => {
  const repository = scratchRepository(context);
  repository.write('file', 'true');
  repository.write('evil', 'evil');
  repository.commit('Start');
  const [honest, evil] = ['file', 'evil'].map((name) => repository.git('rev-parse', `HEAD:${name}`).trim());
  const objectPath = (oid = '') => join(repository.folder, '.git/objects', oid.slice(0, 2), oid.slice(2));
  const { chmodSync, copyFileSync } = await import('node:fs');
  chmodSync(objectPath(honest), 0o644);
  copyFileSync(objectPath(evil), objectPath(honest));
  const opened = await repository.open();
  const head = (await resolveCommit(opened, 'HEAD')) ?? '';
  await assert.rejects(readBlob(opened, head, 'file'), CorruptObjectError);
});

test('a symlink and a submodule are no files', async (context) => {
  const repository = scratchRepository(context);
  repository.write('file', 'x');
  const { symlinkSync } = await import('node:fs');
  symlinkSync('file', join(repository.folder, 'link'));
  repository.git('add', '-A');
  repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
  repository.git('commit', '--quiet', '-m', 'x');
  const opened = await repository.open();
  const head = (await resolveCommit(opened, 'HEAD')) ?? '';
  assert.equal(await readBlob(opened, head, 'link'), undefined);
  assert.equal(await readBlob(opened, head, 'module'), undefined);
  assert.ok(existsSync(join(repository.folder, 'link')));
});

const ANCHORS: readonly (readonly [name: string, code: string])[] = [
  ['main', 'ok'],
  ['refs/heads/main', 'ok'],
  ['origin/main', 'ok'],
  ['refs/remotes/origin/main', 'ok'],
  ['both', 'anchor-ambiguous'],
  ['HEAD', 'anchor-not-allowed'],
  ['origin/HEAD', 'anchor-not-allowed'],
  ['@', 'anchor-not-allowed'],
  ['refs/tags/v1', 'anchor-not-allowed'],
  ['v1', 'anchor-missing'],
  ['main~1', 'anchor-not-allowed'],
  ['main^{commit}', 'anchor-not-allowed'],
  ['main@{1}', 'anchor-not-allowed'],
  ['ma*', 'anchor-not-allowed'],
  ['--all', 'anchor-not-allowed'],
  ['', 'anchor-not-allowed'],
  ['nowhere', 'anchor-missing'],
  ['0'.repeat(40), 'anchor-missing'],
];

test('a trusted ref is a branch or a commit, by an unmistakable name', async (context) => {
  const repository = scratchRepository(context);
  repository.write('a', 'a');
  const commit = repository.commit('Start');
  repository.git('tag', '-a', '-m', 'x', 'v1');
  repository.git('update-ref', 'refs/remotes/origin/main', commit);
  repository.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  repository.git('update-ref', 'refs/heads/both', commit);
  repository.git('update-ref', 'refs/remotes/both', commit);
  const opened = await repository.open();
  await withObjects(opened, async (objects) => {
    for (const [name, code] of [
      ...ANCHORS,
      [commit, 'ok'] as const,
      [repository.git('rev-parse', 'v1').trim(), 'anchor-missing'] as const,
    ]) {
      const result = await resolveTrustedRef(opened, objects, name);
      assert.equal(result.ok ? 'ok' : result.problem.code, code, name);
      if (result.ok) assert.equal(result.value.commit, commit);
    }
  });
});

test('a shallow clone without the anchor names the command that fetches it', async (context) => {
  const origin = scratchRepository(context);
  origin.write('a', 'a');
  origin.commit('One');
  const clone = join(scratchFolder(context), 'clone');
  origin.git('clone', '--quiet', '--depth=1', `file://${origin.folder}`, clone);
  const { openRepository } = await import('../../../src/git/repository.ts');
  const opened = await openRepository(clone);
  assert.ok(opened.ok);
  await withObjects(opened.value, async (objects) => {
    const result = await resolveTrustedRef(opened.value, objects, 'origin/protected');
    assert.match(
      result.ok ? '' : result.problem.message,
      /shallow.*git fetch origin \+refs\/heads\/protected:refs\/remotes\/origin\/protected/,
    );
  });
});

test('a malformed folder object is refused, and does not hang the reader', async (context) => {
  const repository = scratchRepository(context);
  repository.write('tree', Buffer.concat([Buffer.from('100644 file\0'), Buffer.alloc(7)]));
  const tree = repository.git('hash-object', '-t', 'tree', '-w', '--literally', 'tree').trim();
  const commit = repository.git('commit-tree', '-m', 'x', tree).trim();
  await assert.rejects(readBlob(await repository.open(), commit, 'file'), CorruptObjectError);
});
