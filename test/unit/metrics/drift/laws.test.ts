import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ColumnMethod, columnDrift, type DriftOptions } from '../../../../src/metrics/drift/column-drift.ts';
import type { DriftColumn } from '../../../../src/metrics/drift/columns.ts';
import { LARGEST_DRIFT } from '../../../../src/metrics/drift/largest.ts';
import { numberColumn, textColumn } from './agreement.ts';

const OPTIONS: DriftOptions = { bins: 10, strategy: 'quantile', epsilon: 1e-4 };
const NUMERIC: readonly ColumnMethod[] = ['wasserstein', 'wasserstein_normed', 'ks', 'energy', 'psi', 'jensen_shannon'];
const CATEGORICAL: readonly ColumnMethod[] = [
  'chi2',
  'cramers_v',
  'total_variation',
  'jensen_shannon',
  'psi',
  'new_categories',
  'vanished_categories',
  'missing_rate_change',
];

const numbers = fc.array(
  fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(null)),
  { minLength: 2, maxLength: 40 },
);
const texts = fc.array(fc.constantFrom('a', 'b', 'c', '', 'ä', null), { minLength: 2, maxLength: 40 });

/** undefined where there is no answer. */
function driftOf(method: ColumnMethod, reference: DriftColumn, current: DriftColumn): number | undefined {
  const found = columnDrift(method, { reference, current }, OPTIONS);
  return found.ok ? found.value.value : undefined;
}

function assertClose(ours: number | undefined, wanted: number | undefined, scale = 1): void {
  if (ours === undefined || wanted === undefined) assert.equal(ours, wanted);
  else
    assert.ok(Math.abs(ours - wanted) <= 1e-12 * Math.max(1, scale) + 1e-9 * Math.abs(wanted), `${ours} ≠ ${wanted}`);
}

for (const method of NUMERIC) {
  test(`${method} of numbers against themselves is 0, and never negative, infinite or above its largest`, () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const same = driftOf(method, numberColumn(a), numberColumn(a));
        if (same !== undefined) assert.ok(Math.abs(same) <= 1e-12);
        const value = driftOf(method, numberColumn(a), numberColumn(b));
        if (value !== undefined) assert.ok(value >= 0 && value <= LARGEST_DRIFT[method] + 1e-12, String(value));
      }),
    );
  });

  test(`${method} of numbers does not depend on the order of rows`, () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const value = driftOf(method, numberColumn(a), numberColumn(b));
        assertClose(driftOf(method, numberColumn(a.toReversed()), numberColumn(b.toSorted())), value);
      }),
    );
  });
}

for (const method of CATEGORICAL) {
  test(`${method} of categories against themselves is 0, and depends on neither the order of rows nor the names`, () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const same = driftOf(method, textColumn(a), textColumn(a));
        if (same !== undefined) assert.ok(Math.abs(same) <= 1e-12);
        const value = driftOf(method, textColumn(a), textColumn(b));
        if (value !== undefined) assert.ok(value >= 0 && value <= LARGEST_DRIFT[method] + 1e-12, String(value));
        assert.equal(driftOf(method, textColumn(a.toReversed()), textColumn(b.toSorted())), value);
        const renamed = (names: readonly (string | null)[]) =>
          textColumn(names.map((name) => (name === null ? null : `z${5 - ['a', 'b', 'c', '', 'ä'].indexOf(name)}`)));
        assertClose(driftOf(method, renamed(a), renamed(b)), value);
      }),
    );
  });
}

for (const method of ['wasserstein', 'ks', 'energy', 'chi2', 'total_variation'] as const) {
  test(`${method} is the same both ways`, () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const there = driftOf(method, numberColumn(a), numberColumn(b));
        assertClose(driftOf(method, numberColumn(b), numberColumn(a)), there, 1e6);
      }),
    );
  });
}

