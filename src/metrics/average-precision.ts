import type { Ratio } from './confusion.ts';
import type { ScoreTable, TableSlopes } from './score-table.ts';

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

/**
 * How the average precision changes with the weight of a row: with Tᵢ positives among the nᵢ rows from score i up, each
 * row adds to n at all scores from its own down, and a positive one to T as well and a term of its own.
 */
export function averagePrecisionSlopes(table: ScoreTable): TableSlopes {
  const { scores, positives, negatives } = table;
  const size = scores.length;
  const precision = new Float64Array(size);
  const total = new Float64Array(size);
  let right = 0;
  let all = 0;
  for (let entry = size - 1; entry >= 0; entry -= 1) {
    right += positives[entry] as number;
    all += (positives[entry] as number) + (negatives[entry] as number);
    precision[entry] = right / (all || 1);
    total[entry] = all || 1;
  }
  const value = averagePrecision(table).value;
  const ofPositive = new Float64Array(size);
  const ofNegative = new Float64Array(size);
  let raised = 0;
  let lowered = 0;
  for (let entry = 0; entry < size; entry += 1) {
    const positive = (positives[entry] as number) / (total[entry] as number);
    raised += positive * (1 - (precision[entry] as number));
    lowered += positive * (precision[entry] as number);
    ofPositive[entry] = ((precision[entry] as number) - value + raised) / right;
    ofNegative[entry] = -lowered / right;
  }
  return { ofPositive, ofNegative };
}
