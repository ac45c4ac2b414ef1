import { nextUint32, type Random } from '../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import type { ScoreTable } from '../../../src/metrics/score-table.ts';

const CHANCES = 65_536;
const LEVELS = 1024;

/** Scores of two classes on 1,024 levels, drawn by looking a random number up, so that no sample has to be sorted. */
export interface BinnedScores {
  /** The level for each of 65,536 equally likely numbers. */
  readonly positive: Uint16Array;
  readonly negative: Uint16Array;
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
  const levels = (scores: Float64Array) =>
    Uint16Array.from(scores, (score) => Math.floor(((score - least) / (most - least)) * (LEVELS - 1)));
  const binned = { positive: levels(ofPositives), negative: levels(ofNegatives) };
  return { ...binned, auc: rocAuc(tableOf(countsOf(binned.positive), countsOf(binned.negative))) };
}

export function drawBinned(random: Random, binned: BinnedScores, positives: number, negatives: number): ScoreTable {
  return tableOf(drawLevels(random, binned.positive, positives), drawLevels(random, binned.negative, negatives));
}

function drawLevels(random: Random, levels: Uint16Array, rows: number): Float64Array {
  const counts = new Float64Array(LEVELS);
  for (let row = 0; row < rows; row += 1) {
    const level = levels[nextUint32(random) >>> 16] as number;
    counts[level] = (counts[level] as number) + 1;
  }
  return counts;
}

function countsOf(levels: Uint16Array): Float64Array {
  const counts = new Float64Array(LEVELS);
  for (const level of levels) counts[level] = (counts[level] as number) + 1;
  return counts;
}

function tableOf(positives: Float64Array, negatives: Float64Array): ScoreTable {
  return { scores: Float64Array.from(positives, (_, level) => level), positives, negatives };
}
