import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { locateArtifact, type Places } from '../../../src/evidence/locate-artifact.ts';
import { scratchFolder } from './folder.ts';

const folder = scratchFolder();
const outside = scratchFolder();
const policyFolder = join(folder.path, 'project');
const artifacts = join(policyFolder, 'mlruns/1/abc/artifacts');
const modelFolder = join(policyFolder, 'mlruns/1/models/m-1/artifacts');
for (const name of ['eval/b.parquet', 'eval/a.parquet', 'eval/.hidden.parquet', 'eval/deep/c.parquet', 'a[1].csv']) {
  folder.write(`project/mlruns/1/abc/artifacts/${name}`, 'x');
}
folder.write('project/mlruns/1/models/m-1/artifacts/MLmodel', 'x');
folder.write('project/data/t.csv', 'x');
folder.write('project/data/far.bin.dvc', 'outs: []');
outside.write('secret.csv', 'x');
symlinkSync(join(outside.path, 'secret.csv'), join(policyFolder, 'data/link.csv'));
symlinkSync(outside.path, join(policyFolder, 'data/linked'));
symlinkSync('t.csv', join(policyFolder, 'data/inside.csv'));
symlinkSync('nowhere', join(policyFolder, 'data/dangling.csv'));

const model = { id: 'm-1', name: 'model', status: 'ready', artifactFolder: modelFolder } as const;
const places: Places = { policyFolder, run: { artifactFolder: artifacts, models: [model] } };

function relativeOf(reference: string, given = places): readonly string[] {
  const located = locateArtifact(reference, given);
  assert.ok(located.ok, JSON.stringify(located));
  assert.deepEqual(
    located.value.absolute,
    located.value.relative.map((path) => join(policyFolder, path)),
  );
  return located.value.relative;
}

function problemOf(reference: string, given = places): { code: string; message: string } {
  const located = locateArtifact(reference, given);
  assert.ok(!located.ok, JSON.stringify(located));
  return located.problem;
}

test('a plain path starts at the policy’s folder, one with “run:” at the run’s artifacts', () => {
  assert.deepEqual(relativeOf('data/t.csv'), ['data/t.csv']);
  assert.deepEqual(relativeOf('./data//t.csv'), ['data/t.csv']);
  assert.deepEqual(relativeOf('run:eval/a.parquet'), ['mlruns/1/abc/artifacts/eval/a.parquet']);
  assert.deepEqual(relativeOf('data/inside.csv'), ['data/inside.csv']);
});

test('where the run has no such artifact, the first name is that of a logged model', () => {
  assert.deepEqual(relativeOf('run:model'), ['mlruns/1/models/m-1/artifacts']);
  assert.deepEqual(relativeOf('run:model/MLmodel'), ['mlruns/1/models/m-1/artifacts/MLmodel']);
  mkdirSync(join(artifacts, 'both'));
  const both = { ...places, run: { artifactFolder: artifacts, models: [{ ...model, name: 'both' }] } };
  assert.deepEqual(relativeOf('run:both', both), ['mlruns/1/abc/artifacts/both']);
});

test('a glob gives its files in the order of their bytes, without hidden ones', () => {
  const prefix = 'mlruns/1/abc/artifacts/eval';
  assert.deepEqual(relativeOf('run:eval/*.parquet'), [`${prefix}/a.parquet`, `${prefix}/b.parquet`]);
  assert.deepEqual(relativeOf('run:eval/[!a].parquet'), [`${prefix}/b.parquet`]);
  assert.deepEqual(relativeOf('run:**/*.parquet'), [
    `${prefix}/a.parquet`,
    `${prefix}/b.parquet`,
    `${prefix}/deep/c.parquet`,
  ]);
  assert.deepEqual(relativeOf('run:a[1].csv'), ['mlruns/1/abc/artifacts/a[1].csv']);
});

test('ways out of the root are refused', () => {
  for (const reference of [
    '../outside.csv',
    'run:../../secret',
    'data/../../x',
    '/etc/passwd',
    'run:/etc/passwd',
    'C:/x',
    'data\\t.csv',
    'x\0y',
  ]) {
    assert.equal(problemOf(reference).code, 'path-refused', reference);
  }
  for (const reference of ['data/link.csv', 'data/linked/secret.csv', 'data/*.csv']) {
    const { message } = problemOf(reference);
    assert.match(message, /symbolic link/, reference);
  }
});

test('an address of the network is only a name of a file that is not there', () => {
  for (const reference of ['https://evil.example/x.csv', 's3://bucket/x.parquet'])
    assert.equal(problemOf(reference).code, 'artifact-missing');
});

test('what is not there is named, with what would bring it', () => {
  assert.equal(problemOf('data/absent.csv').message, '“data/absent.csv” does not exist.');
  assert.equal(problemOf('run:eval/*.csv').message, 'No file matches “run:eval/*.csv”.');
  assert.match(problemOf('data/far.bin').message, /dvc pull/);
  assert.match(problemOf('data/dangling.csv').message, /symbolic link to something that is not there/);
});

test('a model that is named twice, not complete, or elsewhere can’t be chosen', () => {
  const withModels = (...models: Places['run']['models']) => ({
    ...places,
    run: { artifactFolder: undefined, models },
  });
  assert.equal(problemOf('run:model', withModels(model, { ...model, id: 'm-2' })).code, 'model-ambiguous');
  assert.equal(problemOf('run:model', withModels({ ...model, status: 'failed' })).code, 'model-incomplete');
  assert.equal(problemOf('run:model', withModels({ ...model, artifactFolder: undefined })).code, 'artifact-missing');
  assert.deepEqual(relativeOf('run:model', withModels(model, { ...model, id: 'm-2', status: 'failed' })), [
    'mlruns/1/models/m-1/artifacts',
  ]);
});

test('copies of what is on a server are named as policies do: they lie elsewhere on each machine', () => {
  const copied: Places = { policyFolder, run: { ...places.run, artifactsAre: 'copies' } };
  const relative = (reference: string) => {
    const located = locateArtifact(reference, copied);
    return located.ok ? located.value.relative : [];
  };
  assert.deepEqual(relative('run:eval/*.parquet'), ['run:eval/a.parquet', 'run:eval/b.parquet']);
  assert.deepEqual(relative('run:model/MLmodel'), ['run:model/MLmodel']);
  assert.deepEqual(relative('data/t.csv'), ['data/t.csv']);
});
