import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkedRunsIn } from '../../../src/extension/state/checked-runs.ts';
import { EVERY_RUN } from '../../../src/extension/views/arrange-runs.ts';
import { readChoice, ViewChoices } from '../../../src/extension/views/view-choices.ts';

describe('how a person wants the views', () => {
  test('is kept, and told to whoever shows them', () => {
    const stored: unknown[] = [];
    const choices = new ViewChoices({ get: () => undefined, set: (choice) => stored.push(choice) });
    let told = 0;
    choices.onDidChange(() => {
      told += 1;
    });
    choices.choose({ statuses: ['fail'] });
    assert.deepEqual(stored, [{ statuses: ['fail'], runs: EVERY_RUN }]);
    assert.equal(told, 1);
    assert.deepEqual(readChoice(stored[0]), choices.current);
  });

  test('is the usual where what is stored makes no sense', () => {
    const usual = { statuses: undefined, runs: EVERY_RUN };
    const senseless = [undefined, null, 7, 'x', [], { statuses: ['nonsense'], runs: { words: 1, order: 'x' } }];
    for (const stored of senseless) assert.deepEqual(readChoice(stored), usual);
  });
});

describe('what is remembered of earlier checks', () => {
  test('is nothing where what is stored is not what was written', () => {
    const read = (stored: unknown) => checkedRunsIn({ get: () => stored, update: () => {} }).get();
    const good = { run: 'a', policySha256: 'b', required: 2, holding: 1, at: 0 };
    assert.deepEqual(read([good]), [good]);
    for (const stored of [undefined, {}, [good, { ...good, holding: 'all' }], [{ ...good, required: Number.NaN }]]) {
      assert.deepEqual(read(stored), []);
    }
  });
});
