import type { CalibrationBins } from './calibration.ts';
import { compensatedSum } from './sums.ts';

/**
 * Mean over the rows of |observed rate − mean score| of their bin, in [0, 1]; NaN when there are no rows or no weight.
 * With `topLabel` as scores and labels it is the usual error of a classifier of several classes. It depends on the
 * bins, has a floor at 0 and lies above it by chance, so it is judged at its upper end only.
 *
 * Source: M. P. Naeini et al., "Obtaining well calibrated probabilities using Bayesian binning", AAAI (2015).
 */
export function expectedCalibrationError({ weight, scores, positives }: CalibrationBins): number {
  const distances = scores.map((score, bin) => Math.abs((positives[bin] as number) - score));
  return compensatedSum(distances) / compensatedSum(weight);
}
