import assert from 'node:assert/strict';
import { test } from 'node:test';
import { medianInterval } from '../../../../src/metrics/resampling/median.ts';
import { multinomialBootstrap } from '../../../../src/metrics/resampling/multinomial-bootstrap.ts';
import { poissonBootstrap, poissonBootstrapAll } from '../../../../src/metrics/resampling/poisson-bootstrap.ts';
import { wilson } from '../../../../src/metrics/resampling/proportion.ts';
import { nextUniform, seededRandom } from '../../../../src/metrics/resampling/random.ts';

const share = (counts: ArrayLike<number>) => (counts[0] as number) / ((counts[0] as number) + (counts[1] as number));

function shareOfFirst(size: number) {
  return (weights: Float64Array) => {
    let [part, whole] = [0, 0];
    for (const [unit, weight] of weights.entries()) {
      whole += weight;
      if (unit < size) part += weight;
    }
    return part / whole;
  };
}

test('the same counts give the same interval, and its name says how it came about', () => {
  const first = multinomialBootstrap([300, 100], share, 0.95);
  assert.deepEqual(multinomialBootstrap([300, 100], share, 0.95), first);
  assert.equal(first?.method, 'bootstrap-multinomial-bca-2000-seed-1');
  assert.equal(poissonBootstrap(400, shareOfFirst(300), 0.95)?.method, 'bootstrap-poisson-bca-1000-seed-1');
});

test('a proportion’s bootstrap intervals lie near Wilson’s', () => {
  const closed = wilson(300, 400, 0.95);
  const width = closed.high - closed.low;
  for (const found of [multinomialBootstrap([300, 100], share, 0.95), poissonBootstrap(400, shareOfFirst(300), 0.95)]) {
    assert.ok(found && Math.abs(found.low - closed.low) < 0.1 * width);
    assert.ok(Math.abs(found.high - closed.high) < 0.1 * width);
  }
});

test('a statistic that never varies has an interval of zero width', () => {
  assert.deepEqual(multinomialBootstrap([50, 0], share, 0.95)?.low, 1);
  assert.deepEqual(multinomialBootstrap([50, 0], share, 0.95)?.high, 1);
  const found = poissonBootstrap(50, shareOfFirst(50), 0.95);
  assert.deepEqual([found?.low, found?.high], [1, 1]);
});

test('rounding is no variation: a perfect weighted share has zero width', () => {
  const random = seededRandom(4);
  const own = Float64Array.from({ length: 300 }, () => nextUniform(random));
  const found = poissonBootstrap(
    own.length,
    (weights) => {
      let [there, back] = [0, 0];
      for (let unit = 0; unit < own.length; unit += 1) {
        there += (weights[unit] as number) * (own[unit] as number);
        back += (weights[own.length - 1 - unit] as number) * (own[own.length - 1 - unit] as number);
      }
      return there / back;
    },
    0.95,
  );
  assert.equal(found?.low, found?.high);
});

test('where one or two units carry all of the variance there is no interval', () => {
  assert.equal(poissonBootstrap(400, shareOfFirst(398), 0.95), undefined);
  assert.ok(poissonBootstrap(400, shareOfFirst(390), 0.95));
});

test('a statistic that is undefined, on the sample or on too many resamples, has no interval', () => {
  assert.equal(multinomialBootstrap([0, 0], share, 0.95), undefined);
  assert.equal(
    multinomialBootstrap([5, 5], () => Number.NaN, 0.95),
    undefined,
  );
  // Of two units of which both are needed, one is missing in most resamples.
  const needsBoth = ([a = 0, b = 0]: Float64Array) => (a > 0 && b > 0 ? a / (a + b) : Number.NaN);
  assert.equal(poissonBootstrap(2, needsBoth, 0.95), undefined);
});

test('several statistics are resampled together, each as if alone', () => {
  const [first, second] = [shareOfFirst(30), shareOfFirst(60)];
  const both = poissonBootstrapAll(
    100,
    (weights, values) => {
      values[0] = first(weights);
      values[1] = second(weights);
    },
    2,
    0.9,
  );
  assert.deepEqual(both, [poissonBootstrap(100, first, 0.9), poissonBootstrap(100, second, 0.9)]);
});

test('a bootstrap stops when it is told to', () => {
  const stop = new AbortController();
  let calls = 0;
  const statistic = () => {
    calls += 1;
    if (calls === 20) stop.abort(new Error('enough'));
    return calls;
  };
  assert.throws(() => poissonBootstrap(100, statistic, 0.95, stop.signal), /enough/);
  assert.equal(calls, 20);
});

test('a median’s interval needs six values at 0.95, and then has the smallest and the largest', () => {
  const values = (count: number) => Float64Array.from({ length: count }, (_, index) => index);
  assert.equal(medianInterval(values(5), 0.95), undefined);
  assert.equal(medianInterval(values(0), 0.95), undefined);
  assert.deepEqual(medianInterval(values(6), 0.95), { low: 0, high: 5, method: 'order-statistics' });
  assert.deepEqual(medianInterval(values(100), 0.95), { low: 39, high: 60, method: 'order-statistics' });
});
