import { calibrationBins, DEFAULT_BINS } from '../../metrics/calibration.ts';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.ts';
import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import type { Check, Policy } from '../../policy/schema.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type ClassScoreTable, hasBand } from './classifier-curves.ts';
import type { CalibrationPlot } from './plot.ts';

/** More bins than these are no picture. */
const MOST_BINS = 60;

/** Calibration in the bins of the data set's check for it, else in as many as that has by default. */
export function calibrationPlot(
  rows: DatasetRows,
  tables: readonly ClassScoreTable[],
  policy: Policy,
  confidence: number,
): Omit<CalibrationPlot, 'id' | 'checks'> | undefined {
  const [only] = tables;
  if (rows.task !== 'binary' || only === undefined || !rows.binary.probabilities().ok) return undefined;
  const { n_bins: asked = DEFAULT_BINS, strategy = 'uniform' } = calibrationCheck(rows.name, policy) ?? {};
  const binCount = Math.min(asked, MOST_BINS);
  const { weight, scores, positives } = calibrationBins(only.table, binCount, strategy);
  const plain = hasBand(rows);
  const bins = Array.from(weight.keys()).flatMap((bin) => {
    const rowsOfBin = weight[bin] as number;
    if (!(rowsOfBin > 0)) return [];
    const positive = positives[bin] as number;
    const { low, high } = plain ? proportionInterval(positive, rowsOfBin, confidence) : { low: Number.NaN, high: 0 };
    return [
      {
        predicted: (scores[bin] as number) / rowsOfBin,
        observed: positive / rowsOfBin,
        weight: rowsOfBin,
        interval: plain ? ([low, high] as const) : undefined,
      },
    ];
  });
  return {
    ...{ kind: 'calibration', dataset: rows.name, bins, strategy, binCount, confidence },
    unit: rows.dataset.weight === undefined ? 'rows' : 'weight',
    expectedCalibrationError: expectedCalibrationError(calibrationBins(only.table, asked, strategy)),
  };
}

function calibrationCheck(
  dataset: string,
  { checks }: Policy,
): Extract<Check, { readonly check: 'metric' }> | undefined {
  for (const check of Object.values(checks)) {
    if (check.check !== 'metric' || check.dataset !== dataset) continue;
    if (check.metric === 'expected_calibration_error') return check;
  }
  return undefined;
}
