import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { MissingObjectError } from '../../../src/git/object-reader.ts';
import { resolveCommit, withObjects } from '../../../src/git/objects.ts';
import { openRepository, type Repository } from '../../../src/git/repository.ts';
import { resolveTrustedRef } from '../../../src/git/trusted-ref.ts';
import { type ScratchRepository, scratchFolder, scratchRepository } from './support/scratch-repository.ts';

/** A repository with a protected branch that is one commit behind main. */
function origin(context: TestContext): ScratchRepository {
  const repository = scratchRepository(context);
  repository.write('signoff.yaml', 'version: 1\n');
  repository.write('.signoff/approvals/model/run/one.json', '{}');
  repository.commit('One');
  repository.git('branch', 'release/2026');
  repository.git('branch', 'protected');
  repository.write('more', 'more');
  repository.commit('Two');
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  return repository;
}

async function cloneOf(context: TestContext, repository: ScratchRepository, ...args: string[]): Promise<Repository> {
  const folder = join(scratchFolder(context), 'clone');
  repository.git('clone', '--quiet', ...args, `file://${repository.folder}`, folder);
  const opened = await openRepository(folder);
  assert.ok(opened.ok);
  return opened.value;
}

for (const [asked, afterwards = asked] of [
  ['refs/remotes/origin/protected'],
  ['origin/protected'],
  ['origin/release/2026'],
  ['refs/heads/protected', 'refs/remotes/origin/protected'],
  ['protected', 'origin/protected'],
  ['<commit>'],
] as const) {
  test(`in a shallow clone without ${asked}, the command that is named brings it here`, async (context) => {
    const repository = origin(context);
    const clone = await cloneOf(context, repository, '--depth=1');
    const commit = repository.git('rev-parse', 'protected').trim();
    const resolve = (name: string) =>
      withObjects(clone, (objects) => resolveTrustedRef(clone, objects, name.replace('<commit>', commit)));
    const before = await resolve(asked);
    assert.ok(!before.ok && before.problem.code === 'anchor-missing');
    const command = /Run: (git fetch [^,]*)/.exec(before.problem.message)?.[1] ?? '';
    execSync(command, { cwd: clone.topLevel, stdio: 'ignore' });
    const after = await resolve(afterwards);
    assert.equal(after.ok ? after.value.commit : after.problem.message, commit);
  });
}

test('a remote of another name is fetched from by that name', async (context) => {
  const repository = origin(context);
  const clone = await cloneOf(context, repository, '--depth=1', '--origin', 'up/stream');
  const result = await withObjects(clone, (objects) => resolveTrustedRef(clone, objects, 'up/stream/protected'));
  const fetch = 'git fetch up/stream +refs/heads/protected:refs/remotes/up/stream/protected';
  assert.ok(!result.ok && result.problem.message.includes(fetch), JSON.stringify(result));
});

for (const filter of ['blob:none', 'tree:0']) {
  test(`in a partial clone (${filter}) what is missing is never taken for an empty folder or no file`, async (context) => {
    const clone = await cloneOf(context, origin(context), '--no-checkout', `--filter=${filter}`);
    const head = (await resolveCommit(clone, 'HEAD')) ?? '';
    await withObjects(clone, async (objects) => {
      await assert.rejects(objects.blobAt(head, 'signoff.yaml'), MissingObjectError);
      if (filter === 'tree:0') await assert.rejects(objects.filesBelow(head, '.signoff/approvals'), MissingObjectError);
    });
    execSync('git fetch --quiet --refetch --no-filter', { cwd: clone.topLevel, stdio: 'ignore' });
    await withObjects(clone, async (objects) => {
      assert.equal((await objects.blobAt(head, 'signoff.yaml'))?.toString(), 'version: 1\n');
      assert.equal((await objects.filesBelow(head, '.signoff/approvals')).length, 1);
    });
  });
}
