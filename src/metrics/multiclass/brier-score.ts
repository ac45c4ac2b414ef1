import { meanLoss } from '../mean-loss.ts';
import type { ClassScores } from './scores.ts';

/**
 * Mean over the rows of Σ (score − 1 if it is the label's class)² over the classes: scikit-learn's `brier_score_loss`
 * with `scale_by_half="auto"`: in [0, 2] from three classes on, halved into [0, 1] for two, where it equals
 * `brierScore`. NaN when there are no rows or no weight.
 *
 * @param labels a class per row
 * @param scores probabilities in [0, 1]
 * @param weights one finite number per row, none negative
 */
export function multiclassBrierScore(labels: Int32Array, scores: ClassScores, weights?: Float64Array): number {
  const mean = meanLoss(
    labels.length,
    (losses, from) => {
      losses.fill(0);
      for (let one = 0; one < scores.length; one += 1) {
        const column = scores[one] as Float64Array;
        for (let row = 0; row < losses.length; row += 1) {
          const distance = (column[from + row] as number) - (labels[from + row] === one ? 1 : 0);
          losses[row] = (losses[row] as number) + distance * distance;
        }
      }
    },
    weights,
  );
  return scores.length < 3 ? mean / 2 : mean;
}
