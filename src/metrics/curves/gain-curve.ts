import type { ScoreTable } from '../score-table.ts';
import { cumulative } from './cumulative.ts';

/** The points of a cumulative gain curve, from (0, 0) to (1, 1). */
export interface GainCurve {
  /** Share of all rows that are predicted positive. */
  readonly selected: Float64Array;
  /** Share of the positive rows among them: the true positive rate. NaN without positives. */
  readonly captured: Float64Array;
  /** Falling; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/** What share of the positives one finds in the rows of highest score, rows of one score together. Empty without rows. */
export function gainCurve(table: ScoreTable): GainCurve {
  const { positives, negatives, thresholds } = cumulative(table);
  const total = positives.at(-1) ?? 0;
  const all = total + (negatives.at(-1) ?? 0);
  return {
    selected: positives.map((positive, point) => (positive + (negatives[point] as number)) / all),
    captured: positives.map((positive) => (total > 0 ? positive / total : Number.NaN)),
    thresholds,
  };
}
