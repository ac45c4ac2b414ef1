import type { CalibrationBins } from '../calibration.ts';

/** One point for each bin that has rows, by rising score. */
export interface CalibrationCurve {
  /** Mean score of the bin's rows. */
  readonly predicted: Float64Array;
  /** Share of the bin's rows that are positive. */
  readonly observed: Float64Array;
  /** Weight of the bin's rows. */
  readonly weight: Float64Array;
}

/** scikit-learn's `calibration_curve`, on bins made by `calibrationBins`, whose comment says how those compare. */
export function calibrationCurve({ weight, scores, positives }: CalibrationBins): CalibrationCurve {
  const used = Array.from(weight.keys()).filter((bin) => (weight[bin] as number) > 0);
  return {
    predicted: Float64Array.from(used, (bin) => (scores[bin] as number) / (weight[bin] as number)),
    observed: Float64Array.from(used, (bin) => (positives[bin] as number) / (weight[bin] as number)),
    weight: Float64Array.from(used, (bin) => weight[bin] as number),
  };
}
