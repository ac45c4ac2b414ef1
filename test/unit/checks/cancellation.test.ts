import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReportProgress } from '../../../src/base/result.ts';
import { evaluate } from '../../../src/checks/kinds.ts';
import type { Dataset, MetricCheck } from '../../../src/policy/schema.ts';
import { memoryContext } from './support/memory-context.ts';

const ROWS = 3000;
const TABLE = {
  y: Array.from({ length: ROWS }, (_, row) => row % 2),
  p: Array.from({ length: ROWS }, (_, row) => (row % 10) / 10),
  g: Array.from({ length: ROWS }, (_, row) => `group ${row % 3}`),
};
const DATASET: Dataset = { path: 'rows.csv', label: 'y', score: 'p', groups: { g: {} } };
const CHECK = { check: 'metric', metric: 'average_precision', dataset: 'd', min: 0, confidence: 0.95 } as const;

async function watched(check: MetricCheck, reportProgress: ReportProgress, signal?: AbortSignal) {
  return evaluate(check, {
    ...memoryContext('binary', { d: { dataset: DATASET, table: TABLE } }),
    signal,
    reportProgress,
  });
}

test('a check says how far it is in the middle of resampling, and between groups', async () => {
  const messages: string[] = [];
  await watched({ ...CHECK, by: 'g' }, ({ message }) => messages.push(message));
  assert.ok(messages.includes('Resampling: 500 done'));
  assert.deepEqual(
    messages.filter((message) => message.includes('“')),
    ['Average precision of “group 0”', 'Average precision of “group 1”', 'Average precision of “group 2”'],
  );
});

test('a check is cancelled in the middle of resampling', async () => {
  const controller = new AbortController();
  const messages: string[] = [];
  const cancelled = watched(
    CHECK,
    ({ message }) => {
      messages.push(message);
      if (messages.length === 3) controller.abort();
    },
    controller.signal,
  );
  await assert.rejects(cancelled, { name: 'AbortError' });
  assert.equal(messages.length, 3);
});
