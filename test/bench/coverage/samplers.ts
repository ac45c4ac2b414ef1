import { fillMultinomial } from '../../../src/metrics/resampling/binomial-random.ts';
import { normalQuantile } from '../../../src/metrics/resampling/normal.ts';
import { nextNormal, type Random } from '../../../src/metrics/resampling/random.ts';

/** How far apart two standard normal classes lie for this area under the ROC curve. */
export function separationOf(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

/** Two score columns on the same rows, correlated within each class. */
export function drawPairedScores(
  random: Random,
  rows: { readonly positives: number; readonly negatives: number },
  aucs: { readonly first: number; readonly second: number; readonly correlation: number },
) {
  const size = rows.positives + rows.negatives;
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  const labels = new Uint8Array(size);
  const own = Math.sqrt(1 - aucs.correlation ** 2);
  const ofFirst = separationOf(aucs.first);
  const ofSecond = separationOf(aucs.second);
  for (let row = 0; row < size; row += 1) {
    const positive = row < rows.positives;
    const shared = nextNormal(random);
    labels[row] = positive ? 1 : 0;
    first[row] = shared + (positive ? ofFirst : 0);
    second[row] = aucs.correlation * shared + own * nextNormal(random) + (positive ? ofSecond : 0);
  }
  return { first, second, labels };
}

/** Answers of two models on the same rows, right with chances `a` and `b`. */
export function pairedCells(a: number, b: number, correlation: number): Float64Array {
  const both = a * b + correlation * Math.sqrt(a * (1 - a) * b * (1 - b));
  const kept = Math.min(both, Math.min(a, b));
  return Float64Array.of(kept, a - kept, b - kept, 1 - a - b + kept);
}

/** tp, fp, fn, tn of a classifier. */
export function confusionShares(prevalence: number, recall: number, falsePositiveRate: number): Float64Array {
  return Float64Array.of(
    prevalence * recall,
    (1 - prevalence) * falsePositiveRate,
    prevalence * (1 - recall),
    (1 - prevalence) * (1 - falsePositiveRate),
  );
}

export function drawCounts(random: Random, trials: number, shares: Float64Array): Float64Array {
  const counts = new Float64Array(shares.length);
  fillMultinomial(random, trials, shares, counts);
  return counts;
}
