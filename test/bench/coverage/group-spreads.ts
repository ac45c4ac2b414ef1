import { differenceInterval } from '../../../src/checks/estimates/difference.ts';
import type { Measure } from '../../../src/checks/estimates/measure.ts';
import { combinedStatistic, sumStatistic } from '../../../src/checks/estimates/row-statistic.ts';
import { bootstrapInterval } from '../../../src/checks/estimates/units.ts';
import { independentInterval } from '../../../src/checks/fairness/pair-intervals.ts';
import type { DatasetRows } from '../../../src/checks/rows/dataset-rows.ts';
import { ABSOLUTE_DIFFERENCE, FOLDED_RATIO } from '../../../src/metrics/fairness/contrast.ts';
import { theilIndex } from '../../../src/metrics/fairness/theil-index.ts';
import { delong } from '../../../src/metrics/resampling/delong.ts';
import type { Interval } from '../../../src/metrics/resampling/interval.ts';
import { multinomialBootstrap } from '../../../src/metrics/resampling/multinomial-bootstrap.ts';
import { normalQuantile } from '../../../src/metrics/resampling/normal.ts';
import { nextNormal, nextUniform, type Random } from '../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import { binnedScores, drawBinned } from './binned-scores.ts';
import { confusionShares, drawCounts, separationOf } from './samplers.ts';
import { CONFIDENCE, type MethodCoverage, type Scenario, withPilotError } from './scenario.ts';

const PREVALENCE = 0.3;
/** Rows that are neither weighted nor of units: all that an interval of them asks. */
const PLAIN = { dataset: {} } as DatasetRows;
const DIFFERENCE = 0.05;
const RATIO = 0.9;

export const GROUP_SPREADS: readonly MethodCoverage[] = [
  { method: 'theil index', scenarios: [theil()] },
  {
    method: 'group spread',
    scenarios: [
      spread('F1 difference', 'difference', f1Of),
      spread('F1 ratio', 'ratio', f1Of),
      spread('ROC AUC difference', 'difference', aucOf),
      spread('ROC AUC ratio', 'ratio', aucOf),
    ],
  },
  { method: 'gap of two data sets', scenarios: [gap()] },
  { method: 'paired bootstrap-poisson', scenarios: [pairedF1()] },
];

/** Wrong predictions, as many false positives as false negatives, of a share of all rows. */
function theil(): Scenario {
  const cells = (counts: Float64Array) => {
    const [right = 0, falsePositives = 0, falseNegatives = 0] = counts;
    return theilIndex({ truePositives: right, trueNegatives: 0, falsePositives, falseNegatives });
  };
  const sharesOf = (right: number) => Float64Array.of(right, (1 - right) / 2, (1 - right) / 2);
  return withPilotError({
    name: 'theil index: share of right predictions',
    truths: [0.5, 0.7, 0.9, 0.98],
    sizes: [50, 100, 200, 1000, 10_000],
    side: 'max',
    boundFor: (right) => cells(sharesOf(right)),
    prepare: (right, size) => (random) => {
      const counts = drawCounts(random, size, sharesOf(right));
      return { value: cells(counts), interval: () => multinomialBootstrap(counts, cells, CONFIDENCE) };
    },
  });
}

type GroupSampler = (truth: number, size: number) => (random: Random) => Measure;

/** One group's value is the grid's, the other's lower by just what is allowed. */
function spread(name: string, kind: 'difference' | 'ratio', groupOf: GroupSampler): Scenario {
  return withPilotError({
    name: `group spread: ${name}`,
    truths: [0.7, 0.9, 0.98],
    sizes: groupOf === aucOf ? [100, 200, 1000, 10_000] : [50, 200, 1000],
    side: kind === 'difference' ? 'max' : 'min',
    boundFor: () => (kind === 'difference' ? DIFFERENCE : RATIO),
    prepare(truth, size) {
      const drawLower = groupOf(kind === 'difference' ? truth - DIFFERENCE : truth * RATIO, size);
      const drawUpper = groupOf(truth, size);
      return (random) => {
        const [lower, upper] = [drawLower(random), drawUpper(random)];
        const [a, b] = [lower.value, upper.value];
        return {
          value: kind === 'difference' ? Math.abs(b - a) : Math.min(a / b, b / a),
          interval: () => intervalOfPair(lower, upper, kind),
        };
      };
    },
  });
}

