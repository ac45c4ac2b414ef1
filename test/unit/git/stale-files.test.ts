import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { commitFiles } from '../../../src/git/commit-files.ts';
import { removeStaleFiles } from '../../../src/git/stale-files.ts';
import { scratchFolder, scratchRepository } from './support/scratch-repository.ts';

const HEX = 'abcdef012345';
const HOUR_AGO = Date.now() / 1000 - 3600;
/** A process that has ended: its number is nobody's for now. */
const ENDED = spawnSync(process.execPath, ['--version']).pid;

function gitDirWith(context: TestContext, name: string, seconds = HOUR_AGO): string {
  const gitDir = scratchFolder(context);
  writeFileSync(join(gitDir, name), 'x');
  utimesSync(join(gitDir, name), seconds, seconds);
  return gitDir;
}

for (const name of [
  `signoff-index-${ENDED}-${HEX}`,
  `signoff-index-${ENDED}-${HEX}.lock`,
  `signoff-${ENDED}-${HEX}.tmp`,
]) {
  test(`${name.replace(String(ENDED), '<ended>')} is removed when it is old`, (context) => {
    const gitDir = gitDirWith(context, name);
    removeStaleFiles({ gitDir }, Date.now());
    assert.deepEqual(readdirSync(gitDir), []);
  });
}

const KEPT: readonly (readonly [why: string, name: string, seconds?: number])[] = [
  ['it is young', `signoff-index-${ENDED}-${HEX}`, Date.now() / 1000 - 60],
  ['it is from the future', `signoff-index-${ENDED}-${HEX}`, Date.now() / 1000 + 3600],
  ['its process is running', `signoff-index-${process.pid}-${HEX}`],
  ["its process is another user's or the first of all", `signoff-index-1-${HEX}`],
  ["it is git's index", 'index'],
  ["it is git's lock", 'index.lock'],
  ['it is not named by us', `signoff-index-${ENDED}-${HEX}-copy`],
  ['it has no process', `signoff-index--${HEX}`],
  ['its process is no number of one', `signoff-index-99999999999999999999-${HEX}`],
];

for (const [why, name, seconds] of KEPT) {
  test(`kept: ${why}`, (context) => {
    const gitDir = gitDirWith(context, name, seconds);
    removeStaleFiles({ gitDir }, Date.now());
    assert.deepEqual(readdirSync(gitDir), [name]);
  });
}

test('kept: folders and symlinks with our names, and what they lead to', (context) => {
  const gitDir = scratchFolder(context);
  const target = join(scratchFolder(context), 'target');
  writeFileSync(target, 'x');
  mkdirSync(join(gitDir, `signoff-index-${ENDED}-${HEX}`));
  symlinkSync(target, join(gitDir, `signoff-${ENDED}-${HEX}.tmp`));
  removeStaleFiles({ gitDir }, Date.now() + 7_200_000);
  assert.equal(readdirSync(gitDir).length, 2);
  assert.ok(existsSync(target));
});

test('committing tidies up after a process that was killed', async (context) => {
  const repository = scratchRepository(context);
  const left = join(repository.folder, '.git', `signoff-index-${ENDED}-${HEX}`);
  writeFileSync(left, 'x');
  utimesSync(left, HOUR_AGO, HOUR_AGO);
  const files = [{ path: '.signoff/a.json', content: Buffer.from('{}') }];
  assert.ok((await commitFiles(await repository.open(), { files, message: 'Approve\n' })).ok);
  assert.ok(!existsSync(left));
});
