import { meanLoss } from './mean-loss.ts';

/**
 * Negative mean log-likelihood of the labels under the predicted probabilities of the positive class, in nats:
 * scikit-learn's `log_loss` with both labels given. Probabilities are kept at least 2⁻⁵² away from 0 and 1, as
 * scikit-learn does for 64-bit floats. NaN when there are no rows or no weight.
 *
 * @param scores probabilities in [0, 1], one per row
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param weights one finite number per row, none negative
 */
export function logLoss(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): number {
  return meanLoss(
    scores.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        // The score of a positive row, 1 − score of a negative one, without a branch that is anybody's guess.
        const likelihood = Math.abs(1 - (labels[from + row] as number) - (scores[from + row] as number));
        losses[row] = -Math.log(Math.min(Math.max(likelihood, Number.EPSILON), 1 - Number.EPSILON));
      }
    },
    weights,
  );
}
