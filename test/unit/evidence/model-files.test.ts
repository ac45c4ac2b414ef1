import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  listModelFiles,
  listModelFilesAt,
  type ModelFiles,
  modelIdOf,
  namesAlike,
} from '../../../src/evidence/model-files.ts';
import { scratchFolder } from './folder.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function filesAt(path: string): Promise<ModelFiles> {
  const listed = await listModelFilesAt(path);
  assert.ok(listed.ok, JSON.stringify(listed));
  return listed.value;
}

async function problemAt(path: string): Promise<string> {
  const listed = await listModelFilesAt(path);
  assert.ok(!listed.ok, JSON.stringify(listed));
  return listed.problem.message;
}

test('every file counts, sorted by the bytes of its name; what MLflow adds on download does not', async () => {
  const folder = scratchFolder();
  for (const name of ['b/c.txt', 'Z', 'a', 'b.txt', 'é', '.hidden', 'b/registered_model_meta'])
    folder.write(`model/${name}`, name);
  folder.write('model/registered_model_meta', 'added');
  const { files, modelId } = await filesAt(join(folder.path, 'model'));
  const names = ['.hidden', 'Z', 'a', 'b.txt', 'b/c.txt', 'b/registered_model_meta', 'é'];
  assert.deepEqual(
    files.map(({ name }) => name),
    names,
  );
  assert.deepEqual(files[4], { name: 'b/c.txt', sha256: sha256('b/c.txt'), size: 7 });
  assert.equal(modelId, sha256(names.map((name) => `${sha256(name)}  ${name}\n`).join('')));
  assert.equal(modelIdOf(files.toReversed()), modelId);
});

test('a lone file goes by its base name', async () => {
  const folder = scratchFolder();
  const { files, folder: at } = await filesAt(folder.write('deep/model.onnx', 'x'));
  assert.deepEqual(
    files.map(({ name }) => name),
    ['model.onnx'],
  );
  assert.equal(at, join(folder.path, 'deep'));
});

test('one changed byte is another model', async () => {
  const folder = scratchFolder();
  const path = folder.write('model/weights', 'abc');
  const before = (await filesAt(join(folder.path, 'model'))).modelId;
  writeFileSync(path, 'abd');
  assert.notEqual((await filesAt(join(folder.path, 'model'))).modelId, before);
});

test('links, pointers, odd names and nothing at all are refused, each by name', async () => {
  const folder = scratchFolder();
  folder.write('linked/a', 'x');
  symlinkSync('a', join(folder.path, 'linked/b'));
  symlinkSync('linked', join(folder.path, 'link'));
  folder.write('lfs/weights.bin', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n');
  folder.write('dvc/weights.bin.dvc', 'outs: []');
  folder.write('newline/a\nb', 'x');
  folder.write('invalid/x', 'x');
  writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/invalid/`), Buffer.from([0xff])]), 'x');
  mkdirSync(join(folder.path, 'empty/inside'), { recursive: true });
  assert.match(await problemAt(join(folder.path, 'linked')), /“b” is a symbolic link/);
  assert.match(await problemAt(join(folder.path, 'link')), /“link” is a symbolic link/);
  assert.match(
    await problemAt(join(folder.path, 'lfs')),
    /“weights\.bin” is missing: here is only its Git LFS pointer/,
  );
  assert.match(await problemAt(join(folder.path, 'dvc')), /“weights\.bin” is missing: here is only its DVC pointer/);
  assert.match(await problemAt(join(folder.path, 'newline')), /control character/);
  assert.match(await problemAt(join(folder.path, 'invalid')), /not UTF-8/);
  assert.match(await problemAt(join(folder.path, 'empty')), /holds no file/);
  assert.match(await problemAt(join(folder.path, 'absent')), /no model at “absent”/);
});

test('without a path, the model is the one that the run logged', async () => {
  const folder = scratchFolder();
  folder.write('m-1/MLmodel', 'one');
  folder.write('artifacts/model/MLmodel', 'old way');
  folder.write('artifacts/plots/roc.png', 'x');
  const artifactFolder = join(folder.path, 'artifacts');
  const logged = { id: 'm-1', name: 'model', status: 'ready', artifactFolder: join(folder.path, 'm-1') } as const;
  const policyFolder = folder.path;
  const newer = await listModelFiles(undefined, {
    policyFolder,
    run: { artifactFolder, models: [logged], registered: [] },
  });
  assert.equal(newer.ok && newer.value.folder, join(folder.path, 'm-1'));
  const older = await listModelFiles(undefined, { policyFolder, run: { artifactFolder, models: [], registered: [] } });
  assert.equal(older.ok && older.value.folder, join(artifactFolder, 'model'));
  const none = await listModelFiles(undefined, {
    policyFolder,
    run: { artifactFolder: undefined, models: [], registered: [] },
  });
  assert.match(none.ok ? '' : none.problem.message, /logged no model/);
  const two = await listModelFiles(undefined, {
    policyFolder,
    run: { artifactFolder, models: [logged, { ...logged, id: 'm-2' }], registered: [] },
  });
  assert.match(two.ok ? '' : two.problem.message, /logged 2 models/);
});

test('a model that changes while it is hashed is refused, whatever changes', async () => {
  const outside = scratchFolder();
  outside.write('b', 'other');
  const changes: readonly ((model: string) => void)[] = [
    (model) => writeFileSync(join(model, 'added'), 'x'),
    (model) => rmSync(join(model, 'z')),
    (model) => writeFileSync(join(model, 'z'), 'other'),
    (model) => writeFileSync(join(model, 'deep/a'), 'other'),
    (model) => {
      writeFileSync(join(model, 'z.new'), 'z');
      renameSync(join(model, 'z.new'), join(model, 'z'));
    },
    (model) => {
      rmSync(join(model, 'z'));
      symlinkSync(join(outside.path, 'b'), join(model, 'z'));
    },
    (model) => {
      rmSync(join(model, 'deep'), { recursive: true });
      symlinkSync(outside.path, join(model, 'deep'));
    },
  ];
  for (const [index, change] of changes.entries()) {
    const folder = scratchFolder();
    folder.write('model/deep/a', 'a');
    folder.write('model/large', Buffer.alloc(4 * 2 ** 20));
    folder.write('model/z', 'z');
    const model = join(folder.path, 'model');
    let reports = 0;
    const reportProgress = (): void => {
      reports += 1;
      if (reports === 2) change(model);
    };
    const listed = await listModelFilesAt(model, { reportProgress });
    assert.equal(listed.ok ? 'listed' : listed.problem.code, 'file-changed', `change ${index}`);
    assert.match(
      listed.ok ? '' : listed.problem.message,
      /^The model’s file “.+” changed while it was read; check again\.$/,
    );
  }
});

test('a hard link is a file like any other', async () => {
  const folder = scratchFolder();
  linkSync(folder.write('elsewhere', 'abc'), folder.write('model/weights', '').replace('weights', 'linked'));
  assert.equal((await filesAt(join(folder.path, 'model'))).files[0]?.sha256, sha256('abc'));
});

test('names that some systems can’t keep apart are found', () => {
  const files = ['vocab.txt', 'Vocab.txt', 'caf\u00e9', 'cafe\u0301', 'CAFE\u0301', 'a/b', 'A/b', 'ab'].map((name) => ({
    name,
  }));
  assert.deepEqual(namesAlike(files), [
    ['vocab.txt', 'Vocab.txt'],
    ['caf\u00e9', 'cafe\u0301', 'CAFE\u0301'],
    ['a/b', 'A/b'],
  ]);
  assert.deepEqual(namesAlike([{ name: 'a' }, { name: 'b' }]), []);
});
