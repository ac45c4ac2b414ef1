import type { ConfusionCounts, Ratio } from './confusion.ts';

/**
 * Agreement of prediction and label beyond chance, in [-1, 1]: scikit-learn's `cohen_kappa_score`. With two classes
 * its linear and quadratic weights change nothing. NaN (0/0) when labels and predictions are all of one class, as in
 * scikit-learn.
 *
 * Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
 * (1960): 1 − observed disagreement / disagreement expected by chance.
 */
export function cohenKappa(counts: ConfusionCounts): Ratio {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const positives = truePositives + falseNegatives;
  const negatives = trueNegatives + falsePositives;
  const predictedPositive = truePositives + falsePositives;
  const predictedNegative = trueNegatives + falseNegatives;
  const total = positives + negatives;
  const expected = (positives / total) * predictedNegative + (negatives / total) * predictedPositive;
  if (total === 0 || expected === 0) return { value: Number.NaN, zeroDivision: true };
  return { value: 1 - (falsePositives + falseNegatives) / expected, zeroDivision: false };
}
