import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPanelMessage } from '../../../src/extension/panels/read-message.ts';

describe('a message from a panel', () => {
  test('is taken when it is one that a panel may send', () => {
    assert.deepEqual(readPanelMessage({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(readPanelMessage({ type: 'act', action: 'signOff' }), { type: 'act', action: 'signOff' });
    assert.deepEqual(readPanelMessage({ type: 'reveal', check: 'auc' }), { type: 'reveal', check: 'auc' });
    const copy = { type: 'copy', picture: 'roc/holdout' };
    assert.deepEqual(readPanelMessage(copy), copy);
  });

  test('is dropped when it is anything else', () => {
    const others: unknown[] = [
      undefined,
      null,
      'ready',
      { type: 'sign', bytes: 'abc' },
      { type: 'act', action: 'workbench.action.terminal.new' },
      { type: 'act', action: 'signOff', key: '/home/x' },
      { type: 'reveal', check: 7 },
      { type: 'reveal', check: 'x'.repeat(201) },
      { type: 'reveal' },
      { type: 'copy', picture: 'x'.repeat(1001) },
      { type: 'copy', text: 'anything' },
    ];
    for (const message of others) assert.equal(readPanelMessage(message), undefined);
  });
});
