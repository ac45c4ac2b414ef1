import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Gate } from '../../../src/pipeline/gates/gate.ts';
import { usualDeploy } from '../../../src/pipeline/gates/shell-gate.ts';
import { writeGate } from '../../../src/pipeline/gates/write-gate.ts';
import { ana, ben, FOLDER } from '../approval/support/sign-off-case.ts';
import { git } from '../cli/signoff-process.ts';
import {
  deployedIn,
  type GatedClones,
  GOOD,
  gatedClones,
  gateFrom,
  pipelineEnvironment,
  VERIFIER,
} from './support/gated-clones.ts';

const TRUSTED = 'refs/remotes/origin/protected';
const IDENTITY = ['-c', 'user.name=Dan', '-c', 'user.email=dan@acme.example'];

let clones: GatedClones;
let scratch: string;
before(() => {
  clones = gatedClones();
  scratch = mkdtempSync(join(tmpdir(), 'signoff-gate-anchor-'));
});
after(() => {
  clones.remove();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});

interface Checkout {
  readonly folder: string;
  /** The remote, of which nobody else has a clone. */
  readonly origin: string;
}

/** What a pipeline has checked out, before something happens at its remote. */
function checkout(): Checkout {
  const folder = clones.clone(GOOD);
  const origin = mkdtempSync(join(scratch, 'origin-'));
  git(scratch, 'clone', '--quiet', '--bare', git(folder, 'remote', 'get-url', 'origin').trim(), origin);
  git(folder, 'remote', 'set-url', 'origin', origin);
  return { folder, origin };
}

/** Moves the trusted branch of the remote by a commit, or puts another in place of its newest. */
function move({ origin }: Checkout, change: (work: string) => void, how: 'on' | 'over' = 'on'): void {
  const work = mkdtempSync(join(scratch, 'work-'));
  git(scratch, 'clone', '--quiet', '--branch', 'protected', origin, work);
  change(work);
  git(work, 'add', '--all');
  git(work, ...IDENTITY, 'commit', '--quiet', '--message', 'x', ...(how === 'over' ? ['--amend'] : []));
  git(work, 'push', '--quiet', '--force', 'origin', 'HEAD:protected');
}

function deploy(
  { folder }: Checkout,
  changes: Partial<Gate> = {},
): { readonly status: number | null; readonly said: string } {
  const gate = writeGate('shell', gateFrom(VERIFIER, changes)).text;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', gate], {
    cwd: folder,
    encoding: 'utf8',
    env: pipelineEnvironment(),
  });
  return { status, said: stdout + stderr };
}

function verifyAlone({ folder }: Checkout): number | null {
  const words = ['verify', '--environment', 'production', '--trusted-ref', 'refs/remotes/origin/protected'];
  return spawnSync(process.execPath, [VERIFIER, ...words, '--model-path', 'model'], { cwd: folder }).status;
}

const tighten = (work: string) => appendFileSync(join(work, 'signoff.yaml'), '# From today on, more is asked.\n');
const dismiss = (work: string) => {
  const file = join(work, FOLDER.allowedSigners);
  const left = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== ben.line);
  assert.ok(left.includes(ana.line));
  writeFileSync(file, left.join('\n'));
};
const note = (work: string) => writeFileSync(join(work, 'NOTES.md'), 'Nothing that decides.\n');

for (const [what, change] of [
  ['its policy is another', tighten],
  ['somebody who signed is not trusted any more', dismiss],
] as const) {
  test(`the trusted branch moved since the checkout, and ${what}: the gate sees it and stops`, () => {
    const checked = checkout();
    move(checked, change);
    // The verifier asks nobody: to it the anchor is what this repository has.
    assert.equal(verifyAlone(checked), 0);
    const { status, said } = deploy(checked);
    assert.equal(status, 1, said);
    assert.match(said, /Not approved for production/);
    assert.equal(deployedIn(checked.folder), undefined);
    assert.equal(verifyAlone(checked), 1);
  });
}

test('the trusted branch moved by what decides nothing: the gate deploys', () => {
  for (const how of ['on', 'over'] as const) {
    const checked = checkout();
    move(checked, note, how);
    const { status, said } = deploy(checked);
    assert.equal(status, 0, said);
    assert.equal(deployedIn(checked.folder), 'model');
  }
});

test('a remote that does not answer, or lost the trusted branch, has nothing deployed', () => {
  const gone = checkout();
  renameSync(gone.origin, `${gone.origin}-elsewhere`);
  const lost = checkout();
  git(lost.origin, 'branch', '--quiet', '-D', 'protected');
  for (const checked of [gone, lost]) {
    const { status, said } = deploy(checked);
    assert.notEqual(status, 0, said);
    assert.equal(deployedIn(checked.folder), undefined);
  }
});

test('what was signed, beside a script that only whoever pushed it knows: nothing runs', () => {
  const place = checkout();
  const usual = { deploy: usualDeploy(TRUSTED) };
  const script = join(place.folder, 'deploy.sh');
  move(place, (work) =>
    writeFileSync(join(work, 'deploy.sh'), '#!/bin/sh\necho reviewed > deployed\n', { mode: 0o755 }),
  );
  const pushed = deploy(place, usual);
  assert.equal(pushed.status, 1);
  assert.match(pushed.said, /deploy\.sh is not as refs\/remotes\/origin\/protected has it/);
  assert.equal(deployedIn(place.folder), undefined);

  rmSync(script);
  writeFileSync(script, '#!/bin/sh\necho reviewed > deployed\n', { mode: 0o755 });
  git(place.folder, ...IDENTITY, 'commit', '--all', '--quiet', '--message', 'As it is there');
  assert.equal(deploy(place, usual).status, 0);
  assert.equal(deployedIn(place.folder), 'reviewed\n');
});
