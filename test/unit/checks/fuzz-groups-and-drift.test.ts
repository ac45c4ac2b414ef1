import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Finding } from '../../../src/checks/check-context.ts';
import { evaluate } from '../../../src/checks/kinds.ts';
import type { FairnessName } from '../../../src/policy/fairness-names.ts';
import type { Dataset, DriftCheck, FairnessCheck } from '../../../src/policy/schema.ts';
import { type Cell, type MemoryTable, memoryContext } from './support/memory-context.ts';
import { naiveDrift } from './support/naive-drift.ts';
import { naiveMetric, rowsWhere } from './support/naive-metrics.ts';

/** More by `MODEL_SIGNOFF_FUZZ_RUNS`. */
const RUNS = Number(process.env['MODEL_SIGNOFF_FUZZ_RUNS'] ?? 400);

const ODD: readonly Cell[] = [null, Number.NaN, Infinity, -Infinity, 1e308, 5e-324, 'x', ' ', 2, -1];

/** Now and then a cell that is not as the others. */
function column(usual: fc.Arbitrary<Cell>, rows: number): fc.Arbitrary<Cell[]> {
  const clean = fc.array(usual, { minLength: rows, maxLength: rows });
  const dirty = fc.array(
    fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...ODD) }),
    { minLength: rows, maxLength: rows },
  );
  return fc.oneof({ weight: 5, arbitrary: clean }, { weight: 1, arbitrary: dirty });
}

