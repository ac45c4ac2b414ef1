import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readKeptPanel, readPanelMessage } from '../../../src/extension/panels/read-message.ts';

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

describe('what a page kept over a reload', () => {
  test('is the panel that it was, whatever else its reader chose', () => {
    const panel = { kind: 'verdict', about: ['production', 'refs/heads/main'] };
    assert.deepEqual(readKeptPanel({ panel, filter: 'on', thresholds: {} }), panel);
  });

  for (const state of [
    undefined,
    'panel',
    {},
    { panel: undefined },
    { panel: { kind: 'shell', about: [] } },
    { panel: { kind: 'report' } },
    { panel: { kind: 'report', about: [1] } },
    { panel: { kind: 'report', about: ['a', 'b', 'c'] } },
    { panel: { kind: 'report', about: [], more: true } },
    { panel: { kind: 'report', about: ['x'.repeat(5000)] } },
  ]) {
    test(`is nothing where it is ${JSON.stringify(state)?.slice(0, 60)}`, () => {
      assert.equal(readKeptPanel(state), undefined);
    });
  }
});
