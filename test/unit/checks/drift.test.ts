import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { CheckContext, Finding } from '../../../src/checks/check-context.ts';
import { datasetTables } from '../../../src/checks/dataset-tables.ts';
import { checkDrift } from '../../../src/checks/drift.ts';
import { nextNormal, nextUniform, seededRandom } from '../../../src/metrics/resampling/random.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { DriftCheck, Policy } from '../../../src/policy/schema.ts';
import type { Run } from '../../../src/runs/run.ts';

type Cell = string | number | null;
type Columns = Readonly<Record<string, readonly Cell[]>>;

const folder = mkdtempSync(join(tmpdir(), 'drift-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Writes both tables and evaluates the check on them. */
async function drift(
  keys: Partial<DriftCheck>,
  reference: Columns,
  current: Columns,
  declared: { reference?: object; current?: object; format?: 'csv' | 'json' } = {},
): Promise<Finding> {
  const [first, second] = [write(reference, declared.format), write(current, declared.format)];
  const check = { check: 'drift', reference: 'training', current: 'live', max: 0.1, method: 'ks', ...keys };
  const text = JSON.stringify({
    version: 1,
    project: 'p',
    model: 'm',
    task: 'binary',
    run: { folder: 'runs' },
    datasets: {
      training: { path: first, ...declared.reference },
      live: { path: second, ...declared.current },
    },
    checks: { moved: check },
    signoff: { roles: { risk: ['ana@acme.example'] }, environments: { production: { require: { risk: 1 } } } },
  });
  const { value: policy, problems } = parsePolicy(text, 'signoff.yaml');
  assert.ok(policy, JSON.stringify(problems));
  return checkDrift(policy.checks['moved'] as DriftCheck, contextOf(policy));
}

function contextOf(policy: Policy): CheckContext {
  const run = { id: 'r', name: 'r' } as unknown as Run;
  const input = { policy, policyFolder: folder, run, signal: undefined, reportProgress: undefined };
  const baseline = () => Promise.reject(new Error('not asked for'));
  return { ...input, tables: datasetTables(input), baseline };
}

function write(columns: Columns, format: 'csv' | 'json' = 'json'): string {
  files += 1;
  const names = Object.keys(columns);
  const rows = Array.from({ length: columns[names[0] ?? '']?.length ?? 0 }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[row] ?? null])),
  );
  const file = `${files}.${format}`;
  const lines =
    format === 'json'
      ? JSON.stringify(rows)
      : [names.join(), ...rows.map((row) => names.map((name) => row[name] ?? '').join())].join('\n');
  writeFileSync(join(folder, file), `${lines}\n`);
  return file;
}

function normals(count: number, seed: number, mean = 0, deviation = 1): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => mean + deviation * nextNormal(random));
}

function letters(count: number, seed: number, weights: Readonly<Record<string, number>>): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    let left = nextUniform(random);
    for (const [letter, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return letter;
    }
    return Object.keys(weights)[0] as string;
  });
}

const still = { reference: normals(4000, 1), current: normals(3000, 2) };
const moved = { reference: normals(4000, 1), current: normals(3000, 2, 0.5) };

test('a column that did not move passes, and the message says what sampling alone would give', async () => {
  const finding = await drift({ columns: ['x'] }, { x: still.reference }, { x: still.current });
  assert.equal(finding.status, 'pass');
  assert.equal(finding.rows, 3000);
  assert.deepEqual(finding.bound, { max: 0.1 });
  assert.equal(finding.interval, null);
  assert.match(finding.formula ?? '', /^ks noise-kolmogorov$/);
  assert.match(finding.message, /sampling alone would give about 0\.0\d+, and at most 0\.0\d+ in 95 of 100 draws/);
  assert.match(finding.message, /p = .*does not decide/);
  assert.equal(finding.evidence.length, 2);
});

test('the worst of several columns decides, and each is a part', async () => {
  const finding = await drift({}, { a: still.reference, b: moved.reference }, { a: still.current, b: moved.current });
  assert.equal(finding.status, 'fail');
  assert.deepEqual(
    finding.parts?.map(({ name, status }) => [name, status]),
    [
      ['a', 'pass'],
      ['b', 'fail'],
    ],
  );
  assert.equal(finding.value, finding.parts?.[1]?.value);
  assert.match(finding.message, /1 column of 2 moved too far from training to live .*“b”/);
});

