import type { ScoreTable } from './score-table.ts';
import { compensatedSum } from './sums.ts';

/**
 * Area under the ROC curve by midranks: the chance that a positive row scores above a negative one, ties counting
 * half. Equal to scikit-learn's `roc_auc_score`, weights included. NaN when a class is absent (or has no weight),
 * where scikit-learn gives NaN too.
 *
 * Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982).
 */
export function rocAuc(table: ScoreTable): number {
  const positiveWeight = compensatedSum(table.positives);
  const negativeWeight = compensatedSum(table.negatives);
  if (positiveWeight === 0 || negativeWeight === 0) return Number.NaN;
  return concordance(table) / positiveWeight / negativeWeight;
}

/** Sum over the scores of positives × (negatives below + half of the negatives level with them), compensated. */
function concordance({ scores, positives, negatives }: ScoreTable): number {
  let below = 0;
  let belowLost = 0;
  let sum = 0;
  let lost = 0;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const negative = negatives[entry] as number;
    const positive = positives[entry] as number;
    if (positive !== 0) {
      const term = positive * (below + belowLost + negative / 2);
      const next = sum + term;
      lost += sum >= term ? sum - next + term : term - next + sum;
      sum = next;
    }
    const nextBelow = below + negative;
    belowLost += below >= negative ? below - nextBelow + negative : negative - nextBelow + below;
    below = nextBelow;
  }
  return sum + lost;
}
