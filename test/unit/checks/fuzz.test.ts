import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { judge } from '../../../src/checks/bounds.ts';
import type { Finding } from '../../../src/checks/check-context.ts';
import { evaluate } from '../../../src/checks/kinds.ts';
import { METRIC_NAMES, METRICS, TASKS, type Task } from '../../../src/policy/metric-names.ts';
import type { AgreementCheck, Check, Dataset, GapCheck, MetricCheck } from '../../../src/policy/schema.ts';
import { type Cell, type MemoryTable, memoryContext } from './support/memory-context.ts';

/** More by `MODEL_SIGNOFF_FUZZ_RUNS`. */
const RUNS = Number(process.env['MODEL_SIGNOFF_FUZZ_RUNS'] ?? 1500);

const odd = fc.constantFrom<Cell>(null, Number.NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, 'x', '', 2, -1);

/** Mostly what a column should hold, so that the odd cell is what decides. */
function cells(usual: fc.Arbitrary<Cell>, rows: number): fc.Arbitrary<Cell[]> {
  const clean = fc.array(usual, { minLength: rows, maxLength: rows });
  const dirty = fc.array(fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd }), {
    minLength: rows,
    maxLength: rows,
  });
  const constant = usual.map((cell) => new Array<Cell>(rows).fill(cell));
  return fc.oneof({ weight: 6, arbitrary: clean }, { weight: 2, arbitrary: dirty }, { weight: 1, arbitrary: constant });
}

function tables(task: Task): fc.Arbitrary<MemoryTable> {
  const isClass = task === 'binary' || task === 'multiclass';
  const label =
    task === 'binary'
      ? fc.constantFrom<Cell>(0, 1)
      : task === 'multiclass'
        ? fc.constantFrom<Cell>('a', 'b', 'c')
        : fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 100, noNaN: true }));
  const share = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  return fc.integer({ min: 0, max: 25 }).chain((rows) =>
    fc.record({
      y: cells(label, rows),
      prediction: cells(isClass ? label : fc.double({ min: -10, max: 100, noNaN: true }), rows),
      p: cells(share, rows),
      a: cells(fc.constant(0.25), rows),
      b: cells(fc.constant(0.25), rows),
      c: cells(fc.constant(0.5), rows),
      w: cells(fc.constantFrom<Cell>(1, 1, 2, 0.5, 0), rows),
      u: cells(fc.constantFrom<Cell>('u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'), rows),
      g: cells(fc.constantFrom<Cell>('x', 'y', 'z', null), rows),
      age: cells(fc.constantFrom<Cell>(20, 30, 40, null), rows),
      q: cells(fc.constantFrom<Cell>(1, 2, 3, 4), rows),
      k: fc.constant(Array.from({ length: rows }, (_, row): Cell => row)),
    }),
  );
}

function datasets(task: Task): fc.Arbitrary<Dataset> {
  const maybe = <Value>(value: Value) => fc.constantFrom(value, undefined);
  return fc
    .record({
      path: fc.constant('run:rows.csv'),
      label: fc.constant('y'),
      score: fc.constant('p'),
      scores: task === 'multiclass' ? maybe({ a: 'a', b: 'b', c: 'c' }) : fc.constant(undefined),
      prediction: task === 'regression' ? fc.constant('prediction') : maybe('prediction'),
      threshold: maybe(0.3),
      query: task === 'ranking' ? fc.constant('q') : fc.constant(undefined),
      weight: fc.constantFrom(undefined, undefined, undefined, 'w'),
      unit: fc.constantFrom(undefined, undefined, undefined, 'u'),
      key: maybe('k'),
      groups: fc.constant({ g: {}, age: { bins: [25, 35] }, when: { column: 'age', every: 'week' } }),
    })
    .map((found) => JSON.parse(JSON.stringify(found)) as Dataset);
}