function assertSound({ status, value, interval, message, parts = [] }: Finding): void {
  assert.ok(['pass', 'fail', 'uncertain', 'not_evaluable'].includes(status), status);
  assert.ok(value === null || Number.isFinite(value), 'value');
  assert.ok(interval === null || interval.every(Number.isFinite), 'interval');
  assert.match(message, /[.”]$/);
  assert.doesNotMatch(message, /undefined|\[object/);
  if (status !== 'pass') return;
  assert.ok(value !== null, 'a pass has a value');
  for (const part of parts) assert.ok(part.value === null || Number.isFinite(part.value), part.name);
}

const GROUPED: readonly FairnessName[] = [
  'statistical_parity_difference',
  'disparate_impact',
  'equal_opportunity_difference',
  'average_odds_difference',
  'average_abs_odds_difference',
  'demographic_parity_difference',
  'demographic_parity_ratio',
  'equalized_odds_difference',
  'equalized_odds_ratio',
  'precision_difference',
  'accuracy_ratio',
  'roc_auc_difference',
  'f1_ratio',
  'log_loss_difference',
];

/** What a pair of groups comes to, by its own two metrics. */
function naivePair(name: FairnessName, of: (metric: string, group: 0 | 1) => number): number {
  const difference = (metric: string) => of(metric, 0) - of(metric, 1);
  const quotient = (metric: string) => of(metric, 0) / of(metric, 1);
  const folded = (metric: string) => Math.min(quotient(metric), 1 / quotient(metric));
  const odds = ['recall', 'false_positive_rate'] as const;
  switch (name) {
    case 'statistical_parity_difference':
      return difference('selection_rate');
    case 'disparate_impact':
      return quotient('selection_rate');
    case 'equal_opportunity_difference':
      return difference('recall');
    case 'average_odds_difference':
      return (difference(odds[0]) + difference(odds[1])) / 2;
    case 'average_abs_odds_difference':
      return (Math.abs(difference(odds[0])) + Math.abs(difference(odds[1]))) / 2;
    case 'demographic_parity_difference':
      return Math.abs(difference('selection_rate'));
    case 'demographic_parity_ratio':
      return folded('selection_rate');
    case 'equalized_odds_difference':
      return Math.max(...odds.map((metric) => Math.abs(difference(metric))));
    case 'equalized_odds_ratio':
      return Math.min(...odds.map(folded));
    default: {
      const metric = name.replace(/_(?:difference|ratio)$/, '');
      return name.endsWith('_ratio') ? folded(metric) : Math.abs(difference(metric));
    }
  }
}

const people = fc.integer({ min: 0, max: 40 }).chain((rows) =>
  fc.record({
    y: column(fc.constantFrom<Cell>(0, 1), rows),
    prediction: column(fc.constantFrom<Cell>(0, 1), rows),
    p: column(fc.constantFrom<Cell>(0, 0.2, 0.5, 0.8, 1), rows),
    w: column(fc.constantFrom<Cell>(1, 2, 0.5), rows),
    u: column(fc.constantFrom<Cell>(1, 2, 3, 4, 5, 6, 7, 8, 9), rows),
    g: column(fc.constantFrom<Cell>('x', 'y', 'z'), rows),
  }),
);

const fairness = fc
  .record({
    ...{ check: fc.constant('fairness' as const), dataset: fc.constant('d'), group: fc.constant('g') },
    metric: fc.constantFrom(...GROUPED),
    min: fc.constantFrom(undefined, -0.5, 0, 0.8),
    max: fc.constantFrom(undefined, 0, 0.3, 1, 2),
    max_abs: fc.constantFrom(undefined, 0.2),
    confidence: fc.constantFrom(undefined, undefined, 0.9),
    min_rows: fc.constantFrom(undefined, undefined, 3),
  })
  .map((check) => JSON.parse(JSON.stringify(check)) as FairnessCheck);

const peopleIn = fc
  .record({
    ...{ path: fc.constant('rows.csv'), label: fc.constant('y'), score: fc.constant('p') },
    prediction: fc.constantFrom('prediction', undefined),
    weight: fc.constantFrom(undefined, undefined, 'w'),
    unit: fc.constantFrom(undefined, undefined, 'u'),
    groups: fc.constantFrom({ g: { privileged: 'x' } }),
  })
  .map((dataset) => JSON.parse(JSON.stringify(dataset)) as Dataset);

test('no table and no policy makes a fairness check throw or pass wrongly', async () => {
  await fc.assert(
    fc.asyncProperty(people, peopleIn, fairness, async (table, dataset, check) => {
      const finding = await evaluate(check, memoryContext('binary', { d: { dataset, table } }));
      assertSound(finding);
      for (const part of finding.parts ?? []) {
        const names = part.name.split(' vs ');
        const expected = naivePair(check.metric, (metric, group) => {
          const value = naiveMetric('binary', metric, {}, dataset, groupOf(table, names[group] as string));
          return typeof value === 'number' ? value : Number.NaN;
        });
        if (finding.status === 'pass') assert.equal(part.status, 'pass');
        if (part.status === 'pass') assert.ok(isWithin(expected, check), `${part.name}: ${finding.message}`);
        if (part.value !== null && !Number.isNaN(expected)) assertClose(part.value, expected, finding);
      }
    }),
    { numRuns: 2 * RUNS },
  );
});

function groupOf(table: MemoryTable, name: string): MemoryTable {
  const groups = table['g'] ?? [];
  return rowsWhere(table, (row) => String(groups[row] ?? '(missing)') === name);
}

function isWithin(value: number, { min, max, max_abs: most }: Pick<FairnessCheck, 'min' | 'max' | 'max_abs'>): boolean {
  const room = 1e-9;
  return (
    (min === undefined || value >= min - room) &&
    (max === undefined || value <= max + room) &&
    (most === undefined || Math.abs(value) <= most + room)
  );
}

function assertClose(value: number, expected: number, { message }: Finding): void {
  if (!(Math.abs(expected) < 1e100)) return;
  assert.ok(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${value}, ${expected}: ${message}`);
}

const measured = fc
  .record({ few: fc.integer({ min: 0, max: 60 }), shift: fc.constantFrom(0, 0, 1) })
  .chain(({ few, shift }) =>
    fc.record({
      n: column(
        fc.integer({ min: 0, max: 9 }).map((value) => value + shift),
        few,
      ),
      c: column(fc.constantFrom<Cell>('a', 'b', 'c', shift === 0 ? 'a' : 'd'), few),
      u: column(fc.integer({ min: 1, max: 12 }), few),
    }),
  );

const drift = fc
  .record({
    ...{ check: fc.constant('drift' as const), reference: fc.constant('d'), current: fc.constant('e') },
    method: fc.constantFrom<DriftCheck['method']>(
      ...(['wasserstein', 'wasserstein_normed', 'ks', 'energy', 'psi', 'jensen_shannon', 'chi2', 'cramers_v'] as const),
      ...(['total_variation', 'new_categories', 'vanished_categories', 'missing_rate_change'] as const),
      ...(['classifier_two_sample', 'mmd'] as const),
    ),
    columns: fc.constantFrom(undefined, ['n'], ['c'], ['n', 'c']),
    max: fc.constantFrom(-1, 0, 0.1, 0.3, 0.5, 1, 3),
    max_share: fc.constantFrom(undefined, undefined, 0, 0.5),
    confidence: fc.constantFrom(undefined, undefined, undefined, 0.9),
    min_rows: fc.constantFrom(undefined, undefined, 10),
    n_bins: fc.constantFrom(undefined, 2),
  })
  .map((check) => JSON.parse(JSON.stringify(check)) as DriftCheck);

function columnOf(table: MemoryTable, name: string): readonly Cell[] {
  return table[name] ?? [];
}

test('no table and no policy makes a drift check throw or pass wrongly', async () => {
  await fc.assert(
    fc.asyncProperty(measured, measured, fc.boolean(), drift, async (table, other, hasUnits, check) => {
      const dataset: Dataset = { path: 'rows.parquet', ...(hasUnits ? { unit: 'u' } : {}) };
      const context = memoryContext('binary', { d: { dataset, table }, e: { dataset, table: other } });
      const finding = await evaluate(check, context);
      assertSound(finding);
      for (const { name, status, value } of finding.parts ?? []) {
        const expected = naiveDrift(check.method, columnOf(table, name), columnOf(other, name));
        if (expected === undefined) continue;
        if (value !== null) assertClose(value, expected, finding);
        if (status === 'pass') assert.ok(expected <= check.max + 1e-9, `${name}: ${finding.message}`);
        if (finding.status === 'pass' && check.max_share === undefined) assert.equal(status, 'pass');
      }
      if (finding.status === 'pass' && check.max_share !== undefined && finding.parts) {
        const outside = finding.parts.filter(({ status }) => status !== 'pass').length;
        assert.ok(outside / finding.parts.length <= check.max_share, finding.message);
        assert.ok(
          finding.parts.some(({ status }) => status !== 'not_evaluable'),
          finding.message,
        );
      }
    }),
    { numRuns: RUNS },
  );
});
