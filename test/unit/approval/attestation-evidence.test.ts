import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { attestationsOf } from '../../../src/approval/attestation-evidence.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { scratchFolder } from '../git/support/scratch-repository.ts';
import { POLICY } from './support/sign-off-case.ts';

const PLACES = ['docs/dpia.pdf', '.git/config', 'sub/.git/config', '.GIT/config', '.gitignore', '.signoff/note.md'];

/** Where the places lie, with a link into `.git` and one that leads out. */
function policyFolder(context: TestContext): string {
  const folder = join(scratchFolder(context), 'project');
  for (const place of PLACES) {
    mkdirSync(join(folder, place, '..'), { recursive: true });
    writeFileSync(join(folder, place), 'content');
  }
  writeFileSync(join(folder, 'docs/empty.pdf'), '');
  symlinkSync('.git/config', join(folder, 'innocent.pdf'));
  writeFileSync(join(folder, '../outside.pdf'), 'content');
  symlinkSync('../outside.pdf', join(folder, 'link.pdf'));
  return folder;
}

async function attest(folder: string, path: string) {
  const policy = parsePolicy(POLICY, 'signoff.yaml').value;
  assert.ok(policy);
  return attestationsOf([{ check: 'dpia', evidence: [path] }], policy, folder);
}

for (const path of ['docs/dpia.pdf', '.gitignore', '.signoff/note.md']) {
  test(`${path} may be evidence, committed or not`, async (context) => {
    const attested = await attest(policyFolder(context), path);
    assert.ok(attested.ok, JSON.stringify(attested));
    assert.deepEqual(attested.value[0]?.evidence, [{ path, sha256: sha256Hex('content') }]);
  });
}

for (const path of [
  '.git/config',
  'sub/.git/config',
  '.GIT/config',
  'innocent.pdf',
  '../outside.pdf',
  'link.pdf',
  'docs',
  'docs/empty.pdf',
  'none',
]) {
  test(`${path} is no evidence`, async (context) => {
    const attested = await attest(policyFolder(context), path);
    assert.equal(attested.ok ? 'attested' : attested.problem.code, 'evidence-missing');
  });
}
