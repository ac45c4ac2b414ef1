import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifierTwoSample } from '../../../../src/metrics/drift/classifier-two-sample.ts';
import { type ColumnMethod, columnDrift, type DriftOptions } from '../../../../src/metrics/drift/column-drift.ts';
import type { DriftColumn } from '../../../../src/metrics/drift/columns.ts';
import { nextHypergeometric } from '../../../../src/metrics/drift/hypergeometric.ts';
import { points } from '../../../../src/metrics/drift/multivariate-sample.ts';
import { nextNormal, nextUniform, type Random, seededRandom } from '../../../../src/metrics/resampling/random.ts';

const OPTIONS: DriftOptions = { bins: 10, strategy: 'quantile', epsilon: 1e-4 };
const DRAWS = 200;

type Draw = (random: Random) => number;

const POPULATIONS: Readonly<Record<string, Draw>> = {
  normal: nextNormal,
  skewed: (random) => Math.exp(nextNormal(random)),
};

function column(random: Random, rows: number, draw: Draw): DriftColumn {
  return { kind: 'number', values: Float64Array.from({ length: rows }, () => draw(random)) };
}

/** Share of pairs from one population whose drift is at most the noise's upper value, and the mean over the typical one. */
function calibration(method: ColumnMethod, rows: readonly [number, number], draw: Draw) {
  const random = seededRandom(7);
  let within = 0;
  let sum = 0;
  let typical = 0;
  for (let round = 0; round < DRAWS; round += 1) {
    const pair = { reference: column(random, rows[0], draw), current: column(random, rows[1], draw) };
    const found = columnDrift(method, pair, OPTIONS);
    assert.ok(found.ok);
    if (found.value.value <= found.value.noise.upper) within += 1;
    sum += found.value.value;
    typical += found.value.noise.typical;
  }
  return { within: within / DRAWS, ratio: typical / sum };
}

for (const method of ['wasserstein', 'wasserstein_normed', 'ks', 'energy', 'psi', 'jensen_shannon'] as const) {
  for (const [population, draw] of Object.entries(POPULATIONS)) {
    test(`95 of 100 pairs of one ${population} population lie within the noise that ${method} states`, () => {
      for (const rows of [
        [60, 80],
        [1000, 300],
      ] as const) {
        const { within, ratio } = calibration(method, rows, draw);
        assert.ok(within > 0.9 && within < 0.995, `${within} of ${rows}`);
        assert.ok(ratio > 0.85 && ratio < 1.25, `typical over mean ${ratio}`);
      }
    });
  }
}

for (const method of ['chi2', 'total_variation', 'new_categories', 'cramers_v'] as const) {
  test(`95 of 100 pairs of one population lie within the noise that ${method} states, for few and for many categories`, () => {
    for (const categories of [3, 200]) {
      const draw = (random: Random) => Math.floor(categories * nextUniform(random) ** 2);
      const { within, ratio } = calibration(method, [150, 100], draw);
      assert.ok(within > 0.9, `${within} with ${categories}`);
      if (method !== 'new_categories') assert.ok(ratio > 0.85 && ratio < 1.25, `typical over mean ${ratio}`);
    }
  });
}

test('a classifier that has nothing to learn stays within its noise', () => {
  const random = seededRandom(5);
  let within = 0;
  for (let round = 0; round < 300; round += 1) {
    const pairs = ['a', 'b', 'c'].map((name) => ({
      name,
      reference: column(random, 120, nextNormal),
      current: column(random, 90, nextNormal),
    }));
    const sample = points(pairs, 1000);
    assert.ok(sample.ok);
    const measured = classifierTwoSample(sample.value);
    assert.ok(measured.ok);
    if (measured.value.value <= measured.value.noise.upper) within += 1;
  }
  assert.ok(within >= 275 && within < 299, String(within));
});

test('hypergeometric draws have the mean and the variance of their formula', () => {
  for (const [rows, marked, taken] of [
    [20, 5, 8],
    [1000, 30, 400],
    [1000, 900, 300],
    [1_000_000, 1000, 2000],
    [5000, 2500, 1000],
    [10, 10, 4],
  ] as const) {
    const random = seededRandom(rows + marked + taken);
    const draws = Float64Array.from({ length: 20_000 }, () => nextHypergeometric(random, rows, marked, taken));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const share = marked / rows;
    const variance = (taken * share * (1 - share) * (rows - taken)) / (rows - 1);
    const found = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean - taken * share) <= 5 * Math.sqrt(variance / draws.length) + 1e-12);
    assert.ok(Math.abs(found - variance) <= 0.06 * variance + 1e-12, `${found} for ${variance}`);
  }
});
