import type { ScoreTable } from '../score-table.ts';
import { cumulative } from './cumulative.ts';

/** The points of a precision-recall curve: one per threshold, then (1, 0), where nothing is predicted positive. */
export interface PrecisionRecallCurve {
  readonly precisions: Float64Array;
  /** Falling. */
  readonly recalls: Float64Array;
  /** Rising; one less than there are points. */
  readonly thresholds: Float64Array;
}

/**
 * scikit-learn's `precision_recall_curve` with `drop_intermediate=False`. Without positives every recall but the last
 * is 1, as there. Only the last point without rows.
 */
export function precisionRecallCurve(table: ScoreTable): PrecisionRecallCurve {
  const { positives, negatives } = cumulative(table);
  const entries = table.scores.length;
  const total = positives.at(-1) ?? 0;
  const precisions = new Float64Array(entries + 1);
  const recalls = new Float64Array(entries + 1);
  for (let entry = 0; entry < entries; entry += 1) {
    const right = positives[entries - entry] as number;
    precisions[entry] = right / (right + (negatives[entries - entry] as number));
    recalls[entry] = total > 0 ? right / total : 1;
  }
  precisions[entries] = 1;
  return { precisions, recalls, thresholds: table.scores.slice() };
}