const limit = fc.oneof(fc.constantFrom(0, 0.5, 1, -1), fc.double({ min: -2, max: 2, noNaN: true }));
const maybeLimit = fc.option(limit, { nil: undefined });
const parameters = {
  average: fc.constantFrom(undefined, 'macro', 'micro', 'weighted', 'binary'),
  class: fc.constantFrom(undefined, undefined, 'a', 'c', 'z'),
  multi_class: fc.constantFrom(undefined, 'ovr', 'ovo'),
  weights: fc.constantFrom(undefined, 'linear', 'quadratic'),
  beta: fc.constantFrom(undefined, 0.5, 2),
  k: fc.constantFrom(undefined, 1, 3),
  alpha: fc.constantFrom(undefined, 0.1),
  n_bins: fc.constantFrom(undefined, 2, 10),
  strategy: fc.constantFrom(undefined, 'uniform', 'quantile'),
  payoff: fc.constantFrom(undefined, { tp: 1, fp: -2, fn: -3, tn: 0 }),
};

function checks(task: Task): fc.Arbitrary<Check> {
  const ofTask = METRIC_NAMES.filter((name) => (METRICS[name].tasks as readonly Task[]).includes(task));
  const metric = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...ofTask) },
    { weight: 1, arbitrary: fc.constantFrom(...METRIC_NAMES) },
  );
  const confidence = fc.constantFrom(undefined, undefined, 0.9, 0.95);
  const rows = fc.constantFrom(undefined, undefined, 1, 4);
  const bounds = {
    min: maybeLimit,
    max: maybeLimit,
    max_abs: fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { nil: undefined }),
  };
  const by = fc.constantFrom(undefined, undefined, undefined, 'g', 'age', 'when', ['g', 'age'], 'unknown');
  const plain = fc.record({
    check: fc.constant('metric' as const),
    metric,
    dataset: fc.constant('d'),
    ...parameters,
    ...bounds,
    by,
    confidence,
    min_rows: rows,
  });
  const against = fc.record({
    ...{
      check: fc.constant('metric' as const),
      metric,
      dataset: fc.constant('d'),
      ...parameters,
      by,
      confidence,
      min_rows: rows,
    },
    ...{ against: fc.constant('production'), max_drop: maybeLimit, max_drop_relative: maybeLimit },
  });
  const mlflow = fc.record({
    ...{ check: fc.constant('metric' as const), metric, dataset: fc.constant('d'), ...parameters, by },
    ...{ threshold: maybeLimit, against: fc.constantFrom(undefined, 'production') },
    min_absolute_change: fc.constantFrom(undefined, 0.01),
    min_relative_change: fc.constantFrom(undefined, 0, 0.1),
  });
  const gap = fc.record({
    check: fc.constant('gap' as const),
    metric,
    datasets: fc.constantFrom(['d', 'e'], ['d', 'd']),
    ...parameters,
    ...bounds,
    confidence,
    min_rows: rows,
  });
  const agreement = fc.record({
    ...{
      check: fc.constant('agreement' as const),
      metric,
      dataset: fc.constant('d'),
      logged: fc.constantFrom('logged', 'other'),
    },
    ...{ ...parameters, tolerance: fc.constantFrom(0, 0.1, 1), min_rows: rows },
  });
  return fc
    .oneof({ weight: 4, arbitrary: plain }, { weight: 2, arbitrary: against }, mlflow, gap, agreement)
    .map((found) => JSON.parse(JSON.stringify(found)) as MetricCheck | GapCheck | AgreementCheck);
}

