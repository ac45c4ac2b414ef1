import { type Ratio, ratio } from '../confusion.ts';
import { type ConfusionMatrix, marginsOf } from '../confusion-matrix.ts';

/**
 * Correlation of prediction and label over several classes: scikit-learn's `matthews_corrcoef`, 0 when either is
 * constant.
 *
 * Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational
 * Biology and Chemistry 28 (2004). Without weights every product is exact up to 90 million rows.
 */
export function multiclassMatthewsCorrcoef(matrix: ConfusionMatrix): Ratio {
  const { labels, predictions, right, total } = marginsOf(matrix);
  const spread = Math.sqrt(spreadOf(labels, total)) * Math.sqrt(spreadOf(predictions, total));
  let byChance = 0;
  for (let one = 0; one < matrix.classes; one += 1) byChance += (labels[one] as number) * (predictions[one] as number);
  return ratio(spread === 0 ? 0 : right * total - byChance, spread);
}

/** Σ nₖ (n − nₖ); 0 when all is of one class, whatever the rounding. */
function spreadOf(sums: Float64Array, total: number): number {
  let used = 0;
  let spread = 0;
  for (const sum of sums) {
    if (sum > 0) used += 1;
    spread += sum * (total - sum);
  }
  return used > 1 ? spread : 0;
}
