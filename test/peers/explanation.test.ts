import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { featureOfCondition } from '../../src/evidence/explanations/lime.ts';
import { shapOfArrays } from '../../src/evidence/explanations/shap-arrays.ts';
import { readNpz } from '../../src/evidence/npz.ts';
import { additivityError } from '../../src/metrics/explanation/additivity.ts';
import { meanAbsolute, topShare } from '../../src/metrics/explanation/importance.ts';
import { percentile } from '../../src/metrics/percentile.ts';
import { spearman } from '../../src/metrics/rank-correlation.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

interface Peers {
  readonly peers: Readonly<Record<string, string>>;
  readonly names: readonly string[];
  readonly arrays: readonly { npz: string; shape: number[]; values: (number | string)[] }[];
  readonly shap: readonly { npz: string; link: string; error: number; importance: number[]; top_share: number }[];
  readonly spearman: readonly { a: number[]; b: number[]; rho: number | null }[];
  readonly percentiles: readonly { values: number[]; percents: number[]; expected: number[] }[];
  readonly lime: readonly { condition: string; feature: string }[];
}

const HINTS = {
  ...{ columns: undefined, signature: undefined, key: undefined },
  chooseOutput: () => ({ ok: true, value: 0 }) as const,
};

describe('explanations beside NumPy, SHAP, SciPy and LIME', { skip: withoutPeers }, () => {
  let peers: Peers;
  before((context) => {
    peers = jsonFromPython('explanation.py') as Peers;
    if ('diagnostic' in context) context.diagnostic(JSON.stringify(peers.peers));
  });

  test('arrays of every type, order and shape are those that NumPy reads', () => {
    assert.ok(peers.arrays.length >= 100);
    for (const { npz, shape, values } of peers.arrays) {
      const arrays = readNpz(Buffer.from(npz, 'base64'));
      assert.ok(arrays.ok);
      const read = arrays.value.read('a');
      assert.ok(read?.ok);
      assert.deepEqual(read.value.shape, shape);
      const expected = read.value.kind === 'text' ? values : values.map(numberOf);
      assert.deepEqual([...read.value.values], expected);
    }
  });

  test('additivity and importance are NumPy’s, over SHAP’s own values', (context) => {
    let farthest = 0;
    for (const { npz, link, error, importance, top_share } of peers.shap) {
      const arrays = readNpz(Buffer.from(npz, 'base64'));
      assert.ok(arrays.ok);
      const found = shapOfArrays(arrays.value, HINTS);
      assert.ok(found.ok && found.value.base && found.value.predictions);
      const { values, featureCount, base, predictions } = found.value;
      const target =
        link === 'logit' ? predictions.values.map((p) => Math.log(p) - Math.log1p(-p)) : predictions.values;
      // Both are sums of rounding errors where the values add up, so the difference is absolute.
      const own = additivityError(values, featureCount, base, target).value;
      farthest = Math.max(farthest, Math.abs(own - error));
      assert.ok(Math.abs(own - error) <= 1e-12 + 1e-9 * error, `${own} ${error}`);
      const sizes = meanAbsolute(values, featureCount);
      for (const [at, size] of importance.entries()) close(sizes[at], size);
      close(topShare(sizes).share, top_share);
    }
    context.diagnostic(`${peers.shap.length} models, additivity at most ${farthest.toExponential(1)} apart`);
  });

  test('rank correlation is SciPy’s, ties and constants included', () => {
    for (const { a, b, rho } of peers.spearman) {
      const own = spearman(a, b);
      if (rho === null) assert.ok(Number.isNaN(own));
      else close(own, rho);
    }
  });

  test('percentiles are NumPy’s', () => {
    for (const { values, percents, expected } of peers.percentiles) {
      for (const [at, percent] of percents.entries()) {
        assert.equal(percentile(Float64Array.from(values), percent), expected[at]);
      }
    }
  });

  test('the feature of each of LIME’s conditions is the one in its map', () => {
    assert.ok(peers.lime.length >= 100);
    for (const { condition, feature } of peers.lime) {
      assert.equal(featureOfCondition(condition, peers.names), feature, condition);
    }
  });
});

function numberOf(value: number | string): number {
  if (typeof value === 'number') return value;
  if (value === 'nan') return Number.NaN;
  return value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function close(own: number | undefined, expected: number): void {
  assert.ok(
    own !== undefined && Math.abs(own - expected) <= Math.max(1e-12, 1e-9 * Math.abs(expected)),
    `${own} ${expected}`,
  );
}
