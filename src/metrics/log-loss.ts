import { compensatedSum } from './sums.ts';

const LEAST = Number.EPSILON;
const MOST = 1 - Number.EPSILON;

/**
 * Negative mean log-likelihood of the labels under the predicted probabilities of the positive class: scikit-learn's
 * `log_loss` with both labels given. Probabilities are kept at least 2⁻⁵² away from 0 and 1, as scikit-learn does for
 * 64-bit floats. NaN when there are no rows or no weight.
 *
 * @param scores probabilities in [0, 1], one per row
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param weights one finite number per row, none negative
 */
export function logLoss(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] as number;
    const likelihood = labels[row] === 1 ? score : 1 - score;
    const clipped = likelihood < LEAST ? LEAST : likelihood > MOST ? MOST : likelihood;
    const surprise = -Math.log(clipped);
    const term = weights === undefined ? surprise : (weights[row] as number) * surprise;
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
  }
  return (sum + lost) / (weights === undefined ? scores.length : compensatedSum(weights));
}