test('a bound inside the noise is not evaluable, however small the drift', async () => {
  const finding = await drift({ max: 0.001 }, { x: still.reference }, { x: still.current });
  assert.equal(finding.status, 'not_evaluable');
  assert.match(finding.message, /can’t be held to at most 0\.001/);
});

test('what is beyond both the bound and the noise fails even when the bound is inside the noise', async () => {
  const finding = await drift({ max: 0.001 }, { x: moved.reference }, { x: moved.current });
  assert.equal(finding.status, 'fail');
});

test('a bound that holds for any data passes, with as few rows as one', async () => {
  const finding = await drift({ max: 1 }, { x: [1] }, { x: [2] });
  assert.equal(finding.status, 'pass');
});

test('a few rows can not be judged, and min_rows counts the smaller sample without the missing', async () => {
  assert.equal((await drift({}, { x: [1, 2, 3] }, { x: [1, 2, 4] })).status, 'not_evaluable');
  const current = still.current.map((value, row) => (row < 2500 ? null : value));
  const finding = await drift({ min_rows: 501, max: 0.2 }, { x: still.reference }, { x: current });
  assert.equal(finding.status, 'not_evaluable');
  assert.equal(finding.rows, 500);
  assert.match(finding.message, /500 rows .* needs 501/);
});

const UNJUDGED: readonly [string, Cell[], Cell[], RegExp][] = [
  [
    'empty in the current data',
    [1, 2, 3],
    [null, null, null],
    /“x” (?:has no value in the current data|.*JSON, not numbers)/,
  ],
  ['empty in the reference', [null, null], [1, 2], /“x” (?:has no value in the reference|.*JSON, not numbers)/],
  ['one value only', [5, 5, 5], [5, 5], /“x” holds one value only/],
  ['numbers here and texts there', [1, 2, 3], ['a', 'b', 'c'], /“x”.* (?:numbers|VARCHAR)/],
];

for (const [name, reference, current, message] of UNJUDGED) {
  test(`not evaluable, by name: ${name}`, async () => {
    for (const keys of [{}, { columns: ['x'] }]) {
      const finding = await drift(
        { ...keys, max: 0.9 },
        { x: [...reference, ...reference], y: normals(reference.length * 2, 1) },
        { x: [...current, ...current], y: normals(current.length * 2, 1) },
      );
      assert.equal(finding.status, 'not_evaluable');
      assert.match(finding.message, message);
    }
  });
}

test('a named column that is not there is not evaluable', async () => {
  const finding = await drift({ columns: ['x', 'z'] }, { x: still.reference }, { x: still.current });
  assert.equal(finding.status, 'not_evaluable');
  assert.match(finding.message, /no column “z”/);
  assert.deepEqual(
    finding.parts?.map(({ status }) => status),
    ['pass', 'not_evaluable'],
  );
});

test('infinite numbers are not evaluable', async () => {
  const finding = await drift({ columns: ['x'] }, { x: ['1', '2', 'inf'] }, { x: ['1', '2', '3'] }, { format: 'csv' });
  assert.equal(finding.status, 'not_evaluable');
  assert.match(finding.message, /infinite/);
});

test('without names, keys, units and weights are no columns, and what is left out is named', async () => {
  const finding = await drift(
    {},
    {
      id: [...still.reference.keys()],
      x: still.reference,
      city: letters(4000, 1, { a: 0.5, b: 0.5 }),
      outcome: still.reference,
      p: still.reference,
    },
    {
      id: [...still.current.keys()],
      x: still.current,
      city: letters(3000, 2, { a: 0.5, b: 0.5 }),
      region: letters(3000, 2, { a: 0.5, b: 0.5 }),
    },
    { reference: { key: 'id', label: 'outcome', score: 'p' } },
  );
  assert.equal(finding.status, 'pass');
  assert.deepEqual(
    finding.parts?.map(({ name }) => name),
    ['x'],
  );
  assert.match(
    finding.message,
    /Not compared: “city”, which ks is not for; “outcome” and “p”, only in training; “region”, only in live\./,
  );
});

test('without names, a column that vanished from the current data does not pass unnoticed', async () => {
  const reference = { x: still.reference, income: still.reference, city: letters(4000, 1, { a: 0.5, b: 0.5 }) };
  const current = { x: still.current };
  const finding = await drift({}, reference, current);
  assert.equal(finding.status, 'not_evaluable');
  assert.match(finding.message, /^Column “income” of “training” is missing in “live”\. Not compared: “city”/);
  assert.match(finding.message, /If “income” may be missing, name the columns to compare in `columns`\.$/);
  assert.equal((await drift({ method: 'mmd' }, reference, current)).status, 'not_evaluable');
  const half = await drift({ max_share: 0.5 }, reference, current);
  assert.equal(half.status, 'pass');
  assert.equal(half.value, 0.5);
  assert.equal((await drift({ max_share: 0.4 }, reference, current)).status, 'not_evaluable');
  assert.equal((await drift({ columns: ['x'] }, reference, current)).status, 'pass');
});

