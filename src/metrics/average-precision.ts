import type { Ratio } from './confusion.ts';
import type { ScoreTable } from './score-table.ts';

/**
 * Area under the precision-recall curve as a step function, Σ (Rᵢ − Rᵢ₋₁) Pᵢ over falling scores, rows of one score
 * together: scikit-learn's `average_precision_score`, weights included. 0 without positives, as there, and says so.
 */
export function averagePrecision(table: ScoreTable): Ratio {
  const { scores, positives, negatives } = table;
  let right = 0;
  let rightLost = 0;
  let all = 0;
  let allLost = 0;
  let sum = 0;
  let lost = 0;
  for (let entry = scores.length - 1; entry >= 0; entry -= 1) {
    // Knuth's TwoSum throughout: which class comes next is anybody's guess, so branches would cost more.
    const positive = positives[entry] as number;
    const rows = positive + (negatives[entry] as number);
    const nextAll = all + rows;
    const addedAll = nextAll - all;
    allLost += all - (nextAll - addedAll) + (rows - addedAll);
    all = nextAll;
    const nextRight = right + positive;
    const addedRight = nextRight - right;
    rightLost += right - (nextRight - addedRight) + (positive - addedRight);
    right = nextRight;
    const term = positive * ((right + rightLost) / (all + allLost || 1));
    const next = sum + term;
    const added = next - sum;
    lost += sum - (next - added) + (term - added);
    sum = next;
  }
  const total = right + rightLost;
  return total === 0 ? { value: 0, zeroDivision: true } : { value: (sum + lost) / total, zeroDivision: false };
}
