import { nextBinomial } from '../../../src/metrics/resampling/binomial-random.ts';
import { delong } from '../../../src/metrics/resampling/delong.ts';
import { delongDifference } from '../../../src/metrics/resampling/delong-paired.ts';
import type { Interval } from '../../../src/metrics/resampling/interval.ts';
import { medianInterval } from '../../../src/metrics/resampling/median.ts';
import { newcombePaired, newcombeUnpaired } from '../../../src/metrics/resampling/newcombe.ts';
import { normalQuantile } from '../../../src/metrics/resampling/normal.ts';
import { clopperPearson, proportionInterval, wilson } from '../../../src/metrics/resampling/proportion.ts';
import { nextUniform, type Random } from '../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import type { ScoreTable } from '../../../src/metrics/score-table.ts';
import { type BinnedScores, binnedScores, drawBinned } from './binned-scores.ts';
import { drawCounts, drawPairedScores, pairedCells, separationOf } from './samplers.ts';
import { CONFIDENCE, type MethodCoverage, type Scenario, SIZES, TRUTHS } from './scenario.ts';

/** How many times as common the other class is. */
const COMMON_CLASS = 9;
/** Sorting 20,000 rows for each of two models and 10,000 samples takes its time. */
const PAIRED_SIZES = [50, 100, 200, 1000, 10_000];
const PAIRED_TRUTHS = [0.7, 0.9, 0.98];

export const CLOSED_FORMS: readonly MethodCoverage[] = [
  proportions('wilson', wilson),
  proportions('clopper-pearson', clopperPearson),
  proportions('wilson or clopper-pearson', proportionInterval),
  {
    method: 'newcombe',
    scenarios: [0, 0.02, 0.1].flatMap((distance) => [1, 10].map((times) => unpaired(distance, times))),
  },
  {
    method: 'newcombe-paired',
    scenarios: [0, 0.01, 0.05].flatMap((drop) => [0.3, 0.8].map((correlation) => paired(drop, correlation))),
  },
  {
    method: 'delong-logit',
    scenarios: [
      area('normal scores, 1 : 1', 1, normalScores),
      area('normal scores, 1 : 9', COMMON_CLASS, normalScores),
      area('exponential scores, 1 : 1', 1, exponentialScores),
      area('exponential scores, 1 : 9', COMMON_CLASS, exponentialScores),
      area('mislabelled positives, 1 : 1', 1, mislabelledScores),
      area('mislabelled positives, 1 : 9', COMMON_CLASS, mislabelledScores),
      area('two levels, 1 : 1', 1, twoLevelScores),
      area('two levels, 1 : 9', COMMON_CLASS, twoLevelScores),
    ],
  },
  {
    method: 'delong-paired',
    scenarios: [
      [0, 0.5],
      [0.01, 0.95],
      [0.05, 0.8],
    ].map(([drop = 0, correlation = 0]) => pairedArea(drop, correlation)),
  },
  { method: 'order-statistics', scenarios: [median('min'), median('max')] },
];

function proportions(
  method: string,
  interval: (successes: number, trials: number, confidence: number) => Interval,
): MethodCoverage {
  return { method, scenarios: (['min', 'max'] as const).map((side) => proportion(method, interval, side)) };
}

function proportion(
  method: string,
  interval: (successes: number, trials: number, confidence: number) => Interval,
  side: 'min' | 'max',
): Scenario {
  return {
    name: `${method}: proportion, ${side}`,
    truths: TRUTHS,
    sizes: SIZES,
    side,
    prepare: (truth, size) => (random) => {
      const successes = nextBinomial(random, size, truth);
      return { value: successes / size, interval: () => interval(successes, size, CONFIDENCE) };
    },
  };
}

/** A group's rate lies below the other group's by just what is allowed. */
function unpaired(distance: number, times: number): Scenario {
  return {
    name: `newcombe: difference ${-distance}, sizes 1 : ${times}`,
    truths: TRUTHS,
    sizes: SIZES,
    side: 'min',
    boundFor: () => -distance,
    prepare: (truth, size) => (random) => {
      const first = { successes: nextBinomial(random, size, truth - distance), trials: size };
      const second = { successes: nextBinomial(random, size * times, truth), trials: size * times };
      return {
        value: first.successes / first.trials - second.successes / second.trials,
        interval: () => newcombeUnpaired(first, second, CONFIDENCE),
      };
    },
  };
}

