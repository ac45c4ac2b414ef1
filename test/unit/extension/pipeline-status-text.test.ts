import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pipelineStatusText } from '../../../src/extension/views/pipeline-status-text.ts';
import type { RingRecord } from '../../../src/pipeline/ring-book.ts';

const RECORD: RingRecord = {
  ...{ correlation: 'c'.repeat(32), system: 'github', environment: 'production', event: 'on_approved' },
  ...{ model: 'credit', version: 'd'.repeat(64), title: 'GitHub: start deploy.yml', state: 'accepted' },
  ...{ attempt: 1, pid: 1, followed: true },
  ...{ message: 'It was started.', sentAt: '2026-11-28T08:00:00Z' },
};
const run = { id: '7', url: 'https://github.com/acme/credit/actions/runs/7' };

test('nobody was told: nothing is shown', () => {
  assert.equal(pipelineStatusText([]), undefined);
});

const shown: readonly (readonly [Partial<RingRecord>, string])[] = [
  [{}, '$(rocket) production: pipeline was told'],
  [{ run }, '$(sync~spin) production: pipeline runs'],
  [{ run, status: 'waiting' }, '$(clock) production: pipeline waits'],
  [{ run, status: 'succeeded' }, '$(pass) production: pipeline succeeded'],
  [{ run, status: 'failed' }, '$(error) production: pipeline failed'],
  [{ run, followed: false }, '$(rocket) production: pipeline was told'],
  [{ run, status: 'failed', event: 'on_rejected' }, '$(error) production (rejection): pipeline failed'],
  [{ run, status: 'succeeded', event: 'on_rolled_back' }, '$(pass) production (roll-back): pipeline succeeded'],
  [{ state: 'refused' }, '$(error) production: pipeline refused'],
  [{ state: 'unknown' }, '$(rocket) production: pipeline did not answer'],
];

for (const [what, text] of shown) {
  test(`${JSON.stringify(what)} reads “${text}”`, () => {
    assert.equal(pipelineStatusText([{ ...RECORD, ...what }])?.text, text);
  });
}

test('names from elsewhere are text: they bring no icon and no line of their own', () => {
  const status = pipelineStatusText([{ ...RECORD, environment: 'x$(fire)\n', message: 'a\u202eb' }]);
  assert.equal(status?.text, '$(rocket) x\\$(fire)\\u{a}: pipeline was told');
  assert.ok(!status?.tooltip.includes('\u202e'));
});
