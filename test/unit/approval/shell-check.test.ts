import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inRepository } from '../../../scripts/lib/repository.mjs';
import { goodAna, sign } from '../../attacks/support/attack.ts';
import { buildRepositories } from '../../attacks/support/build-repositories.ts';
import { git } from '../../attacks/support/git.ts';
import { ana, ben, mallory, type Signed } from './support/sign-off-case.ts';

/** The lines of the README, as they stand there. */
const README = readFileSync(inRepository('README.md'), 'utf8');
const FIVE_LINES = /### Without any of our code\n[^`]*```sh\n((?:.*\n){5})```\n/.exec(README)?.[1] ?? '';
const MODEL_LINE = /model's files with it: `(jq [^`]+)`/.exec(README)?.[1] ?? '';

const missing = ['sh', 'jq', 'base64', 'ssh-keygen', 'sha256sum'].find(
  (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
);
const unlessMissing = missing === undefined ? {} : { skip: `${missing} is not installed` };

const scratch = mkdtempSync(join(tmpdir(), 'signoff-shell-'));
const built = buildRepositories([{ approvals: [goodAna] }]);
const folder = built.folders[0] ?? '';
git(folder, 'update-ref', 'refs/remotes/origin/main', 'refs/heads/protected');
after(() => {
  built.remove();
  rmSync(scratch, { recursive: true, force: true });
});

function run(script: string, approval?: Signed): number | null {
  const file = join(scratch, 'approval.json');
  if (approval !== undefined) writeFileSync(file, approval.content as Uint8Array);
  const env = { ...process.env, approval: file };
  return spawnSync('sh', ['-e', '-c', script], { cwd: folder, env, stdio: 'ignore' }).status;
}

test('the README has the five lines, and the one for the files', () => {
  assert.equal(FIVE_LINES.trim().split('\n').length, 5);
  assert.match(MODEL_LINE, /^jq .*sha256sum --check --strict\)$/);
});

test('five lines of stock tools accept what a listed key signed', unlessMissing, () => {
  assert.equal(run(FIVE_LINES, goodAna), 0);
  assert.equal(run(FIVE_LINES, sign({ by: ben })), 0);
});

const FORGED: readonly (readonly [what: string, approval: Signed])[] = [
  ["a stranger's signature", sign({ by: mallory, predicate: { approver: ana.name } })],
  ['a signature for git', sign({ by: ana, namespace: 'git' })],
  ['a signature of another person of the list', sign({ by: ana, predicate: { approver: ben.name } })],
  ['a signature over the bare statement', sign({ by: ana, signedBytes: (pae) => pae.subarray(pae.indexOf('{')) })],
  [
    'a signature of another statement',
    sign({ by: ana, file: (bytes) => Buffer.from(bytes.toString().replace('"payload":"eyJ', '"payload":"eyL')) }),
  ],
];

for (const [what, approval] of FORGED) {
  test(`five lines of stock tools refuse ${what}`, unlessMissing, () => {
    assert.notEqual(run(FIVE_LINES, approval), 0);
  });
}

test('one more line tells whether the files are those that were signed', unlessMissing, () => {
  assert.equal(run(FIVE_LINES, goodAna), 0);
  assert.equal(run(MODEL_LINE), 0);
  writeFileSync(join(folder, 'model', 'model.pkl'), 'weightS');
  assert.notEqual(run(MODEL_LINE), 0);
});
