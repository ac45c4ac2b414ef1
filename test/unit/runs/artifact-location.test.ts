import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { locateArtifactFolder } from '../../../src/runs/artifact-location.ts';
import { makeStore } from './store.ts';

const { folder } = makeStore();
const beside = join(folder, 'mlruns/1/abc/artifacts');
mkdirSync(beside, { recursive: true });
const DEF = 'd'.repeat(32);
const elsewhere = join(folder, `other-disk/1/${DEF}/artifacts`);
mkdirSync(elsewhere, { recursive: true });

test('an address of another machine means the folder beside the store', () => {
  for (const address of [
    '/home/ana/project/mlruns/1/abc/artifacts',
    'file:///home/ana/project/mlruns/1/abc/artifacts',
    'C:\\Users\\ana\\project\\mlruns\\1\\abc\\artifacts',
    'file:///C:/Users/ana/my%20project/mlruns/1/abc/artifacts',
    'file://server/share/mlruns/1/abc/artifacts',
    './mlruns/1/abc/artifacts',
    'mlruns/1/abc/artifacts/',
  ]) {
    assert.equal(locateArtifactFolder(address, 'abc', folder), beside, address);
  }
});

test('an address that is right as it stands is taken when nothing lies beside the store', () => {
  assert.equal(locateArtifactFolder(elsewhere, DEF, join(folder, 'mlruns')), elsewhere);
  assert.equal(locateArtifactFolder(pathToFileURL(elsewhere).href, DEF, join(folder, 'mlruns')), elsewhere);
});

test('what lies beside the store comes before the address, so that a copy of a store is its own', () => {
  const copy = join(folder, 'copy');
  const own = join(copy, 'mlruns/1/abc/artifacts');
  mkdirSync(own, { recursive: true });
  assert.equal(locateArtifactFolder(beside, 'abc', copy), own);
});

test('nothing is found through “..”, another run’s folder, or an address of another kind', () => {
  assert.equal(locateArtifactFolder(`${folder}/x/../mlruns/1/abc/artifacts`, 'abc', folder), undefined);
  assert.equal(locateArtifactFolder('/nowhere/mlruns/1/abc/artifacts', 'def', folder), undefined);
  assert.equal(locateArtifactFolder('s3://bucket/1/xyz/artifacts', 'xyz', folder), undefined);
  assert.equal(locateArtifactFolder('', 'abc', folder), undefined);
});

test('an id that other folders may be called by leads nowhere but beside the store', () => {
  const secrets = join(folder, 'home/.ssh');
  mkdirSync(secrets, { recursive: true });
  assert.equal(locateArtifactFolder(secrets, '.ssh', join(folder, 'mlruns')), undefined);
  assert.equal(locateArtifactFolder(secrets, 'home', join(folder, 'mlruns')), undefined);
});

test('a link leads nowhere but to a folder of the same id', { skip: process.platform === 'win32' }, () => {
  const store = join(folder, 'linked');
  const disk = join(folder, 'disk/1');
  for (const id of [DEF, 'abc', 'other']) mkdirSync(join(disk, id, 'artifacts'), { recursive: true });
  mkdirSync(join(store, 'mlruns/1/abc'), { recursive: true });
  symlinkSync(join(disk, 'other/artifacts'), join(store, 'mlruns/1/abc/artifacts'));
  const address = '/home/ana/project/mlruns/1/abc/artifacts';
  assert.equal(locateArtifactFolder(address, 'abc', store), undefined, 'another run’s');
  assert.equal(locateArtifactFolder(join(store, 'mlruns/1/abc/artifacts'), 'abc', store), undefined, 'by its own path');
  symlinkSync(disk, join(store, 'mlruns/2'));
  const moved = (id: string) => join(store, 'mlruns/2', id, 'artifacts');
  assert.equal(locateArtifactFolder(`mlruns/2/${DEF}/artifacts`, DEF, store), moved(DEF), 'runs on another disk');
  assert.equal(locateArtifactFolder('mlruns/2/abc/artifacts', 'abc', store), undefined, 'whatever is called so');
});
