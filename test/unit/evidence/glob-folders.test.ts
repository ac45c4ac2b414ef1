import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { locateArtifact } from '../../../src/evidence/locate-artifact.ts';
import { scratch } from './support/scratch.ts';

const folder = scratch();
folder.write('parts/a.parquet', '');
folder.write('parts/b.parquet/part-0.parquet', '');
folder.write('whole/a.parquet', '');
folder.write('whole/deep/b.parquet', '');
folder.write('closed/a.parquet', '');
folder.write('closed/secret/b.parquet', '');

function locate(reference: string) {
  return locateArtifact(reference, { run: { artifactFolder: undefined, models: [] }, policyFolder: folder.path });
}

function sentence(reference: string): string {
  const located = locate(reference);
  return located.ok ? located.value.relative.join() : located.problem.message;
}

test('a folder that matches is not left out in silence', () => {
  assert.match(sentence('parts/*.parquet'), /In “parts\/\*\.parquet”, “parts\/b\.parquet” matches, but is a folder/);
  assert.match(sentence('**/*.parquet'), /is a folder/);
  assert.equal(sentence('whole/*.parquet'), 'whole/a.parquet');
  assert.equal(sentence('whole/**/*.parquet'), 'whole/a.parquet,whole/deep/b.parquet');
  assert.equal(sentence('parts/*/*.parquet'), 'parts/b.parquet/part-0.parquet');
  assert.match(sentence('absent/*.parquet'), /No file matches/);
});

test('a folder that can’t be looked into is not left out in silence', { skip: process.platform === 'win32' }, () => {
  const secret = join(folder.path, 'closed/secret');
  mkdirSync(secret, { recursive: true });
  chmodSync(secret, 0);
  chmodSync(folder.path, 0o755);
  const isRoot = process.geteuid?.() === 0;
  try {
    // Nothing is closed to root.
    if (isRoot) process.seteuid?.(65_534);
    assert.match(sentence('closed/**/*.parquet'), /the folder “closed\/secret” can’t be read \(EACCES\)/);
    assert.match(sentence('closed/*/*.parquet'), /can’t be read/);
    assert.equal(sentence('closed/*.parquet'), 'closed/a.parquet');
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(secret, 0o755);
  }
});
