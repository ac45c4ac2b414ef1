import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/**
 * Weighted harmonic mean of precision and recall, (1 + β²) tp / ((1 + β²) tp + β² fn + fp): scikit-learn's
 * `fbeta_score`.
 *
 * @param beta above 0; above 1 it favours recall, below 1 precision
 */
export function fbeta(counts: ConfusionCounts, beta: number): Ratio {
  const squared = beta * beta;
  const right = (1 + squared) * counts.truePositives;
  return ratio(right, right + squared * counts.falseNegatives + counts.falsePositives);
}
