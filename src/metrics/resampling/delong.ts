import { rocAuc } from '../roc-auc.ts';
import type { ScoreTable } from '../score-table.ts';
import { compensatedSum } from '../sums.ts';
import { type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * With fewer rows in a class, near an area of 1, the interval's low end lies too high more often than in 5 % of samples
 * (test/bench/coverage.json); a check answers nothing then, nor by resampling, which is no better.
 */
export const DELONG_LEAST_ROWS = 100;

/** What one pass over a score table tells of the placements: how far each row's share of rightly ranked pairs lies from the area. */
interface PlacementSums {
  readonly auc: number;
  readonly positives: ClassSums;
  readonly negatives: ClassSums;
}

/** Over the rows of one class: their number, and the sums of the squares and fourth powers of the distances. */
export interface ClassSums {
  readonly rows: number;
  readonly squares: number;
  readonly fourths: number;
}

/**
 * DeLong's variance of the area under the ROC curve, from a score table of row counts (not of weights), in one pass
 * over the distinct scores. NaN when a class has fewer than two rows.
 *
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837–845; by placements, as in X. Sun,
 * W. Xu, IEEE Signal Processing Letters 21 (2014).
 */
export function delongVariance(table: ScoreTable): number {
  const { positives, negatives } = placementSums(table);
  return varianceOfMean(positives, 0) + varianceOfMean(negatives, 0);
}

/**
 * The interval for the area under the ROC curve: DeLong's variance on the logit scale, because on the plain scale the
 * lower end lies too high near 1. Where few rows carry the variance, it is known badly and comes out small just when
 * the area comes out large, so it is raised as `varianceOfMean` says; with many rows that vanishes. Undefined where the
 * area is 0 or 1 (the logit is infinite: such a sample does not say how close to perfect the model is) or a class has
 * fewer than two rows, not to be relied on below `DELONG_LEAST_ROWS`. Zero width when all scores are equal.
 *
 * Source of the scale: M. S. Pepe, "The Statistical Evaluation of Medical Tests" (2003), section 5.2.
 */
export function delong(table: ScoreTable, confidence: number): Interval | undefined {
  const { auc, positives, negatives } = placementSums(table);
  if (!(auc > 0 && auc < 1) || positives.rows < 2 || negatives.rows < 2) return undefined;
  const method = 'delong-logit';
  if (positives.squares === 0 && negatives.squares === 0) return { low: auc, high: auc, method };
  const z = normalQuantile(1 - tailOf(confidence));
  const farthest = Math.max(auc, 1 - auc);
  const variance = varianceOfMean(positives, z, farthest) + varianceOfMean(negatives, z, farthest);
  const logit = Math.log(auc / (1 - auc));
  const half = (z * Math.sqrt(variance)) / (auc * (1 - auc));
  return { low: logistic(logit - half), high: logistic(logit + half), method };
}

/**
 * The variance of the mean of a class's placements, as if z²/2 further rows lay as far from it as those that carry the
 * variance: what Agresti and Coull's added successes and failures are to a proportion, and the same for placements of 0
 * and 1. With z = 0 it is DeLong's.
 *
 * @param farthest how far a row can lie from the mean: what counts where all rows lie on it
 */
export function varianceOfMean({ rows, squares, fourths }: ClassSums, z: number, farthest = 0): number {
  if (rows < 2) return Number.NaN;
  const carrier = squares === 0 ? farthest * farthest : fourths / squares;
  return (squares + (z * z * carrier) / 2) / (rows - 1) / rows;
}

/**
 * Rows that all lie on the mean, but for rounding, have no variance at all. Placements are whole numbers over twice the
 * rows of the other class, so true distances are far larger.
 */
export function withoutRounding<Sums extends ClassSums>(sums: Sums): Sums {
  return sums.squares <= sums.rows * ROUNDING ** 2 ? { ...sums, squares: 0, fourths: 0 } : sums;
}

const ROUNDING = 1e-13;

function placementSums(table: ScoreTable): PlacementSums {
  const { scores, positives, negatives } = table;
  const ofPositives = compensatedSum(positives);
  const ofNegatives = compensatedSum(negatives);
  const auc = rocAuc(table);
  const positive = { squares: 0, fourths: 0 };
  const negative = { squares: 0, fourths: 0 };
  let negativesBelow = 0;
  let positivesBelow = 0;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const positivesHere = positives[entry] as number;
    const negativesHere = negatives[entry] as number;
    const ofPositive = ((negativesBelow + negativesHere / 2) / ofNegatives - auc) ** 2;
    const ofNegative = (1 - (positivesBelow + positivesHere / 2) / ofPositives - auc) ** 2;
    positive.squares += positivesHere * ofPositive;
    positive.fourths += positivesHere * ofPositive * ofPositive;
    negative.squares += negativesHere * ofNegative;
    negative.fourths += negativesHere * ofNegative * ofNegative;
    negativesBelow += negativesHere;
    positivesBelow += positivesHere;
  }
  return {
    auc,
    positives: withoutRounding({ rows: ofPositives, ...positive }),
    negatives: withoutRounding({ rows: ofNegatives, ...negative }),
  };
}

function logistic(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}
