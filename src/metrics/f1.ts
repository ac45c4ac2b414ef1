import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/** Harmonic mean of precision and recall, 2 tp / (2 tp + fp + fn): scikit-learn's `f1_score`. */
export function f1(counts: ConfusionCounts): Ratio {
  const twice = 2 * counts.truePositives;
  return ratio(twice, twice + counts.falsePositives + counts.falseNegatives);
}
