import { type Ratio, ratio } from '../confusion.ts';
import { type ConfusionMatrix, marginsOf } from '../confusion-matrix.ts';

/**
 * Correlation of prediction and label over several classes: scikit-learn's `matthews_corrcoef`, 0 when either is
 * constant.
 *
 * Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational
 * Biology and Chemistry 28 (2004). Divided by the rows' number twice, so that no product grows large.
 */
export function multiclassMatthewsCorrcoef(matrix: ConfusionMatrix): Ratio {
  const { labels, predictions, right, total } = marginsOf(matrix);
  if (total === 0) return ratio(0, 0);
  let byChance = 0;
  let ofLabels = 0;
  let ofPredictions = 0;
  for (let one = 0; one < matrix.classes; one += 1) {
    const label = (labels[one] as number) / total;
    const prediction = (predictions[one] as number) / total;
    byChance += label * prediction;
    ofLabels += label === 1 ? 0 : label * (1 - label);
    ofPredictions += prediction === 1 ? 0 : prediction * (1 - prediction);
  }
  return ratio(right / total - byChance, Math.sqrt(ofLabels) * Math.sqrt(ofPredictions));
}
