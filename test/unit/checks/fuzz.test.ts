import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { judge } from '../../../src/checks/bounds.ts';
import type { Finding } from '../../../src/checks/check-context.ts';
import { evaluate } from '../../../src/checks/kinds.ts';
import { METRIC_NAMES, METRICS, type MetricName, TASKS, type Task } from '../../../src/policy/metric-names.ts';
import type { AgreementCheck, Check, Dataset, GapCheck, MetricCheck } from '../../../src/policy/schema.ts';
import { type Cell, type MemoryTable, memoryContext } from './support/memory-context.ts';
import { type Naive, naiveMetric, rowsWhere } from './support/naive-metrics.ts';

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

/** What the witness says of it: a value that the engine has must be the witness's, and what is unusable has none. */
function assertWitnessed(task: Task, check: Check, dataset: Dataset, tables: Tables, finding: Finding): void {
  if (check.check === 'metric') {
    if (check.metric === undefined || !tasksOf(check.metric).includes(task)) return;
    if (check.against !== undefined) assertDrop(task, check, check.metric, dataset, tables, finding);
    else if (check.by !== undefined) assertGroups(task, check, check.metric, dataset, tables.own, finding);
    else assertValue(naiveMetric(task, check.metric, check, dataset, tables.own), finding);
  } else if (check.check === 'agreement' || check.check === 'gap') {
    if (!tasksOf(check.metric).includes(task)) return;
    const first = naiveMetric(task, check.metric, check, dataset, tables.own);
    if (check.check === 'agreement') {
      const value = typeof first === 'number' ? Math.abs(first - 0.5) / Math.max(1, Math.abs(first)) : first;
      assertValue(value, finding);
    } else {
      assertValue(
        dropBetween(check.metric, first, naiveMetric(task, check.metric, check, dataset, tables.other)),
        finding,
      );
    }
  }
}

interface Tables {
  readonly own: MemoryTable;
  readonly other: MemoryTable;
  readonly isFirst: boolean;
}

function tasksOf(metric: MetricName): readonly Task[] {
  return METRICS[metric].tasks;
}

function assertValue(expected: Naive, { status, value, message }: Pick<Finding, 'status' | 'value' | 'message'>): void {
  if (expected === 'unusable') assert.equal(status, 'not_evaluable', message);
  if (typeof expected !== 'number' || value === null || !(Math.abs(expected) < 1e100)) return;
  const room = 1e-9 * Math.max(1, Math.abs(expected));
  assert.ok(Math.abs(value - expected) <= room, `${value} instead of ${expected}: ${message}`);
}

/** How much worse the second is. */
function dropBetween(metric: MetricName, first: Naive, second: Naive): Naive {
  if (first === 'unusable' || second === 'unusable') return 'unusable';
  if (first === undefined || second === undefined) return undefined;
  return METRICS[metric].greaterIsBetter ? first - second : second - first;
}

/** Rows have their number as their key. */
function assertDrop(
  task: Task,
  check: MetricCheck,
  metric: MetricName,
  dataset: Dataset,
  tables: Tables,
  finding: Finding,
) {
  const bounds = [check.max_drop, check.max_drop_relative].filter((bound) => bound !== undefined);
  if (tables.isFirst || check.by !== undefined || bounds.length === 0) return;
  const own = naiveMetric(task, metric, check, dataset, tables.own);
  const others = naiveMetric(task, metric, check, dataset, tables.other);
  const drop = dropBetween(metric, others, own);
  if (drop === 'unusable') return assert.equal(finding.status, 'not_evaluable', finding.message);
  if (check.max_drop !== undefined && bounds.length === 1) return assertValue(drop, finding);
  if (finding.status !== 'pass' || typeof drop !== 'number' || typeof others !== 'number') return;
  if (check.max_drop !== undefined) assert.ok(drop <= check.max_drop + 1e-9, finding.message);
  if (check.max_drop_relative !== undefined) {
    assert.ok(drop / Math.abs(others) <= check.max_drop_relative + 1e-9, finding.message);
  }
}

/** The name of the group that a row is in. */
const GROUP_OF: Readonly<Record<string, (row: (column: string) => Cell) => string>> = {
  g: (row) => String(row('g') ?? '(missing)'),
  age(row) {
    const age = row('age');
    if (typeof age !== 'number') return '(missing)';
    return age < 25 ? '(-inf,25)' : age < 35 ? '[25,35)' : '[35,inf)';
  },
};

function assertGroups(
  task: Task,
  check: MetricCheck,
  metric: MetricName,
  dataset: Dataset,
  table: MemoryTable,
  finding: Finding,
) {
  const of = typeof check.by === 'string' ? GROUP_OF[check.by] : undefined;
  if (of === undefined || finding.parts === undefined) return;
  const count = table['y']?.length ?? 0;
  const groups = Array.from({ length: count }, (_, row) => of((column) => table[column]?.[row] ?? null));
  // The one bin that the policy writes itself is a part, whoever is in it.
  const declared = check.by === 'age' && count > 0 ? ['[25,35)'] : [];
  assert.deepEqual(new Set(finding.parts.map(({ name }) => name)), new Set([...groups, ...declared]));
  // Cells of other groups make a table unusable, too.
  const whole = naiveMetric(task, metric, check, dataset, table);
  for (const part of finding.parts) {
    if (!groups.includes(part.name)) {
      assert.equal(part.status, 'not_evaluable', part.name);
      continue;
    }
    const own = rowsWhere(table, (row) => groups[row] === part.name);
    const expected = naiveMetric(task, metric, check, dataset, own);
    const isSpoilt = whole === 'unusable' && expected !== 'unusable' && part.value === null;
    if (!isSpoilt) assertValue(expected, { ...part, message: `${part.name}: ${finding.message}` });
  }
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
          const finding = await evaluate(check, context);
          assertSound(check, finding);
          assertWitnessed(task, check, dataset, { own, other, isFirst }, finding);
        },
      ),
      { numRuns: RUNS },
    );
  });
}
