import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../src/checks/kinds.ts';
import type { Check } from '../../../src/policy/schema.ts';
import { memoryContext } from './support/memory-context.ts';

const ACCURACY: Check = { check: 'metric', metric: 'accuracy', dataset: 'd', min: 0 };

for (const task of ['binary', 'multiclass'] as const) {
  test(`an infinite label is no class: ${task}`, async () => {
    for (const infinite of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const table = { y: [1, infinite, 1], prediction: [1, infinite, 1] };
      const dataset = { path: 'rows.parquet', label: 'y', prediction: 'prediction' };
      const finding = await evaluate(ACCURACY, memoryContext(task, { d: { dataset, table } }));
      assert.equal(finding.status, 'not_evaluable', finding.message);
      assert.match(finding.message, /infinite numbers/);
    }
  });
}
