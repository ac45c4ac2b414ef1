import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commitFiles } from '../../../src/git/commit-files.ts';
import { pushSignOffs } from '../../../src/git/push-sign-offs.ts';
import { repositoryIn, type ScratchRepository, scratchFolder } from './support/scratch-repository.ts';

interface Clones {
  readonly remote: string;
  readonly ana: ScratchRepository;
  readonly ben: ScratchRepository;
}

/** One bare remote with a commit on main, and two people's clones of it. */
function clones(context: TestContext): Clones {
  const parent = scratchFolder(context);
  const remote = join(parent, 'remote.git');
  const people = ['ana', 'ben'].map((name) => repositoryIn(join(parent, name)));
  const [ana, ben] = people as [ScratchRepository, ScratchRepository];
  ana.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  ana.write('signoff.yaml', 'version: 1\n');
  ana.commit('Start');
  for (const { git } of people) git('remote', 'add', 'origin', remote);
  ana.git('push', '--quiet', '-u', 'origin', 'main');
  ben.git('fetch', '--quiet', 'origin');
  ben.git('reset', '--quiet', '--hard', 'origin/main');
  ben.git('branch', '--quiet', '--set-upstream-to=origin/main');
  return { remote, ana, ben };
}

async function signOff(repository: ScratchRepository, name: string, content = name): Promise<void> {
  const path = `.signoff/approvals/model/run/${name}.json`;
  const files = [{ path, content: Buffer.from(content) }];
  const committed = await commitFiles(await repository.open(), { files, message: `Approve ${name}\n\nStatement\n` });
  assert.ok(committed.ok, JSON.stringify(committed));
}

async function push(repository: ScratchRepository): Promise<string> {
  const pushed = await pushSignOffs(await repository.open());
  return pushed.ok ? pushed.value.how : pushed.problem.code;
}

const onRemote = ({ ana, remote }: Clones) =>
  ana.git('--git-dir', remote, 'ls-tree', '-r', '--name-only', 'main').trim().split('\n').sort();

test('a sign-off is pushed as it is, and once', async (context) => {
  const both = clones(context);
  await signOff(both.ana, 'a');
  assert.equal(await push(both.ana), 'as they are');
  assert.equal(await push(both.ana), 'there already');
  assert.deepEqual(onRemote(both), ['.signoff/approvals/model/run/a.json', 'signoff.yaml']);
});

test('when the remote has moved on, the sign-off is rebuilt on its head, and the user’s work stays as it was', async (context) => {
  const both = clones(context);
  const { ana, ben } = both;
  ana.write('theirs.txt', 'theirs');
  ana.commit('Something of ana’s');
  ana.git('push', '--quiet');
  await signOff(ana, 'a');
  assert.equal(await push(ana), 'as they are');
  await signOff(ben, 'b1');
  await signOff(ben, 'b2');
  ben.write('signoff.yaml', 'version: 1 # unstaged\n');
  ben.write('staged.txt', 'staged');
  ben.git('add', 'staged.txt');
  ben.write('untracked.txt', 'untracked');
  const before = [ben.git('status', '--porcelain=v2'), ben.git('rev-parse', 'HEAD'), ben.git('diff')];
  assert.equal(await push(ben), 'rebuilt');
  assert.deepEqual([ben.git('status', '--porcelain=v2'), ben.git('rev-parse', 'HEAD'), ben.git('diff')], before);
  assert.equal(ben.git('for-each-ref', 'refs/signoff').trim(), '', 'no ref of ours is left');
  const names = ['a', 'b1', 'b2'].map((name) => `.signoff/approvals/model/run/${name}.json`);
  assert.deepEqual(onRemote(both), [...names, 'signoff.yaml', 'theirs.txt']);
  const subjects = ben.git('--git-dir', both.remote, 'log', '--format=%s', 'main').trim().split('\n');
  assert.deepEqual(subjects.slice(0, 2), ['Approve b2', 'Approve b1']);
  assert.equal(await push(ben), 'there already', 'copies are known by what they hold');
  await signOff(ben, 'b3');
  assert.equal(await push(ben), 'rebuilt');
  ben.git('stash', '--quiet', '--include-untracked');
  ben.git('pull', '--quiet', '--rebase');
  assert.equal(ben.git('rev-parse', 'HEAD'), ben.git('rev-parse', 'origin/main'), 'a pull drops what is there twice');
});

test('a commit of the user’s own is never pushed along', async (context) => {
  const both = clones(context);
  both.ana.write('draft.txt', 'not yet');
  both.ana.commit('A draft');
  await signOff(both.ana, 'a');
  assert.equal(await push(both.ana), 'push-others');
  assert.deepEqual(onRemote(both), ['signoff.yaml']);
});

test('a branch that the remote does not have is the user’s to push', async (context) => {
  const both = clones(context);
  both.ana.git('switch', '--quiet', '-c', 'feature');
  await signOff(both.ana, 'a');
  assert.equal(await push(both.ana), 'push-others');
});

test('another file under the same name is not overwritten', async (context) => {
  const both = clones(context);
  await signOff(both.ana, 'same', 'of ana');
  await push(both.ana);
  await signOff(both.ben, 'same', 'of ben');
  assert.equal(await push(both.ben), 'push-conflict');
});

test('a remote that refuses is quoted, and one that is not there is named', async (context) => {
  const both = clones(context);
  mkdirSync(join(both.remote, 'hooks'), { recursive: true });
  writeFileSync(join(both.remote, 'hooks', 'pre-receive'), '#!/bin/sh\necho protected >&2\nexit 1\n');
  chmodSync(join(both.remote, 'hooks', 'pre-receive'), 0o755);
  await signOff(both.ana, 'a');
  assert.equal(await push(both.ana), 'push-refused');
  both.ana.git('remote', 'set-url', 'origin', join(both.remote, 'nowhere'));
  assert.equal(await push(both.ana), 'push-failed');
  both.ana.git('remote', 'remove', 'origin');
  assert.equal(await push(both.ana), 'no-remote');
  both.ana.git('switch', '--quiet', '--detach');
  both.ana.git('remote', 'add', 'origin', both.remote);
  assert.equal(await push(both.ana), 'push-detached');
});

test('the user’s own hook runs before a push, as it does for theirs', async (context) => {
  const both = clones(context);
  const hook = join(both.ana.folder, '.git/hooks/pre-push');
  writeFileSync(hook, `#!/bin/sh\ncat > '${both.ana.folder}/.git/hook-ran'\n`);
  chmodSync(hook, 0o755);
  await signOff(both.ana, 'a');
  assert.equal(await push(both.ana), 'as they are');
  assert.match(readFileSync(join(both.ana.folder, '.git/hook-ran'), 'utf8'), /refs\/heads\/main/);
});

test('eight people push at once from their own clones: every sign-off is on the remote', async (context) => {
  const both = clones(context);
  const parent = scratchFolder(context);
  const people = Array.from({ length: 8 }, (_, index) => {
    const folder = join(parent, `${index}`);
    both.ana.git('clone', '--quiet', both.remote, folder);
    const person = repositoryIn(folder);
    person.git('config', 'user.name', 'Test');
    person.git('config', 'user.email', 'test@acme.example');
    return { person, name: `p${index}` };
  });
  for (const { person, name } of people) await signOff(person, name);
  const results = await Promise.all(people.map(({ person }) => push(person)));
  assert.ok(
    results.every((how) => how === 'as they are' || how === 'rebuilt'),
    results.join(),
  );
  assert.equal(onRemote(both).filter((path) => path.startsWith('.signoff/')).length, people.length);
});
