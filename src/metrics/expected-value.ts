import { type ConfusionCounts, type Ratio, ratio } from './confusion.ts';
import type { ScoreTable } from './score-table.ts';
import { compensatedSum } from './sums.ts';

/** What a row of each kind brings, in money or any other unit; the keys are the policy's. */
export interface Payoff {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Mean payoff of a row, in the payoff's unit: (tp·v_tp + fp·v_fp + fn·v_fn + tn·v_tn) / rows. */
export function expectedValue(counts: ConfusionCounts, payoff: Payoff): Ratio {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const sum = compensatedSum([
    truePositives * payoff.tp,
    falsePositives * payoff.fp,
    falseNegatives * payoff.fn,
    trueNegatives * payoff.tn,
  ]);
  return ratio(sum, truePositives + falsePositives + falseNegatives + trueNegatives);
}

/** The threshold of greatest mean payoff, to be reported beside the policy's own; it is never used in its place. */
export interface BestThreshold {
  /** A row is predicted positive from this score up; Infinity when no row should be. */
  readonly threshold: number;
  /** Mean payoff of a row at that threshold. */
  readonly expectedValue: number;
}

/**
 * Tries every threshold that tells rows apart (each score, and above them all); of equally good ones the highest,
 * which predicts the fewest positives. Undefined without rows. The best threshold on these rows flatters itself: on
 * other rows it brings less.
 */
export function bestThreshold(table: ScoreTable, payoff: Payoff): BestThreshold | undefined {
  const positives = compensatedSum(table.positives);
  const negatives = compensatedSum(table.negatives);
  const total = positives + negatives;
  if (total === 0) return undefined;
  const gain = payoff.tp - payoff.fn;
  const loss = payoff.fp - payoff.tn;
  let threshold = Infinity;
  let best = 0;
  let sum = 0;
  let lost = 0;
  for (let entry = table.scores.length - 1; entry >= 0; entry -= 1) {
    const change = gain * (table.positives[entry] as number) + loss * (table.negatives[entry] as number);
    const next = sum + change;
    lost += Math.abs(sum) >= Math.abs(change) ? sum - next + change : change - next + sum;
    sum = next;
    if (sum + lost > best) {
      best = sum + lost;
      threshold = table.scores[entry] as number;
    }
  }
  return { threshold, expectedValue: (positives * payoff.fn + negatives * payoff.tn + best) / total };
}
