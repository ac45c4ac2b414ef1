import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { locateModel, type ModelPlaces } from '../../../src/evidence/locate-model.ts';
import { listModelFiles } from '../../../src/evidence/model-files.ts';
import { scratchFolder } from './folder.ts';

const folder = scratchFolder();
folder.write('m-1/MLmodel', 'x');
const lone = folder.write('out/model.pkl', 'lone');

const version = {
  name: 'credit',
  version: '3',
  aliases: ['challenger', 'champion'],
  tags: new Map<string, string>(),
  artifactFolder: join(folder.path, 'm-1'),
};
const run: ModelPlaces['run'] = {
  artifactFolder: undefined,
  models: [
    { id: 'm-1', name: 'model', status: 'ready', artifactFolder: join(folder.path, 'm-1') },
    { id: 'm-2', name: 'other', status: 'failed', artifactFolder: join(folder.path, 'm-2') },
    { id: 'm-3', name: 'far', status: 'ready', artifactFolder: undefined },
  ],
  registered: [
    version,
    { ...version, version: '4', aliases: [], artifactFolder: undefined },
    { ...version, name: 'a@b', version: 'v1.2.0', aliases: [], artifactFolder: lone },
  ],
};

async function said(reference: string, of: ModelPlaces['run'] = run): Promise<string> {
  const located = await locateModel(reference, { policyFolder: folder.path, run: of });
  return located.ok ? located.value : located.problem.message;
}

test('a registered version is named by its number or an alias, a logged model by its id', async () => {
  const m1 = join(folder.path, 'm-1');
  assert.equal(await said('models:/credit/3'), m1);
  assert.equal(await said('models:/credit@champion'), m1);
  assert.equal(await said('models:/m-1'), m1);
  assert.equal(await said('models:/a@b/v1.2.0'), lone);
});

test('what is not of this run is refused, with what this run has', async () => {
  assert.equal(
    await said('models:/credit/7'),
    '“models:/credit/7” is not a model of this run: of “credit” it has versions 3 @challenger @champion and 4.',
  );
  assert.match(await said('models:/credit@old'), /not a model of this run: of “credit” it has versions/);
  assert.equal(
    await said('models:/fraud/3'),
    '“models:/fraud/3” is not a model of this run: the run has no version of a registered model “fraud”.',
  );
  assert.match(await said('models:/m-9'), /did not log the model “m-9”/);
});

test('what is elsewhere, unfinished or twice there can’t be had', async () => {
  assert.equal(
    await said('models:/credit/4'),
    'The files of version 4 of the registered model “credit” are not on this machine.',
  );
  assert.match(await said('models:/m-3'), /are not on this machine/);
  assert.match(await said('models:/m-2'), /was not completed/);
  assert.match(
    await said('models:/credit@champion', {
      ...run,
      registered: [version, { ...version, version: '5' }],
    }),
    /names 2 versions/,
  );
});

test('an address that says nothing certain is refused', async () => {
  for (const reference of [
    'models:/credit',
    'models:/credit/latest',
    'models:/credit/Production',
    'models:/credit/',
    'models://profile/credit/3',
    'models:credit/3',
    'models:/../3',
    'models:/credit/3/MLmodel',
    'models:/credit@',
    'models:/ /3',
    'models:/m-1/../../etc',
  ])
    assert.match(await said(reference), /names no model|not a model of this run/, reference);
});

test('a version that is a lone file goes by its base name', async () => {
  const listed = await listModelFiles('models:/a@b/v1.2.0', { policyFolder: folder.path, run });
  assert.deepEqual(listed.ok && listed.value.files.map(({ name }) => name), ['model.pkl']);
});
