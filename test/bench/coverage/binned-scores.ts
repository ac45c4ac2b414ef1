import { fillMultinomial } from '../../../src/metrics/resampling/binomial-random.ts';
import type { Random } from '../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import type { ScoreTable } from '../../../src/metrics/score-table.ts';

const CHANCES = 65_536;
const LEVELS = 128;

/** Scores of two classes on 128 levels, whose counts are drawn at once, so that a sample of any size costs the same. */
export interface BinnedScores {
  /** The chance of each level. */
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  /** The area under the ROC curve that the levels have exactly. */
  readonly auc: number;
}

/**
 * @param positive the score below which a share of the positives lies
 * @param negative likewise of the negatives
 */
export function binnedScores(positive: (share: number) => number, negative: (share: number) => number): BinnedScores {
  const quantiles = (of: (share: number) => number) =>
    Float64Array.from({ length: CHANCES }, (_, index) => of((index + 0.5) / CHANCES));
  const ofPositives = quantiles(positive);
  const ofNegatives = quantiles(negative);
  const least = Math.min(ofPositives[0] as number, ofNegatives[0] as number);
  const most = Math.max(ofPositives[CHANCES - 1] as number, ofNegatives[CHANCES - 1] as number);
  const levels = (scores: Float64Array) => {
    const chances = new Float64Array(LEVELS);
    for (const score of scores) {
      const level = Math.floor(((score - least) / (most - least)) * (LEVELS - 1));
      chances[level] = (chances[level] as number) + 1 / CHANCES;
    }
    return chances;
  };
  const binned = { positive: levels(ofPositives), negative: levels(ofNegatives) };
  return { ...binned, auc: rocAuc(tableOf(binned.positive, binned.negative)) };
}

export function drawBinned(random: Random, binned: BinnedScores, positives: number, negatives: number): ScoreTable {
  return tableOf(drawLevels(random, binned.positive, positives), drawLevels(random, binned.negative, negatives));
}

function drawLevels(random: Random, chances: Float64Array, rows: number): Float64Array {
  const counts = new Float64Array(LEVELS);
  fillMultinomial(random, rows, chances, counts);
  return counts;
}

function tableOf(positives: Float64Array, negatives: Float64Array): ScoreTable {
  return { scores: Float64Array.from(positives, (_, level) => level), positives, negatives };
}
