import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ScratchRepository } from '../../git/support/scratch-repository.ts';
import type { DemoProject } from './demo-project.ts';

export interface KilledSignOffs {
  readonly kills: number;
  /** Kills that came before the sign-off was done, so that something had to be completed. */
  readonly midway: number;
  /** Locks of git's that a kill left, and that a person has to remove. */
  readonly locks: number;
}

/**
 * Signs run after run in a process of its own, kills it with everything that it started at a random moment of each
 * sign-off, and starts it again, which has to complete what was interrupted. After each kill the repository has to be
 * sound and the user's own changes as they were; in the end each run has to be signed once and committed once.
 */
export async function killSignOffs(project: DemoProject, kills: number, random: () => number): Promise<KilledSignOffs> {
  const { scratch } = project;
  for (let run = 0; run <= kills; run++) {
    // Each run has a model of its own, as after each training.
    scratch.write(`artifacts-run-${run}/model/model.pkl`, `weights ${run}`);
  }
  makeUserChanges(scratch);
  const before = userState(scratch);
  let [midway, locks, typical] = [0, 0, 0];
  for (let kill = 0; kill <= kills; kill++) {
    const started = await signUntilKilled(project, kill, kill === kills ? undefined : () => random() * typical * 1.1);
    assert.equal(started.problem, undefined);
    if (typical === 0) typical = started.milliseconds;
    if (!started.done) midway++;
    const left = globSync('.git/**/*.lock', { cwd: project.folder });
    for (const lock of left) rmSync(join(project.folder, lock));
    locks += left.length;
    assert.equal(scratch.git('fsck', '--no-dangling').trim(), '', 'the repository is sound');
    assert.deepEqual(userState(scratch), before, 'the user’s own changes are as they were');
  }
  const committed = scratch.git('ls-tree', '-r', '--name-only', 'HEAD', '.signoff/approvals/').trim().split('\n');
  assert.equal(committed.length, kills + 1, 'none lost, none doubled');
  assert.equal(new Set(committed.map((path) => dirname(path))).size, kills + 1, 'one for each run');
  assert.equal(scratch.git('rev-list', '--count', 'HEAD').trim(), String(kills + 2), 'each in one commit');
  assert.equal(scratch.git('status', '--porcelain', '--', '.signoff').trim(), '', 'nothing of ours is left over');
  return { kills, midway, locks };
}

interface Started {
  readonly done: boolean;
  readonly milliseconds: number;
  readonly problem: string | undefined;
}

/** Signs what is missing up to this run; the last one is killed so many milliseconds after it began. */
function signUntilKilled(project: DemoProject, run: number, delay: (() => number) | undefined): Promise<Started> {
  const script = join(import.meta.dirname, 'sign-off-many.ts');
  const keys = dirname(project.key('ana').path ?? '');
  const args = [script, project.folder, keys, String(Math.max(0, run - 1)), String(run)];
  // A group of its own, so that the gits that it started are killed with it.
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  let [began, done, milliseconds] = [0, false, 0];
  let killer: NodeJS.Timeout | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === `start ${run}`) {
      began = Date.now();
      // The first run of all is not killed: it tells how long a sign-off takes here.
      if (run > 0 && delay !== undefined)
        killer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), delay());
    }
    if (line === `done ${run}`) [done, milliseconds] = [true, Date.now() - began];
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(killer);
      const failed = code !== 0 && signal !== 'SIGKILL' ? errors || `it ended with ${code}` : undefined;
      resolve({ done, milliseconds, problem: failed });
    });
  });
}

/** Every kind of work that a person may have in hand. */
function makeUserChanges(scratch: ScratchRepository): void {
  scratch.write('both.txt', '1\n2\n3\n4\n5\n6\n7\n8\n');
  scratch.write('deleted.txt', 'x');
  scratch.write('renamed.txt', 'a name\n');
  scratch.git('add', 'both.txt', 'deleted.txt', 'renamed.txt');
  scratch.git('commit', '--quiet', '--amend', '--no-edit');
  scratch.write('both.txt', 'one\n2\n3\n4\n5\n6\n7\n8\n');
  scratch.git('add', 'both.txt');
  scratch.write('both.txt', 'one\n2\n3\n4\n5\n6\n7\neight\n');
  scratch.git('rm', '--quiet', '--cached', 'deleted.txt');
  scratch.git('mv', 'renamed.txt', 'new-name.txt');
  scratch.write('intended.txt', 'later');
  scratch.git('add', '--intent-to-add', 'intended.txt');
  scratch.write('untracked.txt', 'mine');
}

function userState({ git }: ScratchRepository): string[] {
  const others = ['--', '.', ':(exclude).signoff'];
  return [
    git('status', '--porcelain=v2', ...others),
    git('diff', ...others),
    git('diff', '--cached', ...others),
    git('ls-files', '--stage', ...others),
  ];
}
