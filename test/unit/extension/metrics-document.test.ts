import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { metricsDocument } from '../../../src/extension/panels/metrics-document.ts';
import type { MetricPoint, Run } from '../../../src/runs/run.ts';

const series = (...steps: readonly number[]): readonly MetricPoint[] =>
  steps.map((step) => ({ step, timestamp: 0, value: step / 10 }));

function run(history: Readonly<Record<string, readonly MetricPoint[]>>): Run {
  return {
    ...{ id: 'run-1', name: 'challenger', experiment: 'e', status: 'finished' },
    ...{ user: undefined, startTime: undefined, endTime: undefined, artifactFolder: undefined },
    ...{ metrics: new Map(), params: new Map(), tags: new Map(), inputs: [], models: [], registered: [] },
    history: new Map(Object.entries(history)),
  };
}

function histories(given: Run): readonly { title: string; steps: readonly string[]; names: readonly string[] }[] {
  return metricsDocument(given, 'model')
    .tables.filter(({ id }) => id.startsWith('history-'))
    .map(({ title, columns, groups }) => ({
      title,
      steps: columns.slice(1).map((column) => column.title),
      names: groups.flatMap(({ rows }) => rows.map((row) => row.id)),
    }));
}

describe('the history of metrics', () => {
  test('puts metrics of the same steps together, and those of other steps apart though they are as many', () => {
    assert.deepEqual(histories(run({ auc: series(0, 1, 2), f1: series(0, 1, 2), loss: series(10, 20, 30) })), [
      { title: 'History over 3 steps: auc, …', steps: ['step 0', 'step 1', 'step 2'], names: ['auc', 'f1'] },
      { title: 'History over 3 steps: loss', steps: ['step 10', 'step 20', 'step 30'], names: ['loss'] },
    ]);
  });

  test('shows the newest of many', () => {
    const [table] = histories(run({ loss: series(...Array.from({ length: 30 }, (_, index) => index)) }));
    assert.equal(table?.title, 'History over 30 steps');
    assert.deepEqual([table?.steps.length, table?.steps[0], table?.steps.at(-1)], [12, 'step 18', 'step 29']);
  });

  test('speaks of values where a step was logged more than once', () => {
    assert.equal(histories(run({ auc: series(0, 0) }))[0]?.title, 'History of 2 values');
  });
});