/** What must be so of a pass, whatever it was of. */
function assertSound(check: Check, finding: Finding): void {
  assert.ok(['pass', 'fail', 'uncertain', 'not_evaluable', 'not_applicable'].includes(finding.status), finding.status);
  assert.ok(finding.value === null || Number.isFinite(finding.value), 'value');
  assert.ok(finding.interval === null || finding.interval.every(Number.isFinite), 'interval');
  assert.match(finding.message, /[.”]$/);
  assert.doesNotMatch(finding.message, /undefined|\[object/);
  if (finding.status !== 'pass') return;
  const { value, interval, bound } = finding;
  assert.ok(value !== null && bound !== null, 'a pass has a value and a bound');
  const keys = Object.entries(bound).map(([key, at]) => [key.startsWith('max_drop') ? 'max' : key, at]);
  const plain = Object.fromEntries(keys) as Record<string, number>;
  const hasOwnRule = 'threshold' in bound || 'min_absolute_change' in bound || 'min_relative_change' in bound;
  const isOne = finding.parts === undefined || Object.keys(plain).length === keys.length;
  if (!hasOwnRule && isOne) assert.equal(judge(value, plain), 'pass');
  if ('confidence' in check && check.confidence !== undefined) {
    assert.ok(interval !== null && interval[0] < interval[1], 'a pass with confidence has an interval');
    if (!('max_drop' in bound && 'max_drop_relative' in bound))
      for (const end of interval) assert.equal(judge(end, plain), 'pass', `end ${end}`);
  }
  for (const part of finding.parts ?? []) assert.equal(part.status, 'pass', part.name);
  if ('min_rows' in check && check.min_rows !== undefined) assert.ok((finding.rows ?? 0) >= check.min_rows);
}

for (const task of TASKS) {
  test(`no table and no policy makes a check of the task ${task} throw or pass wrongly`, async () => {
    await fc.assert(
      fc.asyncProperty(
        datasets(task),
        tables(task),
        tables(task),
        checks(task),
        fc.boolean(),
        async (dataset, own, other, check, isFirst) => {
          const context = memoryContext(
            task,
            { d: { dataset, table: own }, e: { dataset, table: other } },
            isFirst ? undefined : { d: other, e: own },
          );
          assertSound(check, await evaluate(check, context));
        },
      ),
      { numRuns: RUNS },
    );
  });
}

test('a pass of a binary metric is what counting row by row says', async () => {
  await fc.assert(
    fc.asyncProperty(
      tables('binary'),
      fc.constantFrom('accuracy', 'recall', 'precision' as const),
      async (table, metric) => {
        const dataset: Dataset = { path: 'rows.csv', label: 'y', score: 'p' };
        const check = { check: 'metric', metric, dataset: 'd', min: -1 } as MetricCheck;
        const finding = await evaluate(check, memoryContext('binary', { d: { dataset, table } }));
        const expected = counted(table, metric);
        assert.equal(finding.status, expected === undefined ? 'not_evaluable' : 'pass', finding.message);
        if (expected !== undefined) assert.ok(Math.abs((finding.value ?? Number.NaN) - expected) < 1e-12);
      },
    ),
    { numRuns: RUNS },
  );
});

/** undefined where some cell is not what it should be. */
function counted({ y = [], p = [] }: MemoryTable, metric: string): number | undefined {
  if (y.length === 0) return undefined;
  const isText = y.some((label) => typeof label === 'string');
  const labels = y.map((label) => (isText && label !== null && label !== 'x' && label !== '' ? Number(label) : label));
  const others = new Set(labels.filter((label) => label !== 1));
  if (labels.some((label) => label === null || Number.isNaN(label)) || others.size > 1) return undefined;
  if ([...others].some((label) => typeof label === 'string')) return undefined;
  if (!p.every((score) => typeof score === 'number' && score >= 0 && score <= 1)) return undefined;
  const cells = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const [row, label] of labels.entries()) {
    const isSelected = (p[row] as number) >= 0.5;
    cells[label === 1 ? (isSelected ? 'tp' : 'fn') : isSelected ? 'fp' : 'tn'] += 1;
  }
  const { tp, fp, fn, tn } = cells;
  const share = (a: number, b: number) => (b === 0 ? 0 : a / b);
  if (metric === 'accuracy') return (tp + tn) / y.length;
  return metric === 'recall' ? share(tp, tp + fn) : share(tp, tp + fp);
}