test('numbers in a text table are numbers', async () => {
  const finding = await drift(
    { method: 'wasserstein_normed' },
    { x: still.reference, city: letters(4000, 1, { a: 1 }) },
    { x: still.current, city: letters(3000, 1, { a: 1 }) },
    { format: 'csv' },
  );
  assert.equal(finding.status, 'pass');
  assert.deepEqual(
    finding.parts?.map(({ name }) => name),
    ['x'],
  );
});

test('with max_share, the value is the share of columns that are not within max', async () => {
  const reference = { a: still.reference, b: moved.reference, c: still.reference, d: still.reference };
  const current = { a: still.current, b: moved.current, c: still.current, d: [null] };
  const passed = await drift({ max_share: 0.5 }, reference, current);
  assert.equal(passed.status, 'pass');
  assert.equal(passed.value, 0.5);
  assert.deepEqual(passed.bound, { max: 0.1, max_share: 0.5 });
  assert.match(passed.formula ?? '', /^share-of-columns\/ks/);
  assert.equal((await drift({ max_share: 0.2 }, reference, current)).status, 'fail');
  assert.equal((await drift({ max_share: 0.3 }, reference, current)).status, 'not_evaluable');
});

test('no share of columns passes when none was evaluated', async () => {
  const finding = await drift({ max_share: 1 }, { a: [null], b: [null] }, { a: [1], b: [1] });
  assert.equal(finding.status, 'not_evaluable');
});

test('confidence widens to an interval whose upper end must be within the bound', async () => {
  const plain = await drift({ max: 0.22 }, { x: moved.reference }, { x: moved.current });
  assert.equal(plain.status, 'pass');
  const finding = await drift({ max: 0.22, confidence: 0.95 }, { x: moved.reference }, { x: moved.current });
  assert.equal(finding.status, 'uncertain');
  assert.ok(finding.interval && finding.interval[0] < 0.22 && finding.interval[1] > 0.22);
  assert.match(finding.formula ?? '', /bootstrap-multinomial-upper-percentile-1000-seed-1$/);
  const wide = await drift({ max: 0.3, confidence: 0.95 }, { x: moved.reference }, { x: moved.current });
  assert.equal(wide.status, 'pass');
});

test('rows of one unit are resampled together, which widens interval and noise', async () => {
  const repeated = (values: readonly number[]) => values.flatMap((value) => Array.from({ length: 20 }, () => value));
  const reference = { x: repeated(still.reference.slice(0, 200)), u: repeated([...Array(200).keys()]) };
  const current = { x: repeated(still.current.slice(0, 150)), u: repeated([...Array(150).keys()]) };
  const keys = { columns: ['x'], max: 0.9, confidence: 0.95 };
  const rows = await drift(keys, reference, current);
  const units = await drift(keys, reference, current, { reference: { unit: 'u' }, current: { unit: 'u' } });
  assert.equal(units.value, rows.value);
  const width = ([low, high]: readonly [number, number]) => high - low;
  assert.ok(rows.interval && units.interval && width(units.interval) > 2 * width(rows.interval));
  assert.match(
    units.formula ?? '',
    /noise-permutation-units-1000-seed-1 bootstrap-poisson-units-upper-percentile-1000-seed-1/,
  );
  const strict = { ...keys, max: 0.1 };
  assert.equal((await drift(strict, reference, current, { reference: { unit: 'u' } })).status, 'not_evaluable');
});

test('the missing are their own method, and weigh nowhere else', async () => {
  const holes = still.current.map((value, row) => (row % 4 === 0 ? null : value));
  const finding = await drift({ method: 'missing_rate_change' }, { x: still.reference }, { x: holes });
  assert.equal(finding.value, 0.25);
  assert.equal(finding.status, 'fail');
  const interval = await drift(
    { method: 'missing_rate_change', max: 0.3, confidence: 0.95 },
    { x: still.reference },
    { x: holes },
  );
  assert.equal(interval.status, 'pass');
  assert.match(interval.formula ?? '', / newcombe$/);
});

