import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { hashFile, sha256Hex } from '../../../src/base/hashing.ts';
import { TOOL } from '../../../src/base/tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-hashing-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** From FIPS 180-4's examples. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('SHA-256 of text and bytes is the standard’s', () => {
  assert.equal(sha256Hex('abc'), ABC);
  assert.equal(sha256Hex(new Uint8Array([97, 98, 99])), ABC);
  assert.equal(sha256Hex('é'), sha256Hex(new TextEncoder().encode('é')));
});

test('a file is hashed by streaming, whatever its size', async () => {
  const path = join(folder, 'nine-megabytes');
  const content = Buffer.alloc(9_000_001, 'x');
  writeFileSync(path, content);
  assert.equal(await hashFile(path), sha256Hex(content));
});

test('hashing stops when it is aborted, and a missing file throws', async () => {
  const path = join(folder, 'some');
  writeFileSync(path, 'abc');
  const reason = new Error('enough');
  await assert.rejects(hashFile(path, { signal: AbortSignal.abort(reason) }), reason);
  await assert.rejects(hashFile(join(folder, 'absent')), { code: 'ENOENT' });
});

test('the tool names itself and its package’s version', () => {
  assert.equal(TOOL.name, 'model-signoff');
  assert.match(TOOL.version, /^\d+\.\d+\.\d+/);
});
