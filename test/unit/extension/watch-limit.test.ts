import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { watchesAreRefused } from '../../../src/extension/state/watch-limit.ts';

/** A system that lets so many folders be watched at a time. */
function systemWith(most: number, code = 'ENOSPC'): { start: () => { close(): void }; open: () => number } {
  let open = 0;
  return {
    open: () => open,
    start: () => {
      if (open >= most) throw Object.assign(new Error('refused'), { code });
      open += 1;
      return {
        close: () => {
          open -= 1;
        },
      };
    },
  };
}

describe('whether the system lets folders be watched', () => {
  const folders = ['/a', '/b', '/c'];

  for (const code of ['ENOSPC', 'EMFILE', 'ENFILE']) {
    test(`is no where it answers ${code} for the last of them, and none stays watched`, () => {
      const system = systemWith(2, code);
      assert.equal(watchesAreRefused(folders, system.start), true);
      assert.equal(system.open(), 0);
    });
  }

  test('is yes where all can be watched at once, and none stays watched', () => {
    const system = systemWith(3);
    assert.equal(watchesAreRefused(folders, system.start), false);
    assert.equal(system.open(), 0);
  });

  test('does not depend on folders that are not there or not ours', () => {
    assert.equal(watchesAreRefused(folders, systemWith(0, 'ENOENT').start), false);
    assert.equal(watchesAreRefused(folders, systemWith(0, 'EACCES').start), false);
  });
});
