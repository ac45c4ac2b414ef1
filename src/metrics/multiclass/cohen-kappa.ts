import type { Ratio } from '../confusion.ts';
import { type ConfusionMatrix, marginsOf } from '../confusion-matrix.ts';
import { compensatedSum } from '../sums.ts';

/** How the size of a disagreement counts: each alike, or by the distance of the classes' numbers or its square. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Agreement of prediction and label beyond chance: scikit-learn's `cohen_kappa_score` with `labels` = all classes in
 * their order, which linear and quadratic weights take for a scale; so a class that no row has still takes up its
 * place on it. NaN (0/0) when no disagreement is possible, as in scikit-learn.
 *
 * Source: J. Cohen, "Weighted kappa: nominal scale agreement provision for scaled disagreement or partial credit",
 * Psychological Bulletin 70 (1968): 1 − Σ w·observed / Σ w·expected by chance.
 */
export function multiclassCohenKappa(matrix: ConfusionMatrix, weights: KappaWeights): Ratio {
  const { classes, cells } = matrix;
  const { labels, predictions, total } = marginsOf(matrix);
  const observed = new Float64Array(classes);
  const expected = new Float64Array(classes);
  for (let label = 0; label < classes; label += 1) {
    for (let prediction = 0; prediction < classes; prediction += 1) {
      const weight = disagreement(label - prediction, weights);
      const share = total === 0 ? 0 : (labels[label] as number) / total;
      observed[label] = (observed[label] as number) + weight * (cells[label * classes + prediction] as number);
      expected[label] = (expected[label] as number) + weight * share * (predictions[prediction] as number);
    }
  }
  const byChance = compensatedSum(expected);
  if (byChance === 0) return { value: Number.NaN, zeroDivision: true };
  return { value: 1 - compensatedSum(observed) / byChance, zeroDivision: false };
}

function disagreement(distance: number, weights: KappaWeights): number {
  if (weights === 'linear') return Math.abs(distance);
  if (weights === 'quadratic') return distance * distance;
  return distance === 0 ? 0 : 1;
}
