import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { CommitStep } from '../../../src/git/commit-files.ts';
import { type DemoProject, makeDemoProject } from './support/demo-project.ts';

const STEPS: readonly CommitStep[] = [
  'blobs-written',
  'work-tree-written',
  'index-updated',
  'commit-created',
  'branch-moved',
];

function signInOwnProcess(project: DemoProject, ...args: string[]) {
  const script = join(import.meta.dirname, 'support/sign-off-once.ts');
  const keys = dirname(project.key('ana').path ?? '');
  return spawnSync(process.execPath, [script, project.folder, keys, 'ana', ...args]);
}

function committedStatements({ scratch }: DemoProject): string[] {
  return scratch.git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/approvals/').trim().split('\n');
}

for (const decision of ['approve', 'reject', 'revoke']) {
  for (const step of STEPS) {
    test(`${decision}, killed after "${step}", is completed by repeating it, and nobody signs twice`, async (context) => {
      const project = makeDemoProject(context);
      if (decision === 'revoke') assert.equal(signInOwnProcess(project, 'approve').status, 0);
      const before = decision === 'revoke' ? 1 : 0;
      const killed = signInOwnProcess(project, decision, step);
      assert.equal(killed.signal, 'SIGKILL', String(killed.stderr));
      const again = signInOwnProcess(project, decision);
      assert.equal(again.status, 0, String(again.stderr));
      const { git } = project.scratch;
      assert.equal(git('rev-list', '--count', 'HEAD').trim(), String(before + 2));
      assert.equal(committedStatements(project).length, before + 1);
      assert.equal(git('status', '--porcelain').trim(), '');
      assert.equal(git('fsck').replace(/dangling .*\n/g, ''), '');
    });
  }
}

test('a statement that was interrupted and is not meant any more is told of before the next one is signed', async (context) => {
  const project = makeDemoProject(context);
  signInOwnProcess(project, 'reject', 'index-updated');
  const [staged = ''] = project.scratch.git('diff', '--cached', '--name-only', '--', '.signoff/approvals').split('\n');
  const prepared = await project.prepare('ana');
  assert.ok(prepared.ok, JSON.stringify(prepared));
  assert.equal(prepared.value.leftOver, undefined);
  assert.ok(prepared.value.openPoints.some((point) => point.includes(staged) && point.includes('never committed')));
  const others = await project.prepare('ben');
  assert.ok(others.ok && !others.value.openPoints.some((point) => point.includes(staged)));
});
