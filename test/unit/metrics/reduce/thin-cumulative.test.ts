import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cumulative } from '../../../../src/metrics/curves/cumulative.ts';
import { thinCumulative } from '../../../../src/metrics/reduce/thin-cumulative.ts';
import { scoreTable } from '../../../../src/metrics/score-table.ts';

/** A table of so many rows whose scores all differ, by a fixed rule. */
function longTable(rows: number) {
  const scores = Float64Array.from({ length: rows }, (_, row) => ((row * 0.618033988749895) % 1) ** 1.5);
  const labels = Uint8Array.from(scores, (score, row) => ((row * 0.7548776662466927) % 1 < score ? 1 : 0));
  return scoreTable(scores, labels);
}

test('a table of few scores keeps every point, with the very sums of the whole', () => {
  const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 20 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 100,
  });
  fc.assert(
    fc.property(rows, (made) => {
      const scores = Float64Array.from(made, ({ score }) => score / 20);
      const table = scoreTable(
        scores,
        Uint8Array.from(made, ({ label }) => label),
      );
      assert.deepEqual(thinCumulative(table, 20_000), cumulative(table));
    }),
  );
});

test('of many scores it keeps the ends and the points that are asked for, each with its own sums', () => {
  const table = longTable(100_000);
  const whole = cumulative(table);
  const threshold = 0.3;
  const thin = thinCumulative(table, 500, [threshold]);
  assert.ok(thin.thresholds.length < 1500, `${thin.thresholds.length} points`);
  assert.equal(thin.thresholds[0], Infinity);
  assert.equal(thin.positives.at(-1), whole.positives.at(-1));
  const decided = table.scores.find((score) => score >= threshold) as number;
  assert.ok(thin.thresholds.includes(decided));
  for (const [point, at] of thin.thresholds.entries()) {
    const place = whole.thresholds.indexOf(at);
    assert.equal(thin.positives[point], whole.positives[place]);
    assert.equal(thin.negatives[point], whole.negatives[place]);
  }
});

test('what is left out is near to what is kept', () => {
  const table = longTable(50_000);
  const whole = cumulative(table);
  const thin = thinCumulative(table, 200);
  const [positives, negatives] = [whole.positives.at(-1) as number, whole.negatives.at(-1) as number];
  let next = 0;
  for (const [place, threshold] of whole.thresholds.entries()) {
    while ((thin.thresholds[next] as number) > threshold) next += 1;
    const recall = Math.abs(((whole.positives[place] as number) - (thin.positives[next] as number)) / positives);
    const fallout = Math.abs(((whole.negatives[place] as number) - (thin.negatives[next] as number)) / negatives);
    assert.ok(recall + fallout <= 0.01 + 1e-4, `${recall + fallout} at ${threshold}`);
  }
});

test('a table without rows has no points', () => {
  assert.equal(thinCumulative(scoreTable(new Float64Array(), new Uint8Array()), 10).thresholds.length, 0);
});