const AB = { a: 0.7, b: 0.3 };
const WITH_C = { a: 0.5, b: 0.3, c: 0.2 };

for (const method of ['chi2', 'cramers_v', 'total_variation', 'jensen_shannon', 'psi', 'new_categories'] as const) {
  test(`${method} sees a new category, and nothing where nothing is new`, async () => {
    const reference = { city: letters(3000, 1, AB) };
    const seen = await drift({ method, max: 0.03 }, reference, { city: letters(3000, 2, WITH_C) });
    assert.equal(seen.status, 'fail');
    const same = await drift({ method, max: 0.05 }, reference, { city: letters(3000, 2, AB) });
    assert.equal(same.status, 'pass');
  });
}

test('a category that vanished counts the reference’s rows', async () => {
  const finding = await drift(
    { method: 'vanished_categories', max: 0 },
    { city: ['a', 'b', 'c', 'c', ...letters(96, 1, AB)] },
    { city: letters(4000, 2, AB) },
  );
  assert.equal(finding.value, 0.02);
  assert.equal(finding.status, 'fail');
});

test('no new category: zero passes a bound of zero, but not with confidence', async () => {
  const tables = [{ city: letters(500, 1, AB) }, { city: letters(500, 2, AB) }] as const;
  assert.equal((await drift({ method: 'new_categories', max: 0 }, ...tables)).status, 'pass');
  const sure = await drift({ method: 'new_categories', max: 0, confidence: 0.95 }, ...tables);
  assert.equal(sure.status, 'uncertain');
  const allowed = await drift({ method: 'new_categories', max: 0.01, confidence: 0.95 }, ...tables);
  assert.equal(allowed.status, 'pass');
  assert.match(allowed.formula ?? '', / clopper-pearson$/);
});

for (const method of ['classifier_two_sample', 'mmd'] as const) {
  test(`${method} takes all columns at once, and sees a correlation that no column shows`, async () => {
    const [a, b, c, d] = [normals(800, 11), normals(800, 12), normals(800, 13), normals(800, 14)] as const;
    const reference = { x: a, y: b };
    const current = { x: c, y: c.map((value, row) => 0.9 * value + Math.sqrt(0.19) * (d[row] as number)) };
    const finding = await drift({ method, max: 0.12 }, reference, current);
    assert.equal(finding.status, 'fail');
    assert.equal(finding.parts, undefined);
    const same = await drift({ method, max: 0.12 }, reference, { x: c, y: d });
    assert.equal(same.status, 'pass');
    const sure = await drift({ method, max: 0.2, confidence: 0.9 }, reference, { x: c, y: d });
    assert.ok(sure.interval && sure.interval[1] >= (sure.value ?? 1));
  });
}

test('a classifier that is tested on fewer than 100 rows of either sample gives no interval', async () => {
  const few = await drift(
    { method: 'classifier_two_sample', max: 0.9, confidence: 0.95 },
    { x: normals(180, 11) },
    { x: normals(180, 12) },
  );
  assert.equal(few.status, 'not_evaluable');
  assert.match(few.message, /how sure that is can’t be said/);
});

test('two units are too few for an interval, and nothing passes without the one that was asked for', async () => {
  const halves = (values: readonly number[]) => values.map((_, row) => row % 2);
  const finding = await drift(
    { columns: ['x'], max: 1, confidence: 0.95 },
    { x: still.reference, u: halves(still.reference) },
    { x: still.current, u: halves(still.current) },
    { reference: { unit: 'u' }, current: { unit: 'u' } },
  );
  assert.equal(finding.status, 'not_evaluable');
  assert.equal(finding.interval, null);
  assert.match(finding.message, /how sure that is can’t be said/);
});

test('the same tables give the same finding, byte for byte', async () => {
  const once = () =>
    drift({ method: 'psi', confidence: 0.95 }, { x: still.reference }, { x: still.current }).then((finding) =>
      JSON.stringify({ ...finding, evidence: [] }),
    );
  assert.equal(await once(), await once());
});

test('rows without a value are left out, and the sentence says how many', async () => {
  const numbers = Array.from({ length: 300 }, (_, row) => row);
  const gaps = numbers.map((row) => (row % 2 === 0 ? row : null));
  const found = await drift({ max: 0.5 }, { a: numbers, b: numbers }, { a: gaps, b: numbers });
  assert.equal(found.status, 'pass', found.message);
  assert.match(found.message, /Without a value, and left out: “a” in 150 rows of live\.$/);
});
