import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { largestTriangles } from '../../../../src/metrics/reduce/largest-triangles.ts';

const points = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 400 });

test('few points all stay', () => {
  assert.deepEqual([...largestTriangles([0, 1, 2], [5, 6, 7], 3)], [0, 1, 2]);
  assert.deepEqual([...largestTriangles([], [], 3)], []);
});

test('the ends and what is asked for always stay; the rest keeps its order and its number', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 3, max: 60 }), fc.nat(), (ys, most, wanted) => {
      const xs = ys.map((_, index) => index);
      const kept = wanted % ys.length;
      const chosen = [...largestTriangles(xs, ys, most, [kept])];
      assert.equal(chosen[0], 0);
      assert.equal(chosen.at(-1), ys.length - 1);
      assert.ok(chosen.includes(kept));
      assert.ok(chosen.length <= Math.max(most, Math.min(ys.length, most)) + 1);
      assert.deepEqual(
        chosen,
        [...new Set(chosen)].sort((a, b) => a - b),
      );
    }),
  );
});

test('a lone peak among a thousand equal values stays', () => {
  for (const peak of [1, 137, 500, 998]) {
    const ys = Array.from({ length: 1000 }, (_, index) => (index === peak ? 1 : 0));
    const chosen = [...largestTriangles(Float64Array.from(ys.keys()), ys, 20)];
    assert.ok(chosen.includes(peak), `${peak} is not among ${chosen}`);
  }
});

test('the same points as a hand-worked example of three buckets', () => {
  // Buckets [1, 2], [3, 4], [5, 6]: each takes the larger triangle with the point before and the next bucket's mean.
  const ys = [0, 5, 1, 0, 9, 2, 8, 0];
  assert.deepEqual([...largestTriangles([0, 1, 2, 3, 4, 5, 6, 7], ys, 5)], [0, 1, 3, 6, 7]);
});
