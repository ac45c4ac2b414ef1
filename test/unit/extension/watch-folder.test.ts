import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { watchFolder } from '../../../src/extension/state/watch-folder.ts';

/** Longer than what belongs together is waited for. */
const SOON_MS = 400;

function scene(context: TestContext) {
  const base = mkdtempSync(join(tmpdir(), 'watch-folder-'));
  const folder = join(base, 'model-signoff', 'rings');
  let told = 0;
  const watching = watchFolder(folder, () => {
    told += 1;
  });
  context.after(() => {
    watching.dispose();
    rmSync(base, { recursive: true, force: true });
  });
  return {
    ...{ base, folder, watching },
    /** How often it was told since this was asked last. */
    told: async (): Promise<number> => {
      await pause(SOON_MS);
      const count = told;
      told = 0;
      return count;
    },
  };
}

test('a file in a folder that came to be after it was watched is told of, once for all that belongs together', async (context) => {
  const { folder, told } = scene(context);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.json.tmp'), 'x');
  renameSync(join(folder, 'a.json.tmp'), join(folder, 'a.json'));
  assert.equal(await told(), 1);
  writeFileSync(join(folder, 'b.json'), 'x');
  assert.equal(await told(), 1);
});

test('what happens beside it is nobody’s business', async (context) => {
  const { base, told } = scene(context);
  writeFileSync(join(base, 'index.lock'), 'x');
  mkdirSync(join(base, 'model-signoff'));
  writeFileSync(join(base, 'model-signoff', 'other'), 'x');
  assert.equal(await told(), 0);
});

test('a folder that was removed and made again is watched on', async (context) => {
  const { base, folder, told } = scene(context);
  mkdirSync(folder, { recursive: true });
  await told();
  rmSync(join(base, 'model-signoff'), { recursive: true });
  await told();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'a.json'), 'x');
  assert.equal(await told(), 1);
});

test('after it was let go of, nothing is told any more', async (context) => {
  const { folder, told, watching } = scene(context);
  mkdirSync(folder, { recursive: true });
  await told();
  writeFileSync(join(folder, 'a.json'), 'x');
  watching.dispose();
  writeFileSync(join(folder, 'b.json'), 'x');
  assert.equal(await told(), 0);
});
