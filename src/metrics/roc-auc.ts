import type { ScoreTable } from './score-table.ts';

/**
 * Area under the ROC curve by midranks: the chance that a positive row scores above a negative one, ties counting
 * half. Equal to scikit-learn's `roc_auc_score`, weights included. NaN when a class is absent (or has no weight),
 * where scikit-learn gives NaN too.
 *
 * Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982).
 */
export function rocAuc({ scores, positives, negatives }: ScoreTable): number {
  // Three sums in one pass, each with Neumaier's compensation: concordant weight, negatives so far, positives.
  let won = 0;
  let wonLost = 0;
  let below = 0;
  let belowLost = 0;
  let above = 0;
  let aboveLost = 0;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const negative = negatives[entry] as number;
    const positive = positives[entry] as number;
    if (positive !== 0) {
      const term = positive * (below + belowLost + negative / 2);
      const nextWon = won + term;
      wonLost += won >= term ? won - nextWon + term : term - nextWon + won;
      won = nextWon;
      const nextAbove = above + positive;
      aboveLost += above >= positive ? above - nextAbove + positive : positive - nextAbove + above;
      above = nextAbove;
    }
    if (negative !== 0) {
      const nextBelow = below + negative;
      belowLost += below >= negative ? below - nextBelow + negative : negative - nextBelow + below;
      below = nextBelow;
    }
  }
  const positiveWeight = above + aboveLost;
  const negativeWeight = below + belowLost;
  if (positiveWeight === 0 || negativeWeight === 0) return Number.NaN;
  return (won + wonLost) / positiveWeight / negativeWeight;
}
