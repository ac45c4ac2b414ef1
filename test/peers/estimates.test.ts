import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimate, type MetricParameters } from '../../src/checks/estimate.ts';
import type { MetricName, Task } from '../../src/policy/metric-names.ts';
import type { Dataset } from '../../src/policy/schema.ts';
import { type MemoryTable, rowsOf } from '../unit/checks/support/memory-context.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

interface Case {
  readonly task: Task;
  readonly dataset: Dataset;
  readonly table: MemoryTable;
  readonly checks: readonly {
    readonly metric: MetricName;
    readonly parameters: MetricParameters;
    readonly value: number;
  }[];
}

test('a check’s metric is scikit-learn’s, whatever the task, the average and the weights', {
  skip: withoutPeers,
}, (context) => {
  const cases = jsonFromPython('estimates.py') as Case[];
  const disagreements: string[] = [];
  const compared = new Map<string, number>();
  for (const { task, dataset, table, checks } of cases) {
    const rows = rowsOf(table, dataset, 'rows', task);
    for (const { metric, parameters, value } of checks) {
      const found = estimate(metric, parameters, rows);
      const what = `${metric} ${JSON.stringify(parameters)} of ${task}${dataset.weight ? ', weighted' : ''}`;
      if (!found.ok) disagreements.push(`${what}: ${found.problem.message} instead of ${value}`);
      else if (!agree(found.value.value, value))
        disagreements.push(`${what}: ${found.value.value} instead of ${value}`);
      compared.set(metric, (compared.get(metric) ?? 0) + 1);
    }
  }
  const numbers = [...compared.values()].reduce((sum, count) => sum + count, 0);
  context.diagnostic(`${cases.length} tables, ${compared.size} metrics, ${numbers} values`);
  assert.ok(cases.length >= 200);
  assert.deepEqual(disagreements.slice(0, 20), [], `${disagreements.length} disagreements`);
});

/** To 1e-9 relative or 1e-12 absolute. */
function agree(ours: number, theirs: number): boolean {
  const distance = Math.abs(ours - theirs);
  return distance <= 1e-12 || distance <= 1e-9 * Math.abs(theirs);
}
