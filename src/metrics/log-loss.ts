import { type FillLosses, meanLoss } from './mean-loss.ts';

/** How many rows share a logarithm; (2⁻⁵²)¹⁶ is far above the smallest number. */
const SHARING = 16;

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
  const fill = weights ? lossesOf(scores, labels) : lossesTogether(scores, labels);
  return meanLoss(scores.length, fill, weights);
}

function lossesOf(scores: Float64Array, labels: Uint8Array): FillLosses {
  return (losses, from) => {
    for (let row = 0; row < losses.length; row += 1) {
      losses[row] = -Math.log(likelihoodOf(scores[from + row] as number, labels[from + row] as number));
    }
  };
}

/**
 * Without weights only the sum counts, so rows share a logarithm, that of their likelihoods' product: it can't
 * underflow, and is off by at most 2e-16 for each row. The other rows of a group get 0.
 */
function lossesTogether(scores: Float64Array, labels: Uint8Array): FillLosses {
  return (losses, from) => {
    losses.fill(0);
    for (let start = 0; start < losses.length; start += SHARING) {
      const end = Math.min(start + SHARING, losses.length);
      let product = 1;
      for (let row = start; row < end; row += 1) {
        product *= likelihoodOf(scores[from + row] as number, labels[from + row] as number);
      }
      losses[start] = -Math.log(product);
    }
  };
}

/** The score of a positive row, 1 − score of a negative one, without a branch that is anybody's guess. */
function likelihoodOf(score: number, label: number): number {
  return Math.min(Math.max(Math.abs(1 - label - score), Number.EPSILON), 1 - Number.EPSILON);
}
