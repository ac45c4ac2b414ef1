import type { ScoreTable } from '../score-table.ts';
import { cumulative } from './cumulative.ts';

/** The points of a ROC curve, from (0, 0) to (1, 1), one per threshold. */
export interface RocCurve {
  readonly falsePositiveRates: Float64Array;
  readonly truePositiveRates: Float64Array;
  /** Falling; the first is Infinity, where nothing is predicted positive. */
  readonly thresholds: Float64Array;
}

/**
 * scikit-learn's `roc_curve` with `drop_intermediate=False`. Rates of a class without rows are NaN, as there. Empty
 * without rows.
 */
export function rocCurve(table: ScoreTable): RocCurve {
  const { positives, negatives, thresholds } = cumulative(table);
  return {
    falsePositiveRates: ratesOf(negatives),
    truePositiveRates: ratesOf(positives),
    thresholds,
  };
}

function ratesOf(sums: Float64Array): Float64Array {
  const total = sums.at(-1) ?? 0;
  return sums.map((sum) => (total > 0 ? sum / total : Number.NaN));
}
