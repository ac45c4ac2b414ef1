import { meanLoss } from '../mean-loss.ts';
import type { ClassScores } from './scores.ts';

/**
 * Negative mean log-likelihood of the labels under the scores, in nats: scikit-learn's `log_loss` with all classes
 * given as `labels`. As there, probabilities are kept at least 2⁻⁵² away from 0 and 1, and rows whose scores don't add
 * up to 1 are taken as they are. NaN when there are no rows or no weight.
 *
 * @param labels a class per row
 * @param scores probabilities in [0, 1]
 * @param weights one finite number per row, none negative
 */
export function multiclassLogLoss(labels: Int32Array, scores: ClassScores, weights?: Float64Array): number {
  return meanLoss(
    labels.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const column = scores[labels[from + row] as number] as Float64Array;
        const likelihood = column[from + row] as number;
        losses[row] = -Math.log(Math.min(Math.max(likelihood, Number.EPSILON), 1 - Number.EPSILON));
      }
    },
    weights,
  );
}
