import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { estimate, type MetricParameters, measure } from '../../../src/checks/estimate.ts';
import { unitsOf } from '../../../src/checks/estimates/units.ts';
import { METRIC_NAMES, METRICS, type MetricName, TASKS, type Task } from '../../../src/policy/metric-names.ts';
import type { Dataset } from '../../../src/policy/schema.ts';
import { type MemoryTable, rowsOf } from './support/memory-context.ts';

const ROWS = 60;
const PARAMETERS: readonly MetricParameters[] = [
  { beta: 2, k: 3, multi_class: 'ovr', average: 'macro', payoff: { tp: 3, fp: -1, fn: -4, tn: 0 } },
  {
    beta: 0.5,
    k: 1,
    multi_class: 'ovo',
    average: 'weighted',
    weights: 'linear',
    strategy: 'quantile',
    n_bins: 4,
    alpha: 0.2,
    payoff: { tp: 0, fp: -50, fn: -900, tn: 120 },
  },
  { beta: 1, k: 2, multi_class: 'ovr', average: 'micro', weights: 'quadratic', payoff: { tp: 1, fp: 1, fn: 1, tn: 1 } },
];

function tables(task: Task): fc.Arbitrary<MemoryTable> {
  const column = <Cell>(cell: fc.Arbitrary<Cell>) => fc.array(cell, { minLength: ROWS, maxLength: ROWS });
  const share = fc.integer({ min: 0, max: 20 }).map((part) => part / 20);
  const label =
    task === 'binary'
      ? fc.constantFrom(0, 1)
      : task === 'multiclass'
        ? fc.constantFrom('a', 'b', 'c')
        : fc.integer({ min: 0, max: 4 });
  return fc
    .record({
      y: column<number | string>(label),
      prediction: column<number | string>(task === 'multiclass' ? label : fc.double({ min: 0, max: 5, noNaN: true })),
      p: column(share),
      w: column(fc.integer({ min: 0, max: 3 })),
      q: column(fc.integer({ min: 0, max: 9 })),
    })
    .map((table) => ({
      ...table,
      a: table.p.map((part) => part / 2),
      b: table.p.map((part) => (1 - part) / 3),
      c: table.p.map((part) => 1 - part / 2 - (1 - part) / 3),
    }));
}

function datasetOf(task: Task, extra: Partial<Dataset> = {}): Dataset {
  const shared = { path: 'rows.csv', label: 'y', ...extra };
  if (task === 'binary') return { ...shared, score: 'p' };
  if (task === 'multiclass') return { ...shared, scores: { a: 'a', b: 'b', c: 'c' }, prediction: 'prediction' };
  return task === 'regression' ? { ...shared, prediction: 'prediction' } : { ...shared, score: 'p', query: 'q' };
}

function metricsOf(task: Task): readonly MetricName[] {
  return METRIC_NAMES.filter((name) => (METRICS[name].tasks as readonly Task[]).includes(task));
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

for (const task of TASKS) {
  for (const metric of metricsOf(task)) {
    if (metric === 'max_error') continue;
    test(`what is resampled of ${metric} (${task}) is the metric itself where every row is drawn once`, () => {
      fc.assert(
        fc.property(
          tables(task),
          fc.constantFrom(...PARAMETERS),
          fc.constantFrom(undefined, 'w'),
          (table, parameters, weight) => {
            const rows = rowsOf(table, datasetOf(task, weight ? { weight } : {}), 'd', task);
            const found = measure(metric, parameters, rows);
            if (!found.ok) return;
            const units = found.value.units();
            assert.ok(units.ok);
            const value = found.value.statistic?.().prepare(units.value)(new Float64Array(units.value.count).fill(1));
            if (found.value.zeroDivision && Number.isNaN(value)) return;
            assert.ok(close(value ?? Number.NaN, found.value.value), `${value} instead of ${found.value.value}`);
          },
        ),
        { numRuns: 60 },
      );
    });

    test(`weights count ${metric} (${task}) as repeated rows would`, () => {
      // A query's weight is the mean of its rows' weights: there a repeated row is another result.
      if (task === 'ranking') return;
      fc.assert(
        fc.property(tables(task), fc.constantFrom(...PARAMETERS), (table, parameters) => {
          const weighted = measure(metric, parameters, rowsOf(table, datasetOf(task, { weight: 'w' }), 'd', task));
          const repeated = measure(metric, parameters, rowsOf(repeatRows(table), datasetOf(task), 'd', task));
          if (metric === 'roc_auc' || !weighted.ok) return;
          assert.ok(repeated.ok && close(weighted.value.value, repeated.value.value));
        }),
        { numRuns: 30 },
      );
    });
  }
}

function repeatRows(table: MemoryTable): MemoryTable {
  const weights = table['w'] as readonly number[];
  const repeated = (cells: MemoryTable[string]) =>
    cells.flatMap((cell, row) => new Array(weights[row] ?? 0).fill(cell));
  return Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, repeated(cells)]));
}

test('drawing a row twice is the row with twice the weight', () => {
  fc.assert(
    fc.property(
      tables('binary'),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: ROWS, maxLength: ROWS }),
      (table, drawn) => {
        const plain = rowsOf(table, datasetOf('binary'), 'd', 'binary');
        const weighted = rowsOf({ ...table, w: drawn }, datasetOf('binary', { weight: 'w' }), 'd', 'binary');
        for (const metric of [
          'roc_auc',
          'average_precision',
          'expected_calibration_error',
          'log_loss',
          'f1',
        ] as const) {
          const found = measure(metric, {}, plain);
          const expected = measure(metric, {}, weighted);
          const units = unitsOf(plain);
          if (!found.ok || !expected.ok || expected.value.zeroDivision) return;
          assert.ok(units.ok);
          const value = found.value.statistic?.().prepare(units.value)(Float64Array.from(drawn)) ?? Number.NaN;
          assert.ok(close(value, expected.value.value), `${metric}: ${value} instead of ${expected.value.value}`);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('an estimate does not depend on the order of the rows', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TASKS).chain((task) => fc.tuple(fc.constant(task), tables(task))),
      ([task, table]) => {
        const turned = Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, cells.toReversed()]));
        for (const metric of metricsOf(task)) {
          const parameters = PARAMETERS[0] as MetricParameters;
          const one = estimate(metric, parameters, rowsOf(table, datasetOf(task, { weight: 'w' }), 'd', task));
          const other = estimate(metric, parameters, rowsOf(turned, datasetOf(task, { weight: 'w' }), 'd', task));
          assert.equal(one.ok, other.ok);
          if (one.ok && other.ok) {
            const { value } = one.value;
            assert.ok(
              Math.abs(value - other.value.value) <= 1e-12 * Math.max(1, Math.abs(value)),
              `${metric} of ${task}`,
            );
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
