import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listModelFilesAt } from '../../../src/evidence/model-files.ts';
import { scratch } from './support/scratch.ts';

const folder = scratch();

test('a pointer of Git LFS is no model, in its older spelling neither', async () => {
  for (const host of ['git-lfs.github.com', 'hawser.github.com']) {
    const pointer = `version https://${host}/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
    const listed = await listModelFilesAt(folder.write(`${host}/model.pkl`, pointer));
    assert.equal(listed.ok ? 'listed' : listed.problem.code, 'model-pointer', host);
  }
});
