import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';

/**
 * Share of rows that are predicted positive, (tp + fp) / rows: Fairlearn's `selection_rate`. The labels don't matter:
 * without ground truth count with labels that are all 0.
 */
export function selectionRate(counts: ConfusionCounts): Ratio {
  const selected = counts.truePositives + counts.falsePositives;
  return ratio(selected, selected + counts.falseNegatives + counts.trueNegatives);
}
