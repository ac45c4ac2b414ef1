import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  listModelFiles,
  listModelFilesAt,
  type ModelFiles,
  measureModelFiles,
} from '../../../src/evidence/model-files.ts';
import { scratchFolder } from './folder.ts';

const DVC_PROJECT = fileURLToPath(new URL('../../fixtures/dvc-pointers/project', import.meta.url));
const RESOLVE = { pointers: 'resolve pointers' } as const;
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const md5 = (content: string) => createHash('md5').update(content).digest('hex');

async function listed(path: string): Promise<ModelFiles> {
  const found = await listModelFilesAt(path, RESOLVE);
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

async function problemAt(path: string): Promise<string> {
  const found = await listModelFilesAt(path, RESOLVE);
  assert.ok(!found.ok, JSON.stringify(found));
  assert.equal(found.problem.code, 'model-pointer');
  return found.problem.message;
}

function lfsPointer(content: string, size = Buffer.byteLength(content)): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${size}\n`;
}

/** A repository whose model has one file in Git LFS, which was fetched and not checked out. */
function lfsRepository(content = 'weights', git = '.git') {
  const folder = scratchFolder();
  const oid = sha256(content);
  folder.write('model/MLmodel', 'x');
  folder.write('model/deep/weights.bin', lfsPointer(content));
  const object = folder.write(`${git}/lfs/objects/${oid.slice(0, 2)}/${oid.slice(2, 4)}/${oid}`, content);
  return { folder, object, model: join(folder.path, 'model') };
}

test('a pointer of Git LFS stands for its object, and makes the same model as when it is pulled', async () => {
  const { folder, model } = lfsRepository();
  const before = await listed(model);
  assert.deepEqual(before.files[1], { name: 'deep/weights.bin', sha256: sha256('weights'), size: 7 });
  const measured = await measureModelFiles('model', {
    policyFolder: folder.path,
    run: { artifactFolder: undefined, models: [], registered: [] },
  });
  assert.deepEqual(measured.ok && measured.value, { bytes: 8, count: 2 });
  folder.write('model/deep/weights.bin', 'weights');
  const after = await listModelFilesAt(model);
  assert.deepEqual(after.ok && after.value, before);
});

test('where bytes are verified, a pointer is no bytes, whatever the store has', async () => {
  const { model } = lfsRepository();
  const lfs = await listModelFilesAt(model);
  assert.match(lfs.ok ? '' : lfs.problem.message, /“deep\/weights\.bin” is missing: .* `git lfs pull`/);
  for (const name of ['model', 'lone.bin']) {
    const dvc = await listModelFilesAt(join(DVC_PROJECT, name));
    assert.match(dvc.ok ? '' : dvc.problem.message, /is missing: .* `dvc pull`/);
  }
});

test('the object is found from a work tree and from a submodule', async () => {
  const elsewhere = lfsRepository('weights', 'main.git');
  const tree = elsewhere.folder;
  tree.write('main.git/worktrees/one/commondir', '../..\n');
  tree.write('.git', 'gitdir: main.git/worktrees/one\n');
  assert.equal((await listed(elsewhere.model)).files.length, 2);
  tree.write('.git', 'gitdir: main.git\n');
  assert.equal((await listed(elsewhere.model)).files.length, 2);
  tree.write('.git', 'nothing of the kind');
  assert.match(await problemAt(elsewhere.model), /git lfs pull/);
});

test('an object that is not what the pointer names is refused', async () => {
  const changed = lfsRepository();
  writeFileSync(changed.object, 'weightz');
  assert.match(await problemAt(changed.model), /is damaged; run `git lfs fsck` and `git lfs pull`/);
  const otherSize = lfsRepository();
  otherSize.folder.write('model/deep/weights.bin', lfsPointer('weights', 8));
  assert.match(await problemAt(otherSize.model), /is damaged/);
});

test('a pointer that can’t be followed is missing: no object, a link for an object, extensions, half a pointer', async () => {
  const gone = lfsRepository();
  rmSync(gone.object);
  assert.match(await problemAt(gone.model), /git lfs pull/);
  symlinkSync(gone.folder.write('elsewhere', 'weights'), gone.object);
  assert.match(await problemAt(gone.model), /git lfs pull/);
  const odd = lfsRepository();
  for (const pointer of [
    lfsPointer('weights').replace('\noid', `\next-0-crypt sha256:${sha256('plain')}\noid`),
    lfsPointer('weights').slice(0, 60),
    lfsPointer('weights')
      .toUpperCase()
      .replace('VERSION HTTPS://GIT-LFS.GITHUB.COM', 'version https://git-lfs.github.com'),
    lfsPointer('weights').replace('sha256:', 'sha256:../../'),
    `${lfsPointer('weights')}more\n`,
  ]) {
    odd.folder.write('model/deep/weights.bin', pointer.replace('/SPEC/', '/spec/'));
    assert.match(await problemAt(odd.model), /git lfs pull/, pointer);
  }
});

test('what DVC has in its cache is the model: a folder, a file, and a folder inside the model', async () => {
  const folder = await listed(join(DVC_PROJECT, 'model'));
  assert.deepEqual(folder.files, [
    { name: 'sub/more.txt', sha256: sha256('more\n'), size: 5 },
    { name: 'weights.bin', sha256: sha256('weights\n'), size: 8 },
  ]);
  assert.equal(folder.folder, join(DVC_PROJECT, 'model'));
  const file = await listed(join(DVC_PROJECT, 'lone.bin'));
  assert.deepEqual(file.files, [{ name: 'lone.bin', sha256: sha256('lone\r\nfile'), size: 10 }]);
  const inside = scratchFolder();
  cpSync(DVC_PROJECT, inside.path, { recursive: true });
  mkdirSync(join(inside.path, 'all'));
  for (const name of ['model.dvc', 'lone.bin.dvc']) cpSync(join(inside.path, name), join(inside.path, 'all', name));
  assert.deepEqual(
    (await listed(join(inside.path, 'all'))).files.map(({ name }) => name),
    ['lone.bin', 'lone.bin.dvc', 'model.dvc', 'model/sub/more.txt', 'model/weights.bin'],
  );
});

test('the policy names what DVC keeps as if it were there', async () => {
  const run = { artifactFolder: undefined, models: [], registered: [] };
  for (const reference of ['model', 'model/', './lone.bin']) {
    const found = await listModelFiles(reference, { policyFolder: DVC_PROJECT, run, ...RESOLVE });
    assert.ok(found.ok, reference);
  }
  const absent = await listModelFiles('absent', { policyFolder: DVC_PROJECT, run, ...RESOLVE });
  assert.equal(absent.ok ? '' : absent.problem.message, '“absent” does not exist.');
});

test('a cache of DVC before 3 has its files one level up', async () => {
  const folder = scratchFolder();
  const digest = md5('weights');
  folder.write(`.dvc/cache/${digest.slice(0, 2)}/${digest.slice(2)}`, 'weights');
  folder.write('weights.bin.dvc', `outs:\n- md5: ${digest}\n  size: 7\n  path: weights.bin\n`);
  assert.equal((await listed(join(folder.path, 'weights.bin'))).files[0]?.sha256, sha256('weights'));
});

test('a damaged or missing object of DVC, and a pointer that leads elsewhere, are refused', async () => {
  const project = scratchFolder();
  const restore = () => cpSync(DVC_PROJECT, project.path, { recursive: true, force: true });
  const at = (name: string) => join(project.path, name);
  const object = (content: string) => at(`.dvc/cache/files/md5/${md5(content).slice(0, 2)}/${md5(content).slice(2)}`);
  restore();
  writeFileSync(object('weights\n'), 'weightz\n');
  assert.match(await problemAt(at('model')), /“weights\.bin” is missing: .*is damaged; run `dvc pull`/);
  rmSync(object('weights\n'));
  assert.match(await problemAt(at('model')), /“model” is missing: here is only its DVC pointer; run `dvc pull`/);
  restore();
  const [manifest = ''] = readdirSync(at('.dvc/cache/files/md5/94'));
  writeFileSync(at(`.dvc/cache/files/md5/94/${manifest}`), `[{"md5": "${md5('more\n')}", "relpath": "more.txt"}]`);
  assert.match(await problemAt(at('model')), /dvc pull/);
  for (const relpath of ['../out', '/etc/passwd', 'a//b', 'a\\\\b', './a', '', 'a\\nb']) {
    const text = `[{"md5": "${md5('more\n')}", "relpath": "${relpath}"}]`;
    const digest = md5(text);
    project.write(`.dvc/cache/files/md5/${digest.slice(0, 2)}/${digest.slice(2)}.dir`, text);
    project.write('model.dvc', `outs:\n- md5: ${digest}.dir\n  hash: md5\n  path: model\n`);
    assert.match(await problemAt(at('model')), /dvc pull/, relpath);
  }
  for (const pointer of [
    'outs: []',
    '- not a map',
    '\0',
    `outs:\n- md5: ../../../../etc/passwd\n  path: lone.bin\n`,
    `outs:\n- md5: ${md5('lone\r\nfile')}\n  hash: md5\n  path: other.bin\n`,
    `outs:\n- md5: ${md5('lone\r\nfile')}\n  hash: sha256\n  path: lone.bin\n`,
    `wdir: ..\nouts:\n- md5: ${md5('lone\r\nfile')}\n  hash: md5\n  path: lone.bin\n`,
  ]) {
    project.write('lone.bin.dvc', pointer);
    assert.match(await problemAt(at('lone.bin')), /dvc pull/, pointer);
  }
});
