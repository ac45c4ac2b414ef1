import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/**
 * Correlation of prediction and label, in [-1, 1]: scikit-learn's `matthews_corrcoef`, 0 when either is constant.
 *
 * Source: B. W. Matthews, "Comparison of the predicted and observed secondary structure of T4 phage lysozyme",
 * Biochimica et Biophysica Acta 405 (1975): (tp·tn − fp·fn) / √((tp+fp)(tp+fn)(tn+fp)(tn+fn)).
 */
export function matthewsCorrcoef(counts: ConfusionCounts): Ratio {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const ofPredictions = Math.sqrt(truePositives + falsePositives) * Math.sqrt(trueNegatives + falseNegatives);
  const ofLabels = Math.sqrt(truePositives + falseNegatives) * Math.sqrt(trueNegatives + falsePositives);
  return ratio(truePositives * trueNegatives - falsePositives * falseNegatives, ofPredictions * ofLabels);
}
