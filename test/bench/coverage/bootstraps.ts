import { multinomialBootstrap } from '../../../src/metrics/resampling/multinomial-bootstrap.ts';
import { poissonBootstrap } from '../../../src/metrics/resampling/poisson-bootstrap.ts';
import { nextNormal, nextUniform } from '../../../src/metrics/resampling/random.ts';
import { confusionShares, drawCounts } from './samplers.ts';
import { CONFIDENCE, type MethodCoverage, type Scenario, SIZES, TRUTHS } from './scenario.ts';

/** Share of positives, unless a statistic is told otherwise. */
const PREVALENCE = 0.3;
const SMALL = SIZES.filter((size) => size >= 50 && size <= 2000);
const LARGE = [10_000];

export const BOOTSTRAPS: readonly MethodCoverage[] = [
  {
    method: 'bootstrap-multinomial',
    scenarios: [
      counted('F1, recall = precision', f1, (truth) => {
        const recall = truth;
        return confusionShares(PREVALENCE, recall, ((1 - truth) * PREVALENCE) / (1 - PREVALENCE));
      }),
      counted('F1, precision 1', f1, (truth) => confusionShares(PREVALENCE, truth / (2 - truth), 0)),
      counted('Matthews correlation', matthews, (truth) => confusionShares(0.5, (1 + truth) / 2, (1 - truth) / 2), 0.5),
    ],
  },
  {
    method: 'bootstrap-poisson',
    scenarios: [
      weightedProportion(SMALL, [0.5, 0.9, 0.98]),
      weightedProportion(LARGE, [0.98]),
      clusteredProportion(),
      skewedMean(),
    ],
  },
];

type Statistic = (counts: Float64Array) => number;

function f1(counts: Float64Array): number {
  const [tp, fp, fn] = counts as unknown as [number, number, number];
  return (2 * tp) / (2 * tp + fp + fn);
}

function matthews(counts: Float64Array): number {
  const [tp, fp, fn, tn] = counts as unknown as [number, number, number, number];
  return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
}

function counted(
  name: string,
  statistic: Statistic,
  sharesFor: (truth: number) => Float64Array,
  prevalence = PREVALENCE,
): Scenario {
  return {
    name: `bootstrap-multinomial: ${name}`,
    truths: TRUTHS,
    sizes: SIZES,
    side: 'min',
    prepare: (truth, size) => {
      const shares = sharesFor(truth);
      const trials = Math.round(size / prevalence);
      return (random) => {
        const counts = drawCounts(random, trials, shares);
        return {
          value: statistic(counts),
          standardError: standardErrorOf(counts, statistic),
          interval: () => multinomialBootstrap(counts, statistic, CONFIDENCE),
        };
      };
    },
  };
}

/** Rows of unequal weight that has nothing to do with being right. */
function weightedProportion(sizes: readonly number[], truths: readonly number[]): Scenario {
  return {
    name: `bootstrap-poisson: weighted proportion, up to ${sizes.at(-1)} rows`,
    truths,
    sizes,
    side: 'min',
    prepare: (truth, size) => (random) => {
      const weights = Float64Array.from({ length: size }, () => Math.exp(0.7 * nextNormal(random)));
      const right = Uint8Array.from(weights, () => (nextUniform(random) < truth ? 1 : 0));
      return shareSample(
        weights,
        Float64Array.from(right, (value, row) => value * (weights[row] as number)),
      );
    },
  };
}

/** Units of five rows that tend to be right together; size counts units. */
function clusteredProportion(): Scenario {
  const rowsPerUnit = 5;
  return {
    name: 'bootstrap-poisson: units of five rows',
    truths: [0.98],
    sizes: SMALL,
    side: 'min',
    prepare: (truth, size) => (random) => {
      const rows = new Float64Array(size).fill(rowsPerUnit);
      const right = Float64Array.from(rows, () => {
        const own = nextUniform(random) < truth ? 1 : 0;
        let count = 0;
        for (let row = 0; row < rowsPerUnit; row += 1) {
          count += nextUniform(random) < 0.5 ? own : nextUniform(random) < truth ? 1 : 0;
        }
        return count;
      });
      return shareSample(rows, right);
    },
  };
}

/** The mean of exponential errors, which must not lie above the bound. */
function skewedMean(): Scenario {
  return {
    name: 'bootstrap-poisson: mean of exponential errors',
    truths: [0.5],
    sizes: SMALL,
    side: 'max',
    prepare: (truth, size) => (random) => {
      const ones = new Float64Array(size).fill(1);
      const errors = Float64Array.from(ones, () => -Math.log(nextUniform(random)) * truth);
      return shareSample(ones, errors);
    },
  };
}

/** Sum of `parts` over sum of `wholes`, over units. */
function shareSample(wholes: Float64Array, parts: Float64Array) {
  const share = (weights: Float64Array): number => {
    let part = 0;
    let whole = 0;
    for (let unit = 0; unit < weights.length; unit += 1) {
      const weight = weights[unit] as number;
      part += weight * (parts[unit] as number);
      whole += weight * (wholes[unit] as number);
    }
    return part / whole;
  };
  const value = share(new Float64Array(wholes.length).fill(1));
  let squares = 0;
  let whole = 0;
  for (let unit = 0; unit < wholes.length; unit += 1) {
    squares += ((parts[unit] as number) - value * (wholes[unit] as number)) ** 2;
    whole += wholes[unit] as number;
  }
  return {
    value,
    standardError: Math.sqrt(squares) / whole,
    interval: () => poissonBootstrap(wholes.length, share, CONFIDENCE),
  };
}

/** By leaving out one row of each cell. */
function standardErrorOf(counts: Float64Array, statistic: Statistic): number {
  const value = statistic(counts);
  let squares = 0;
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue;
    const without = counts.slice();
    without[cell] = count - 1;
    squares += count * (statistic(without) - value) ** 2;
  }
  return Math.sqrt(squares);
}
