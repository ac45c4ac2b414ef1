import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { locateArtifactFolder } from '../../../src/runs/artifact-location.ts';
import { makeStore } from './store.ts';

const { folder } = makeStore();
const beside = join(folder, 'mlruns/1/abc/artifacts');
mkdirSync(beside, { recursive: true });
const elsewhere = join(folder, 'other-disk/1/def/artifacts');
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
  assert.equal(locateArtifactFolder(elsewhere, 'def', join(folder, 'mlruns')), elsewhere);
  assert.equal(locateArtifactFolder(pathToFileURL(elsewhere).href, 'def', join(folder, 'mlruns')), elsewhere);
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
