import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeDemoProject } from './support/demo-project.ts';

const IN_THE_WAY: readonly (readonly [name: string, put: (folder: string) => void])[] = [
  ['.signoff is a file', (folder) => replace(folder, '.signoff', (path) => writeFileSync(path, 'mine'))],
  [
    '.signoff/approvals is a file',
    (folder) => replace(folder, '.signoff/approvals', (path) => writeFileSync(path, '')),
  ],
  ['.signoff/approvals is a pipe', (folder) => replace(folder, '.signoff/approvals', (path) => makePipe(path))],
  ['the policy is a pipe', (folder) => replace(folder, 'signoff.yaml', (path) => makePipe(path))],
  ['the policy is a folder', (folder) => replace(folder, 'signoff.yaml', (path) => execFileSync('mkdir', [path]))],
  [
    '.signoff is a symlink, even to the same files',
    (folder) => {
      renameSync(join(folder, '.signoff'), join(folder, '../elsewhere'));
      symlinkSync('../elsewhere', join(folder, '.signoff'));
    },
  ],
  [
    '.signoff is a symlink to nothing',
    (folder) => replace(folder, '.signoff', (path) => symlinkSync('/nonexistent', path)),
  ],
];

function replace(folder: string, path: string, put: (path: string) => void): void {
  rmSync(join(folder, path), { recursive: true });
  put(join(folder, path));
}

function makePipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

for (const [name, put] of IN_THE_WAY) {
  test(`refused: ${name} in the work tree`, async (context) => {
    const project = makeDemoProject(context);
    for (const signer of ['ana', 'ben'] as const) assert.ok((await project.signOff(signer)).ok);
    put(project.folder);
    const verdict = await project.verify();
    assert.ok(verdict.ok, JSON.stringify(verdict));
    assert.ok(verdict.value.reasons.length > 0);
    assert.ok(verdict.value.reasons.every(({ code }) => code === 'work-tree-differs'));
  });
}

test('refused: an approval in the work tree that nobody may read', {
  skip: process.getuid?.() === 0,
}, async (context) => {
  const project = makeDemoProject(context);
  for (const signer of ['ana', 'ben'] as const) assert.ok((await project.signOff(signer)).ok);
  const folder = join(project.folder, '.signoff/approvals');
  chmodSync(folder, 0o000);
  const verdict = await project.verify();
  chmodSync(folder, 0o755);
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.ok(verdict.value.reasons.every(({ code }) => code === 'work-tree-differs'));
});

test('approved: a work tree that does not show .signoff at all', async (context) => {
  const project = makeDemoProject(context);
  for (const signer of ['ana', 'ben'] as const) assert.ok((await project.signOff(signer)).ok);
  rmSync(join(project.folder, '.signoff'), { recursive: true });
  const verdict = await project.verify();
  assert.deepEqual(verdict.ok ? verdict.value.reasons : verdict.problem, []);
});
