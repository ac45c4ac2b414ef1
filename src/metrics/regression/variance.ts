import { meanLoss } from '../mean-loss.ts';

/** Mean of the numbers; exact for numbers that are all equal. NaN without rows or weight. */
export function meanOf(values: Float64Array, weights?: Float64Array): number {
  const origin = heaviest(values, weights);
  const distance = meanLoss(
    values.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) losses[row] = (values[from + row] as number) - origin;
    },
    weights,
  );
  return origin + distance;
}

/**
 * Distances from a number that is among them cost no digits, and are all 0 where all that weighs is equal. From the one
 * that weighs most, what stands beside a weight of 1e308 costs none either.
 */
function heaviest(values: Float64Array, weights?: Float64Array): number {
  if (weights === undefined) return values[0] ?? Number.NaN;
  let most = 0;
  for (let row = 1; row < values.length; row += 1) {
    if ((weights[row] as number) > (weights[most] as number)) most = row;
  }
  return values[most] ?? Number.NaN;
}

/**
 * Mean squared distance from the mean (divided by the weight, not by rows less one); exactly 0 for numbers that are all
 * equal. NaN without rows or weight. In two passes, so that a large mean costs no digits.
 */
export function varianceOf(values: Float64Array, weights?: Float64Array): number {
  const mean = meanOf(values, weights);
  return meanLoss(
    values.length,
    (losses, from) => {
      for (let row = 0; row < losses.length; row += 1) {
        const distance = (values[from + row] as number) - mean;
        losses[row] = distance * distance;
      }
    },
    weights,
  );
}
