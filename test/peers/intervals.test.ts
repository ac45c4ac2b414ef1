import assert from 'node:assert/strict';
import { test } from 'node:test';
import { koopman } from '../../src/metrics/fairness/proportion-ratio.ts';
import { betaQuantile, betaTails, binomialQuantile } from '../../src/metrics/resampling/beta.ts';
import { delongVariance } from '../../src/metrics/resampling/delong.ts';
import { delongDifferenceVariance } from '../../src/metrics/resampling/delong-paired.ts';
import type { Interval } from '../../src/metrics/resampling/interval.ts';
import { medianInterval } from '../../src/metrics/resampling/median.ts';
import { multinomialBootstrap } from '../../src/metrics/resampling/multinomial-bootstrap.ts';
import { newcombeUnpaired } from '../../src/metrics/resampling/newcombe.ts';
import { normalCdf, normalQuantile } from '../../src/metrics/resampling/normal.ts';
import { poissonBootstrap } from '../../src/metrics/resampling/poisson-bootstrap.ts';
import { clopperPearson, wilson } from '../../src/metrics/resampling/proportion.ts';
import { rocAuc } from '../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../src/metrics/score-table.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

type Ends = readonly [number, number];

interface Reference {
  readonly peers: Readonly<Record<string, string>>;
  readonly quantiles: {
    readonly normal: readonly Ends[];
    readonly normalCdf: readonly Ends[];
    readonly beta: readonly (readonly [number, number, number, number])[];
    readonly binomial: readonly (readonly [number, number, number, number])[];
  };
  readonly proportions: readonly {
    readonly successes: number;
    readonly trials: number;
    readonly confidence: number;
    readonly wilson: Ends;
    readonly beta: Ends;
  }[];
  readonly pairs: readonly {
    readonly first: Ends;
    readonly second: Ends;
    readonly confidence: number;
    readonly newcombe: Ends;
    readonly ratio: Ends | readonly [null, null];
  }[];
  readonly areas: readonly {
    readonly labels: readonly number[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly auc: number;
    readonly variance: number;
    readonly difference: number;
    readonly differenceVariance: number;
  }[];
  readonly bootstraps: readonly {
    readonly labels: readonly number[];
    readonly predictions: readonly number[];
    readonly low: number;
    readonly high: number;
    readonly deviation: number;
  }[];
  readonly medians: readonly (readonly [number, number, number])[];
}

const found = withoutPeers ? undefined : (jsonFromPython('intervals.py') as Reference);
const skip = { skip: withoutPeers };

test('quantiles equal SciPy’s', skip, () => {
  const { normal, normalCdf: shares, beta, binomial } = reference().quantiles;
  for (const [share, theirs] of normal) near(normalQuantile(share), theirs, `normal ${share}`);
  for (const [z, theirs] of shares) near(normalCdf(z), theirs, `normal share below ${z}`);
  for (const [share, a, b, theirs] of beta) {
    const ours = betaQuantile(share, a, b);
    // SciPy's own quantile can be off by 1e-10 for small shares of large counts; the mass below ours must then be right.
    if (!isNear(ours, theirs)) near(betaTails(ours, a, b).below, share, `beta ${share}, ${a}, ${b}`);
  }
  for (const [share, trials, p, theirs] of binomial) assert.equal(binomialQuantile(share, trials, p), theirs);
});

test('Wilson’s and Clopper and Pearson’s intervals equal those of statsmodels', skip, () => {
  for (const { successes, trials, confidence, wilson: score, beta } of reference().proportions) {
    const what = `${successes} of ${trials} at ${confidence}`;
    nearEnds(wilson(successes, trials, confidence), score, what);
    nearEnds(clopperPearson(successes, trials, confidence), beta, what);
  }
});

test('Newcombe’s interval of a difference, and Koopman’s of a ratio, equal those of statsmodels', skip, () => {
  for (const { first, second, confidence, newcombe, ratio } of reference().pairs) {
    const what = `${first} and ${second} at ${confidence}`;
    const a = { successes: first[0], trials: first[1] };
    const b = { successes: second[0], trials: second[1] };
    nearEnds(newcombeUnpaired(a, b, confidence), newcombe, what);
    if (ratio[0] === null) continue;
    // statsmodels looks for these ends with a tolerance of its own.
    const ours = koopman(a, b, confidence);
    for (const [end, theirs] of [
      [ours.low, ratio[0]],
      [ours.high, ratio[1]],
    ] as const) {
      assert.ok(Math.abs(end - theirs) <= 1e-6 * theirs + 1e-9, `${what}: ${end} and ${theirs}`);
    }
  }
});

test('DeLong’s variances equal their definition over all pairs of rows', skip, () => {
  for (const given of reference().areas) {
    const labels = Uint8Array.from(given.labels);
    const [first, second] = [Float64Array.from(given.first), Float64Array.from(given.second)];
    const table = scoreTable(first, labels);
    near(rocAuc(table), given.auc, 'area');
    near(delongVariance(table), given.variance, 'variance');
    near(rocAuc(table) - rocAuc(scoreTable(second, labels)), given.difference, 'difference');
    near(delongDifferenceVariance(first, second, labels), given.differenceVariance, 'variance of the difference');
  }
});

test('the ranks of a median’s interval are those of SciPy’s binomial distribution', skip, () => {
  for (const [size, confidence, rank] of reference().medians) {
    const interval = medianInterval(
      Float64Array.from({ length: size }, (_, index) => index + 1),
      confidence,
    );
    if (rank === 0) assert.equal(interval, undefined);
    else assert.deepEqual([interval?.low, interval?.high], [rank, size + 1 - rank]);
  }
});

test('both bootstraps give SciPy’s BCa interval, within Monte Carlo error', skip, () => {
  for (const { labels, predictions, low, high, deviation } of reference().bootstraps) {
    const cells = [0, 0, 0, 0];
    for (const [row, label] of labels.entries()) {
      const cell = 2 * label + (predictions[row] as number);
      cells[cell] = (cells[cell] as number) + 1;
    }
    const f1 = (counts: ArrayLike<number>) => {
      const twice = 2 * (counts[3] as number);
      return twice / (twice + (counts[1] as number) + (counts[2] as number));
    };
    const byRows = (weights: Float64Array) => {
      const counts = [0, 0, 0, 0];
      for (const [row, weight] of weights.entries()) {
        const cell = 2 * (labels[row] as number) + (predictions[row] as number);
        counts[cell] = (counts[cell] as number) + weight;
      }
      return f1(counts);
    };
    // Four Monte Carlo errors of an end, in standard deviations, with 2,000 and with 1,000 resamples.
    for (const [ours, most] of [
      [multinomialBootstrap(cells, f1, 0.95), 0.34],
      [poissonBootstrap(labels.length, byRows, 0.95), 0.48],
    ] as const) {
      assert.ok(ours && Math.abs(ours.low - low) <= most * deviation, `${ours?.low} and ${low}`);
      assert.ok(Math.abs(ours.high - high) <= most * deviation, `${ours.high} and ${high}`);
    }
  }
});

function reference(): Reference {
  assert.ok(found);
  return found;
}

function nearEnds({ low, high }: Interval, [theirLow, theirHigh]: Ends, what: string): void {
  near(low, theirLow, `low end of ${what}`);
  near(high, theirHigh, `high end of ${what}`);
}

function near(ours: number, theirs: number, what: string): void {
  assert.ok(isNear(ours, theirs), `${what}: ${ours} and ${theirs}`);
}

function isNear(ours: number, theirs: number): boolean {
  const distance = Math.abs(ours - theirs);
  return distance <= 1e-12 || distance <= 1e-9 * Math.abs(theirs);
}
