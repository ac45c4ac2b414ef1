import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binCounts, equalEdges } from '../../../../src/metrics/reduce/bin-counts.ts';

test('a value is in the bin whose lower edge it reaches; the last bin has its upper edge too', () => {
  const { positives, negatives } = binCounts(
    Float64Array.of(0, 0.1, 0.25, 0.5, 1, -0.1, 1.1, Number.NaN),
    [0, 0.25, 0.5, 1],
    Uint8Array.of(1, 0, 1, 1, 0, 1, 1, 1),
  );
  assert.deepEqual([...positives], [1, 1, 1]);
  assert.deepEqual([...negatives], [1, 0, 1]);
});

test('weights are added up', () => {
  const { positives } = binCounts(Float64Array.of(0.1, 0.2), [0, 1], undefined, Float64Array.of(2, 0.5));
  assert.deepEqual([...positives], [2.5]);
});

test('every value is counted as a comparison with each edge would, wherever the edges lie', () => {
  const numbers = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 2, maxLength: 40 }), fc.array(numbers), (made, others) => {
      const edges = [...new Set(made.map((edge) => edge + 0))].sort((a, b) => a - b);
      fc.pre(edges.length > 1);
      const values = Float64Array.from([...others, ...edges]);
      const last = edges.length - 2;
      const expected = new Float64Array(edges.length - 1);
      for (const value of values) {
        const bin = edges.findIndex((edge, index) => {
          const next = edges[index + 1];
          return next !== undefined && value >= edge && (value < next || (index === last && value === next));
        });
        if (bin >= 0) expected[bin] = (expected[bin] as number) + 1;
      }
      assert.deepEqual([...binCounts(values, edges).positives], [...expected]);
    }),
  );
});

test('thresholds in hundredths are the numbers that people write', () => {
  const edges = equalEdges(0, 1, 100);
  assert.equal(edges.length, 101);
  for (const [index, edge] of edges.entries()) assert.equal(edge, Number((index / 100).toFixed(2)));
});
