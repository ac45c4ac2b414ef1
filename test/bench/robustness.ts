// Sign-offs killed at random moments, and many at once: longer than fits into the tests, so it is started by hand.
//
//   KILLS=500 SIGNERS=24 node --test test/bench/robustness.ts
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeDemoProject } from '../unit/approval/support/demo-project.ts';
import { killSignOffs } from '../unit/approval/support/kill-sign-offs.ts';

const KILLS = Number(process.env['KILLS'] ?? 500);
const SIGNERS = Number(process.env['SIGNERS'] ?? 24);
const KILLS_EACH = 25;
const SCRIPT = join(import.meta.dirname, '../unit/approval/support/sign-off-many.ts');

for (let done = 0; done < KILLS; done += KILLS_EACH) {
  const kills = Math.min(KILLS_EACH, KILLS - done);
  test(`kills ${done + 1} to ${done + kills} of ${KILLS}`, async (context) => {
    const { midway, locks } = await killSignOffs(makeDemoProject(context), kills, Math.random);
    context.diagnostic(`${midway} of ${kills} came before the sign-off was done, and left ${locks} locks of git's`);
  });
}

test(`${SIGNERS} sign-offs at once from processes of their own: all land`, async (context) => {
  const project = makeDemoProject(context);
  for (let run = 0; run < SIGNERS; run++)
    project.scratch.write(`artifacts-run-${run}/model/model.pkl`, `weights ${run}`);
  const keys = dirname(project.key('ana').path ?? '');
  const started = Date.now();
  const errors = await Promise.all(Array.from({ length: SIGNERS }, (_, run) => signOff(project.folder, keys, run)));
  context.diagnostic(`${SIGNERS} sign-offs in ${Date.now() - started} ms`);
  assert.deepEqual(
    errors.filter((error) => error !== ''),
    [],
  );
  const { git } = project.scratch;
  const files = git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/approvals/').trim().split('\n');
  assert.equal(files.length, SIGNERS);
  assert.equal(git('rev-list', '--count', 'HEAD').trim(), String(SIGNERS + 1));
  assert.equal(git('rev-list', '--merges', '--count', 'HEAD').trim(), '0');
  assert.equal(git('status', '--porcelain', '--', '.signoff').trim(), '');
  assert.equal(git('fsck', '--no-dangling').trim(), '');
});

function signOff(folder: string, keys: string, run: number): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, folder, keys, `${run}`, `${run}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve(code === 0 ? '' : errors || `it ended with ${code}`)),
  );
}