function intervalOfPair(lower: Measure, upper: Measure, kind: 'difference' | 'ratio'): Interval | undefined {
  const group = (measure: Measure, code: number) => ({
    ...{ name: String(code), rows: PLAIN, code, measures: [measure], problem: undefined },
  });
  const pair = { name: '', first: group(lower, 0), second: group(upper, 1) };
  return unwrapped(independentInterval(pair, kind === 'difference' ? ABSOLUTE_DIFFERENCE : FOLDED_RATIO, CONFIDENCE));
}

/** The drop of F1 between two data sets is just what is allowed. */
function gap(): Scenario {
  return withPilotError({
    name: 'gap of two data sets: F1',
    truths: [0.7, 0.9, 0.98],
    sizes: [50, 200, 1000],
    side: 'max',
    boundFor: () => DIFFERENCE,
    prepare(truth, size) {
      const [drawFirst, drawSecond] = [f1Of(truth, size), f1Of(truth - DIFFERENCE, size)];
      return (random) => {
        const [first, second] = [drawFirst(random), drawSecond(random)];
        const of = (measure: Measure) => ({ measure, rows: PLAIN });
        return {
          value: first.value - second.value,
          interval: () => unwrapped(differenceInterval(of(first), of(second), CONFIDENCE)),
        };
      };
    },
  });
}

function f1Of(truth: number, size: number): (random: Random) => Measure {
  const shares = confusionShares(PREVALENCE, truth, ((1 - truth) * PREVALENCE) / (1 - PREVALENCE));
  const trials = Math.round(size / PREVALENCE);
  return (random) => {
    const counts = drawCounts(random, trials, shares);
    return measureOf(f1(counts), size, (confidence) => multinomialBootstrap(counts, f1, confidence));
  };
}

function aucOf(truth: number, size: number): (random: Random) => Measure {
  const distance = separationOf(truth);
  const binned = binnedScores((share) => normalQuantile(share) + distance, normalQuantile);
  return (random) => {
    const table = drawBinned(random, binned, size, size);
    return measureOf(rocAuc(table), size, (confidence) => delong(table, confidence));
  };
}

function measureOf(value: number, rows: number, closed: (confidence: number) => Interval | undefined): Measure {
  const units = () => {
    throw new Error('Plain rows are not resampled.');
  };
  return { value, zeroDivision: false, dividedBy: rows, dividedByWhat: 'rows', formula: '', closed, units };
}

function f1(counts: Float64Array): number {
  const [tp = 0, fp = 0, fn = 0] = counts;
  return (2 * tp) / (2 * tp + fp + fn);
}

/** Two models of equal F1 on the same weighted rows, half of whose answers agree by construction; size counts positives. */
function pairedF1(): Scenario {
  return withPilotError({
    name: 'paired bootstrap-poisson: F1 of weighted rows',
    truths: [0.7, 0.9],
    sizes: [50, 200],
    side: 'max',
    boundFor: () => 0,
    drawsFor: (size) => (size >= 200 ? 2000 : undefined),
    prepare: (truth, size) => (random) => {
      const rows = Math.round(size / PREVALENCE);
      const falsePositiveRate = ((1 - truth) * PREVALENCE) / (1 - PREVALENCE);
      const weights = Float64Array.from({ length: rows }, () => Math.exp(0.7 * nextNormal(random)));
      const cells = [new Uint8Array(rows), new Uint8Array(rows)] as const;
      for (let row = 0; row < rows; row += 1) {
        const isPositive = nextUniform(random) < PREVALENCE;
        const chance = isPositive ? truth : falsePositiveRate;
        const shared = nextUniform(random);
        const second = nextUniform(random) < 0.5 ? shared : nextUniform(random);
        for (const [model, draw] of [shared, second].entries()) {
          const isSelected = draw < chance;
          (cells[model] as Uint8Array)[row] = isPositive ? (isSelected ? 0 : 2) : isSelected ? 1 : 3;
        }
      }
      const [first, second] = cells.map((cellOf) =>
        sumStatistic(
          rows,
          4,
          (row, sums, at) => {
            const cell = at + (cellOf[row] as number);
            sums[cell] = (sums[cell] as number) + (weights[row] as number);
          },
          f1,
        ),
      ) as [ReturnType<typeof sumStatistic>, ReturnType<typeof sumStatistic>];
      const statistic = combinedStatistic(first, second, (a, b) => a - b);
      const units = { count: rows, independent: rows, codes: undefined, suffix: '', noun: 'row' };
      return {
        value: statistic.prepare(units)(new Float64Array(rows).fill(1)),
        interval: () => bootstrapInterval(statistic, units, CONFIDENCE),
      };
    },
  });
}

function unwrapped<Value>(
  found: { readonly ok: true; readonly value: Value } | { readonly ok: false },
): Value | undefined {
  return found.ok ? found.value : undefined;
}
