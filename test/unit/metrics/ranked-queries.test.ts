import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hitRateAtK } from '../../../src/metrics/ranking/hit-rate-at-k.ts';
import { mapAtK } from '../../../src/metrics/ranking/map-at-k.ts';
import { mrr } from '../../../src/metrics/ranking/mrr.ts';
import { ndcgAtK } from '../../../src/metrics/ranking/ndcg-at-k.ts';
import { meanOverQueries, type QueryValues, queryWeights } from '../../../src/metrics/ranking/per-query.ts';
import { precisionAtK, recallAtK } from '../../../src/metrics/ranking/precision-at-k.ts';
import { type RankedQueries, rankQueries } from '../../../src/metrics/ranking/ranked-queries.ts';
import { assertClose } from './close.ts';

const METRICS: Readonly<Record<string, (ranked: RankedQueries, k: number) => QueryValues>> = {
  precisionAtK,
  recallAtK,
  hitRateAtK,
  mapAtK,
  ndcgAtK,
  mrr,
};

interface Rows {
  readonly queries: readonly number[];
  readonly scores: readonly number[];
  readonly relevance: readonly number[];
}

/** Two to four queries; few distinct scores, so that many are tied. */
const rows: fc.Arbitrary<Rows> = fc
  .array(fc.tuple(fc.nat(3), fc.integer({ min: -2, max: 2 }), fc.nat(2)), { minLength: 1, maxLength: 30 })
  .map((picks) => {
    const names = [...new Set(picks.map(([query]) => query))];
    return {
      queries: picks.map(([query]) => names.indexOf(query)),
      scores: picks.map(([, score]) => score),
      relevance: picks.map(([, , relevance]) => relevance),
    };
  });

function ranked({ queries, scores, relevance }: Rows): RankedQueries {
  return rankQueries(
    Int32Array.from(queries),
    Math.max(...queries, -1) + 1,
    Float64Array.from(scores),
    Float64Array.from(relevance),
  );
}

const one = (scores: number[], relevance: number[]): Rows => ({ queries: scores.map(() => 0), scores, relevance });

test('each query’s rows are ranked by score, wherever they are in the table', () => {
  const found = ranked({ queries: [1, 0, 1, 0, 1], scores: [5, 1, 9, 2, 5], relevance: [1, 2, 3, 4, 5] });
  assert.deepEqual([...found.starts], [0, 2, 5]);
  assert.deepEqual([...found.relevance.slice(0, 3)], [4, 2, 3]);
  assert.deepEqual([...found.tieStarts], [0, 1, 2, 3, 3]);
  assert.deepEqual([...found.tieEnds], [1, 2, 3, 5, 5]);
});

test('known values without ties', () => {
  const found = ranked(one([5, 4, 3, 2, 1], [0, 1, 0, 1, 0]));
  assert.equal(precisionAtK(found, 2).values[0], 0.5);
  assert.equal(precisionAtK(found, 10).values[0], 0.2);
  assert.equal(recallAtK(found, 2).values[0], 0.5);
  assert.equal(hitRateAtK(found, 1).values[0], 0);
  assert.equal(hitRateAtK(found, 2).values[0], 1);
  assert.equal(mrr(found).values[0], 0.5);
  assert.equal(mapAtK(found, 5).values[0], (1 / 2 + 2 / 4) / 2);
  assertClose(ndcgAtK(found, 5).values[0] ?? 0, (1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)));
});

test('ties count as the average over their orders', () => {
  const found = ranked(one([1, 1], [1, 0]));
  assert.equal(precisionAtK(found, 1).values[0], 0.5);
  assert.equal(recallAtK(found, 1).values[0], 0.5);
  assert.equal(hitRateAtK(found, 1).values[0], 0.5);
  assert.equal(mrr(found).values[0], 0.75);
  assert.equal(mapAtK(found, 2).values[0], 0.75);
});

test('breaking every tie for the better can only raise a value, for the worse only lower it', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 6 }), (given, k) => {
      const shifted = (by: number) =>
        ranked({ ...given, scores: given.scores.map((score, row) => score + by * (given.relevance[row] as number)) });
      for (const [name, metric] of Object.entries(METRICS)) {
        const values = metric(ranked(given), k).values;
        const better = metric(shifted(0.01), k).values;
        const worse = metric(shifted(-0.01), k).values;
        for (const [query, value] of values.entries()) {
          assert.ok(value <= (better[query] as number) + 1e-12, name);
          assert.ok(value >= (worse[query] as number) - 1e-12, name);
          assert.ok(value >= 0 && value <= 1, name);
        }
      }
    }),
  );
});

test('the order of rows changes nothing', () => {
  fc.assert(
    fc.property(
      rows.chain((given) =>
        fc.tuple(
          fc.constant(given),
          fc.shuffledSubarray([...given.queries.keys()], { minLength: given.queries.length }),
        ),
      ),
      fc.integer({ min: 1, max: 6 }),
      ([given, order], k) => {
        const pick = (values: readonly number[]) => order.map((row) => values[row] as number);
        const shuffled = {
          queries: pick(given.queries),
          scores: pick(given.scores),
          relevance: pick(given.relevance),
        };
        for (const metric of Object.values(METRICS)) {
          const values = metric(ranked(given), k).values;
          for (const [query, value] of metric(ranked(shuffled), k).values.entries())
            assertClose(value, values[query] as number);
        }
      },
    ),
  );
});

test('a rising function of the scores changes nothing', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const risen = { ...given, scores: given.scores.map((score) => Math.exp(score)) };
      for (const metric of Object.values(METRICS)) assert.deepEqual(metric(ranked(risen), 3), metric(ranked(given), 3));
    }),
  );
});

test('a query without relevant rows has 0 and is counted', () => {
  const found = ranked({ queries: [0, 1], scores: [1, 1], relevance: [0, 2] });
  for (const metric of Object.values(METRICS))
    assert.deepEqual(metric(found, 1), { values: Float64Array.of(0, 1), withoutRelevant: 1 });
});

test('the mean over queries takes weights, and a query’s weight is the mean of its rows’', () => {
  const values = { values: Float64Array.of(1, 0), withoutRelevant: 0 };
  assert.equal(meanOverQueries(values), 0.5);
  const weights = queryWeights(Int32Array.of(0, 0, 1), 2, Float64Array.of(2, 4, 1));
  assert.deepEqual(weights, Float64Array.of(3, 1));
  assert.equal(meanOverQueries(values, weights), 0.75);
  assert.ok(Number.isNaN(meanOverQueries({ values: new Float64Array(), withoutRelevant: 0 })));
});

test('no rows are no queries', () => {
  assert.equal(ranked(one([], [])).queries, 0);
  for (const metric of Object.values(METRICS)) assert.equal(metric(ranked(one([], [])), 3).values.length, 0);
});