test('new categories one way are vanished ones the other', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const gone = driftOf('vanished_categories', textColumn(b), textColumn(a));
      assert.equal(driftOf('new_categories', textColumn(a), textColumn(b)), gone);
    }),
  );
});

test('a shift of everything by s is a Wasserstein distance of |s|; scaling scales it, and leaves the others', () => {
  const present = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(present, present, fc.integer({ min: -500, max: 500 }), (a, b, shift) => {
      if (new Set(a).size < 2) return;
      const shifted = a.map((value) => value + shift);
      assertClose(driftOf('wasserstein', numberColumn(a), numberColumn(shifted)), Math.abs(shift), 1e3);
      const scaled = (values: readonly number[]) => numberColumn(values.map((value) => 4 * value + 8));
      for (const [method, factor] of [
        ['wasserstein', 4],
        ['wasserstein_normed', 1],
        ['ks', 1],
        ['energy', 2],
        ['psi', 1],
      ] as const) {
        const value = driftOf(method, numberColumn(a), numberColumn(b));
        assertClose(driftOf(method, scaled(a), scaled(b)), value && value * factor, 1e3);
      }
    }),
  );
});

test('each row as often as the others changes no value', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const twice = (values: readonly (string | null)[]) => textColumn([...values, ...values]);
      for (const method of CATEGORICAL) {
        assertClose(driftOf(method, twice(a), twice(b)), driftOf(method, textColumn(a), textColumn(b)));
      }
    }),
  );
});

test('psi sees what lies below a least value that fills the first bin, and above a greatest', () => {
  const zeros = numberColumn([...Array(90).fill(0), ...Array(10).fill(1)]);
  for (const [beyond, many] of [
    [-1, 50],
    [2, 50],
  ] as const) {
    const current = numberColumn([...Array(100 - many).fill(0), ...Array(many).fill(beyond)]);
    assert.ok((driftOf('psi', zeros, current) ?? 0) > 0.5);
  }
});

test('a column without numbers, values or rows has no answer, and says why', () => {
  const some = numberColumn([1, 2]);
  const cases: readonly [DriftColumn, DriftColumn, string][] = [
    [numberColumn([]), some, 'drift-no-rows'],
    [some, numberColumn([null]), 'drift-empty'],
    [some, textColumn(['a']), 'drift-type'],
    [textColumn(['a']), textColumn(['b']), 'drift-type'],
    [numberColumn([1]), numberColumn([1, 1]), 'drift-constant'],
    [numberColumn([1, Number.POSITIVE_INFINITY]), some, 'drift-infinite'],
    [numberColumn([-1e308, 1e308]), numberColumn([1e308, -1e308, 1e308]), 'drift-infinite'],
  ];
  for (const [reference, current, code] of cases) {
    const found = columnDrift('wasserstein', { reference, current }, OPTIONS);
    if (found.ok) assert.ok(Number.isFinite(found.value.value));
    else assert.equal(found.problem.code, code);
  }
});

test('whatever the rows and their units, an interval holds the value and nothing is thrown', () => {
  const unitOf = (values: readonly unknown[], units: number) => Int32Array.from(values, (_, row) => row % units);
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 1, max: 4 }), fc.boolean(), (a, b, count, hasUnits) => {
      const units = {
        reference: unitOf(a, count),
        current: unitOf(b, count),
        unitsOfReference: count,
        unitsOfCurrent: count,
      };
      for (const method of [...NUMERIC, ...CATEGORICAL]) {
        const options = { ...OPTIONS, confidence: 0.9, ...(hasUnits ? { units } : {}) };
        const found = columnDrift(method, { reference: numberColumn(a), current: numberColumn(b) }, options);
        if (!found.ok) continue;
        const { value, interval, noise } = found.value;
        assert.ok(interval && (Number.isNaN(interval.high) || (interval.low <= value && interval.high >= value)));
        assert.ok(noise.upper >= 0 || Number.isNaN(noise.upper));
      }
    }),
    { numRuns: 15 },
  );
});