/** The drop from a baseline that is right with chance `truth` is just what is allowed. */
function paired(drop: number, correlation: number): Scenario {
  return {
    name: `newcombe-paired: drop ${drop}, correlation ${correlation}`,
    truths: TRUTHS,
    sizes: SIZES,
    side: 'max',
    boundFor: () => drop,
    prepare: (truth, size) => {
      const shares = pairedCells(truth, truth - drop, correlation);
      return (random) => {
        const [both, onlyFirst, onlySecond, neither] = drawCounts(random, size, shares) as unknown as Four;
        return {
          value: (onlyFirst - onlySecond) / size,
          interval: () => newcombePaired({ both, onlyFirst, onlySecond, neither }, CONFIDENCE),
        };
      };
    },
  };
}

type Four = readonly [number, number, number, number];

/** Scores of two classes of this area under the ROC curve, ready for drawing. */
interface Scores {
  readonly auc: number;
  draw(random: Random, positives: number, negatives: number): ScoreTable;
}

function area(name: string, times: number, scoresFor: (auc: number) => Scores): Scenario {
  return {
    name: `delong-logit: ${name}`,
    truths: TRUTHS,
    sizes: SIZES,
    side: 'min',
    boundFor: (truth) => scoresFor(truth).auc,
    prepare: (truth, size) => {
      const scores = scoresFor(truth);
      return (random) => {
        const table = scores.draw(random, size, size * times);
        return { value: rocAuc(table), interval: () => delong(table, CONFIDENCE) };
      };
    },
  };
}

function drawnFrom(binned: BinnedScores): Scores {
  return {
    auc: binned.auc,
    draw: (random, positives, negatives) => drawBinned(random, binned, positives, negatives),
  };
}

/** Two normal classes of equal spread. */
function normalScores(auc: number): Scores {
  const distance = separationOf(auc);
  return drawnFrom(binnedScores((share) => normalQuantile(share) + distance, normalQuantile));
}

/** Two exponential classes: the one of the larger mean is larger with chance scale / (scale + 1). */
function exponentialScores(auc: number): Scores {
  const logOf = (share: number) => Math.log(-Math.log1p(-share));
  return drawnFrom(binnedScores((share) => logOf(share) + Math.log(auc / (1 - auc)), logOf));
}

/** Nine tenths of what the area lacks comes from positives that score as negatives do. */
function mislabelledScores(auc: number): Scores {
  const wrong = 1.8 * (1 - auc);
  const distance = separationOf((auc - wrong / 2) / (1 - wrong));
  return drawnFrom(
    binnedScores(
      (share) =>
        share < wrong ? normalQuantile(share / wrong) : normalQuantile((share - wrong) / (1 - wrong)) + distance,
      normalQuantile,
    ),
  );
}

/** A score of 0 or 1 alone: recall and specificity are both the area. */
function twoLevelScores(auc: number): Scores {
  return {
    auc,
    draw: (random, positives, negatives) => {
      const right = nextBinomial(random, positives, auc);
      const wrong = nextBinomial(random, negatives, 1 - auc);
      return {
        scores: Float64Array.of(0, 1),
        positives: Float64Array.of(positives - right, right),
        negatives: Float64Array.of(negatives - wrong, wrong),
      };
    },
  };
}

function pairedArea(drop: number, correlation: number): Scenario {
  return {
    name: `delong-paired: drop ${drop}, correlation ${correlation}`,
    truths: PAIRED_TRUTHS,
    sizes: PAIRED_SIZES,
    side: 'max',
    boundFor: () => drop,
    prepare: (truth, size) => (random) => {
      const rows = { positives: size, negatives: size };
      const { first, second, labels } = drawPairedScores(random, rows, {
        first: truth,
        second: truth - drop,
        correlation,
      });
      const interval = delongDifference(first, second, labels, CONFIDENCE);
      return {
        value: interval === undefined ? Number.NaN : (interval.low + interval.high) / 2,
        interval: () => interval,
      };
    },
  };
}

/** The median of exponential errors; whatever the median, the samples are alike. */
function median(side: 'min' | 'max'): Scenario {
  return {
    name: `order-statistics: median of exponential errors, ${side}`,
    truths: [0.5],
    sizes: SIZES,
    side,
    prepare: (truth, size) => (random) => {
      const sorted = Float64Array.from(
        { length: size },
        () => (-Math.log(nextUniform(random)) / Math.LN2) * truth,
      ).sort();
      const middle = ((sorted[(size - 1) >> 1] as number) + (sorted[size >> 1] as number)) / 2;
      return { value: middle, interval: () => medianInterval(sorted, CONFIDENCE) };
    },
  };
}
