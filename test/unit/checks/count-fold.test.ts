import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import type { Finding } from '../../../src/checks/check-context.ts';
import { countsNeeded } from '../../../src/checks/counts-needed.ts';
import { datasetTables, type TablesInput } from '../../../src/checks/dataset-tables.ts';
import { evaluate } from '../../../src/checks/kinds.ts';
import type { Check, Dataset, Policy } from '../../../src/policy/schema.ts';
import { type Cell, memoryContext } from './support/memory-context.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-fold-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const DATASET: Dataset = {
  path: 'rows.ndjson',
  label: 'y',
  score: 'p',
  groups: { g: {}, h: {}, age: { bins: [30, 40] } },
};
type Row = Readonly<Record<string, Cell>>;

function policyOf(dataset: Dataset, checks: Readonly<Record<string, Check>>): Policy {
  const { policy } = memoryContext('binary', {});
  return { ...policy, datasets: { rows: dataset }, checks };
}

async function findings(policy: Policy, rows: readonly Row[], slices: TablesInput['slices']) {
  writeFileSync(join(folder, 'rows.ndjson'), rows.map((row) => JSON.stringify(row)).join('\n'));
  const context = { ...memoryContext('binary', {}), policy, policyFolder: folder };
  const tables = datasetTables({ ...context, slices });
  const found: Record<string, Finding> = {};
  for (const [id, check] of Object.entries(policy.checks)) found[id] = await evaluate(check, { ...context, tables });
  const loaded = await tables.load('rows');
  return { found, loaded };
}

const WHOLE = { above: Number.POSITIVE_INFINITY, rows: 7 };
const SLICED = { above: 0, rows: 7 };

const ROW = fc.record({
  y: fc.constantFrom<Cell>(0, 1),
  p: fc.constantFrom<Cell>(0.1, 0.4, 0.5, 0.9),
  d: fc.constantFrom<Cell>(0, 1),
  g: fc.constantFrom<Cell>('x', 'y', 'z', null, '(missing)', 'x & y'),
  h: fc.constantFrom<Cell>('u', 'v', 'y & u'),
  age: fc.constantFrom<Cell>(20, 30, 35, 50, null),
});
const ODD = fc.record({
  column: fc.constantFrom('y', 'p', 'd', 'age'),
  cell: fc.constantFrom<Cell>(null, 2, 5, -1),
  at: fc.nat(40),
});
const metric = fc.constantFrom(
  'accuracy',
  'precision',
  'recall',
  'f1',
  'matthews_corrcoef',
  'selection_rate',
  'cohen_kappa',
);
const confidence = fc.constantFrom({}, { confidence: 0.9 });
const least = fc.constantFrom({}, { min_rows: 5 });
const by = fc.constantFrom<string | string[]>('g', 'age', ['g', 'h'], ['h', 'age'], 'nowhere');
const CHECK = fc.oneof(
  fc.tuple(metric, confidence, least, fc.option(by)).map(([name, ...[sure, few, groups]]) => ({
    ...{ check: 'metric', metric: name, dataset: 'rows', min: 0.5, ...sure, ...few },
    ...(groups === null ? {} : { by: groups }),
  })),
  fc
    .tuple(
      fc.constantFrom('demographic_parity_difference', 'equalized_odds_ratio', 'theil_index', 'f1_difference'),
      confidence,
      least,
      by,
    )
    .map(([name, sure, few, group]) => ({
      check: 'fairness',
      metric: name,
      dataset: 'rows',
      group,
      max: 0.3,
      ...sure,
      ...few,
    })),
  fc.constant({ check: 'agreement', metric: 'accuracy', logged: 'logged', dataset: 'rows', tolerance: 0.1 }),
) as fc.Arbitrary<Check>;

test('a data set folded in slices of seven rows gives the findings of the whole one', async () => {
  let folded = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(ROW, { minLength: 1, maxLength: 40 }),
      fc.option(ODD, { freq: 3 }),
      fc.array(CHECK, { minLength: 1, maxLength: 4 }),
      fc.constantFrom({}, { prediction: 'd' }),
      async (made, odd, checks, declared) => {
        const rows = made.map((row, index) =>
          odd !== null && index === odd.at % made.length ? { ...row, [odd.column]: odd.cell } : row,
        );
        const policy = policyOf(
          { ...DATASET, ...declared },
          Object.fromEntries(checks.map((each, id) => [`c${id}`, each])),
        );
        assert.ok(countsNeeded('rows', policy));
        const whole = await findings(policy, rows, WHOLE);
        const sliced = await findings(policy, rows, SLICED);
        assert.deepEqual(sliced.found, whole.found);
        if (sliced.loaded.ok && isFolded(sliced.loaded.value.rows)) folded += 1;
      },
    ),
    { numRuns: 150 },
  );
  assert.ok(folded > 30, `only ${folded} were folded`);
});

function isFolded(rows: { units: unknown; binary: { labels(): unknown } }): boolean {
  try {
    rows.binary.labels();
    return false;
  } catch {
    return true;
  }
}

test('a third label that only a later slice holds is told as of the whole', async () => {
  const rows = Array.from({ length: 20 }, (_, row) => ({ y: row < 10 ? row % 2 : 1 + (row % 2), p: 0.5 }));
  const policy = policyOf(DATASET, { it: { check: 'metric', metric: 'accuracy', dataset: 'rows', min: 0 } });
  const whole = await findings(policy, rows, WHOLE);
  assert.equal(whole.found['it']?.status, 'not_evaluable');
  assert.deepEqual((await findings(policy, rows, SLICED)).found, whole.found);
});

test('rows are kept where a check ranks, weighs, or resamples units', () => {
  const accuracy: Check = { check: 'metric', metric: 'accuracy', dataset: 'rows', min: 0 };
  const auc: Check = { check: 'metric', metric: 'roc_auc', dataset: 'rows', min: 0 };
  assert.equal(countsNeeded('rows', policyOf(DATASET, { accuracy, auc })), undefined);
  assert.equal(countsNeeded('rows', policyOf({ ...DATASET, weight: 'w' }, { accuracy })), undefined);
  const sure: Check = { ...accuracy, confidence: 0.9 };
  assert.equal(countsNeeded('rows', policyOf({ ...DATASET, unit: 'u' }, { sure })), undefined);
  assert.ok(countsNeeded('rows', policyOf({ ...DATASET, unit: 'u' }, { accuracy })));
});
