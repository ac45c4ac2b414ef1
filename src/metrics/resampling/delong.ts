import { rocAuc } from '../roc-auc.ts';
import type { ScoreTable } from '../score-table.ts';
import { compensatedSum } from '../sums.ts';
import { type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * DeLong's variance of the area under the ROC curve, from a score table of row counts (not of weights), in one pass
 * over the distinct scores. NaN when a class has fewer than two rows.
 *
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837–845; by placements, as in X. Sun,
 * W. Xu, IEEE Signal Processing Letters 21 (2014).
 */
export function delongVariance(table: ScoreTable): number {
  const { scores, positives, negatives } = table;
  const ofPositives = compensatedSum(positives);
  const ofNegatives = compensatedSum(negatives);
  if (ofPositives < 2 || ofNegatives < 2) return Number.NaN;
  const auc = rocAuc(table);
  let negativesBelow = 0;
  let positivesBelow = 0;
  let overPositives = 0;
  let overNegatives = 0;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const positive = positives[entry] as number;
    const negative = negatives[entry] as number;
    const ofPositive = (negativesBelow + negative / 2) / ofNegatives - auc;
    const ofNegative = 1 - (positivesBelow + positive / 2) / ofPositives - auc;
    overPositives += positive * ofPositive * ofPositive;
    overNegatives += negative * ofNegative * ofNegative;
    negativesBelow += negative;
    positivesBelow += positive;
  }
  return overPositives / (ofPositives - 1) / ofPositives + overNegatives / (ofNegatives - 1) / ofNegatives;
}

/**
 * The interval for the area under the ROC curve: DeLong's variance on the logit scale, because on the plain scale the
 * lower end lies too high near 1. Undefined where the area is 0 or 1 (the logit is infinite: such a sample does not say
 * how close to perfect the model is) or a class has fewer than two rows. Zero width when all scores are equal.
 *
 * Source of the scale: M. S. Pepe, "The Statistical Evaluation of Medical Tests" (2003), section 5.2.
 */
export function delong(table: ScoreTable, confidence: number): Interval | undefined {
  const auc = rocAuc(table);
  const variance = delongVariance(table);
  if (!(auc > 0 && auc < 1) || !Number.isFinite(variance)) return undefined;
  const logit = Math.log(auc / (1 - auc));
  const half = (normalQuantile(1 - tailOf(confidence)) * Math.sqrt(variance)) / (auc * (1 - auc));
  if (half === 0) return { low: auc, high: auc, method: 'delong-logit' };
  return { low: logistic(logit - half), high: logistic(logit + half), method: 'delong-logit' };
}

function logistic(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}
