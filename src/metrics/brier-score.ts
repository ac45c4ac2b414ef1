import { meanLoss } from './mean-loss.ts';

/**
 * Mean squared distance of the positive class's probability from the label, in [0, 1]: scikit-learn's
 * `brier_score_loss`. NaN when there are no rows or no weight.
 *
 * Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78
 * (1950), halved as is the custom for two classes.
 *
 * @param scores probabilities in [0, 1], one per row
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param weights one finite number per row, none negative
 */
export function brierScore(scores: Float64Array, labels: Uint8Array, weights?: Float64Array): number {
  return meanLoss(
    scores.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const distance = (scores[from + row] as number) - (labels[from + row] as number);
        losses[row] = distance * distance;
      }
    },
    weights,
  );
}
