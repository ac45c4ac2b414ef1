import type { ScoreTable, TableSlopes } from './score-table.ts';

/**
 * Area under the ROC curve by midranks: the chance that a positive row scores above a negative one, ties counting
 * half. Equal to scikit-learn's `roc_auc_score`, weights included. NaN when a class is absent (or has no weight),
 * where scikit-learn gives NaN too.
 *
 * Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a ROC curve", Radiology 143 (1982).
 */
export function rocAuc(table: ScoreTable): number {
  const { won, positives, negatives } = concordance(table);
  if (positives === 0 || negatives === 0) return Number.NaN;
  return won / positives / negatives;
}

/**
 * Sum over the scores of positives × (negatives below + half of the negatives level with them), and of either class.
 * All sums are compensated without branches (Knuth's TwoSum): which class comes next no processor could foretell.
 */
function concordance(table: ScoreTable): { won: number; positives: number; negatives: number } {
  let below = 0;
  let belowLost = 0;
  let all = 0;
  let allLost = 0;
  let sum = 0;
  let lost = 0;
  for (let entry = 0; entry < table.scores.length; entry += 1) {
    const negative = table.negatives[entry] as number;
    const positive = table.positives[entry] as number;
    const term = positive * (below + belowLost + negative / 2);
    const next = sum + term;
    const added = next - sum;
    lost += sum - (next - added) + (term - added);
    sum = next;
    const nextBelow = below + negative;
    const addedBelow = nextBelow - below;
    belowLost += below - (nextBelow - addedBelow) + (negative - addedBelow);
    below = nextBelow;
    const nextAll = all + positive;
    const addedAll = nextAll - all;
    allLost += all - (nextAll - addedAll) + (positive - addedAll);
    all = nextAll;
  }
  return { won: sum + lost, positives: all + allLost, negatives: below + belowLost };
}

/**
 * How the area changes with the weight of a row: for a positive row, the share of the negatives that it beats, less the
 * area, over the weight of the positives; for a negative row the other way round. DeLong's placements, in other words.
 */
export function rocAucSlopes(table: ScoreTable): TableSlopes {
  const { won, positives, negatives } = concordance(table);
  const auc = won / positives / negatives;
  const ofPositive = new Float64Array(table.scores.length);
  const ofNegative = new Float64Array(table.scores.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let entry = 0; entry < table.scores.length; entry += 1) {
    const positive = table.positives[entry] as number;
    const negative = table.negatives[entry] as number;
    ofPositive[entry] = ((negativesBelow + negative / 2) / negatives - auc) / positives;
    ofNegative[entry] = (1 - (positivesBelow + positive / 2) / positives - auc) / negatives;
    positivesBelow += positive;
    negativesBelow += negative;
  }
  return { ofPositive, ofNegative };
}
