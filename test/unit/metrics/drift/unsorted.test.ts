import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kolmogorovSmirnov } from '../../../../src/metrics/drift/kolmogorov-smirnov.ts';
import { pooledAt } from '../../../../src/metrics/drift/samples.ts';
import { sortSample } from '../../../../src/metrics/drift/sort-sample.ts';
import { unsortedKolmogorovSmirnov, unsortedWasserstein } from '../../../../src/metrics/drift/unsorted-distances.ts';
import { wasserstein } from '../../../../src/metrics/drift/wasserstein.ts';
import { nextNormal, nextUniform, type Random, seededRandom } from '../../../../src/metrics/resampling/random.ts';

const KINDS: Readonly<Record<string, (random: Random) => number>> = {
  normal: nextNormal,
  'far from 0': (random) => 1e6 + 1e-3 * nextNormal(random),
  'too close for buckets': (random) => 1e6 + 1e-8 * nextNormal(random),
  'heavy tails': (random) => Math.tan(Math.PI * (nextUniform(random) - 0.5)),
  'very skewed': (random) => Math.exp(4 * nextNormal(random)),
  'few values': (random) => Math.floor(5 * nextUniform(random)) - 2,
  'mostly zero': (random) => (nextUniform(random) < 0.9 ? 0 : nextUniform(random)),
  'as small as doubles get': (random) => 1e-300 * nextNormal(random),
  'as large as doubles get': (random) => 1e307 * nextNormal(random),
  'one far outlier': (random) => (nextUniform(random) < 1e-4 ? 1e15 : nextNormal(random)),
  'two heaps': (random) => (nextUniform(random) < 0.5 ? 0 : 1e9) + nextNormal(random),
};

for (const [name, draw] of Object.entries(KINDS)) {
  test(`without sorting as with: ${name}`, () => {
    for (const [n, m, factor] of [
      [30_000, 30_000, 1],
      [50_000, 800, 1.1],
      [5, 20_000, 0.5],
      [10, 7, 2],
    ] as const) {
      const random = seededRandom(n + m);
      const first = Float64Array.from({ length: n }, () => draw(random));
      const second = Float64Array.from({ length: m }, () => factor * draw(random));
      const copies = [first.slice(), second.slice()];
      const [a, b] = [sortSample(first), sortSample(second)];
      assert.deepEqual(a, first.map((value) => value + 0).sort(), 'sorting');
      const ranks = [0, 1, Math.floor(n / 2), n, n + m - 1];
      const { distance, atRanks } = unsortedWasserstein(first, second, ranks);
      const wanted = wasserstein(a, b);
      assert.ok(Math.abs(distance - wanted) <= 1e-9 * wanted, `${distance} is not ${wanted}`);
      assert.deepEqual(
        atRanks,
        ranks.map((rank) => pooledAt(a, b, rank)),
      );
      assert.equal(unsortedKolmogorovSmirnov(first, second), kolmogorovSmirnov(a, b));
      assert.deepEqual([first, second], copies, 'the samples are left as they were');
    }
  });
}

test('NaN is left out when a sample is sorted', () => {
  const random = seededRandom(3);
  const values = Float64Array.from({ length: 9000 }, () =>
    nextUniform(random) < 0.3 ? Number.NaN : nextNormal(random),
  );
  assert.deepEqual(sortSample(values), values.filter((value) => !Number.isNaN(value)).sort());
  assert.deepEqual(sortSample(Float64Array.of(Number.NaN, 2, Number.NaN, 1)), Float64Array.of(1, 2));
  assert.deepEqual(sortSample(Float64Array.of(Number.NaN)), new Float64Array(0));
});
