import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fail, succeed } from '../../../src/base/result.ts';
import type { CommandResult } from '../../../src/extension/commands/command.ts';
import { bringBack } from '../../../src/extension/panels/bring-back.ts';
import type { Renew } from '../../../src/extension/panels/panels.ts';
import type { Snapshot } from '../../../src/extension/state/snapshot.ts';

const kept = { kind: 'metrics', about: [] } as const;
const snapshotOf = (look: string | undefined, activity: string): Snapshot =>
  ({ activity, assessed: look === undefined ? undefined : { digest: look } }) as unknown as Snapshot;

/** Brings a panel back whose content comes to these answers, one after the other. */
async function returning(...answers: readonly (CommandResult | Error)[]) {
  const said: string[] = [];
  const seen: { tries: number; renew: Renew | undefined } = { tries: 0, renew: undefined };
  await bringBack(
    {
      state: { snapshot: snapshotOf(undefined, 'idle') },
      log: { info: () => undefined },
      panels: {
        wait: (_, { document }, renew) => {
          assert.deepEqual(
            document.actions.map(({ action }) => action),
            ['check'],
          );
          said.push(document.subtitle);
          seen.renew = renew;
        },
      },
    },
    {
      ...{ kept, title: 'Metrics' },
      show: async () => {
        const answer = answers[seen.tries];
        seen.tries += 1;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
  );
  return { said, seen };
}

describe('a panel that comes back with the window', () => {
  test('is filled where it can be, and then waits for nothing', async () => {
    const { said, seen } = await returning(succeed(undefined));
    assert.deepEqual([said, seen.tries], [[], 1]);
  });

  test('says why not in one sentence, and is filled once a run was looked at', async () => {
    const { said, seen } = await returning(fail('no-run', 'There is no run.'), succeed(undefined));
    assert.deepEqual(said, ['There is no run.']);
    await seen.renew?.(snapshotOf(undefined, 'idle'));
    await seen.renew?.(snapshotOf('a', 'checking'));
    assert.equal(seen.tries, 1);
    await seen.renew?.(snapshotOf('a', 'idle'));
    assert.deepEqual([said.length, seen.tries], [1, 2]);
  });

  test('says the newest reason where it fails again', async () => {
    const { said, seen } = await returning(fail('a', 'First.'), fail('b', 'Second.'));
    await seen.renew?.(snapshotOf('a', 'idle'));
    assert.deepEqual(said, ['First.', 'Second.']);
  });

  test('does not wait for ever where its work was stopped or broke', async () => {
    const { said, seen } = await returning(undefined, new Error('out of memory'));
    await seen.renew?.(snapshotOf('a', 'idle'));
    assert.deepEqual(said, ['Stopped.', 'Something went wrong inside Model Signoff: out of memory']);
  });
});
