import type { Interval } from './interval.ts';
import { type Proportion, wilson } from './proportion.ts';

/** How two yes-or-no answers on the same rows go together. */
export interface PairedCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Newcombe's interval for first − second of two proportions from different rows (his method 10, without continuity
 * correction): square-and-add over Wilson's intervals.
 *
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
 * Medicine 17 (1998) 873–890.
 */
export function newcombeUnpaired(first: Proportion, second: Proportion, confidence: number): Interval {
  const a = first.successes / first.trials;
  const b = second.successes / second.trials;
  const ofFirst = wilson(first.successes, first.trials, confidence);
  const ofSecond = wilson(second.successes, second.trials, confidence);
  return {
    low: a - b - Math.hypot(a - ofFirst.low, ofSecond.high - b),
    high: a - b + Math.hypot(ofFirst.high - a, b - ofSecond.low),
    method: 'newcombe',
  };
}

/**
 * Newcombe's interval for first − second of two proportions from the same rows (his method 10: Wilson's intervals, with
 * the correlation of the two answers corrected towards 0).
 *
 * Source: R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
 * paired data", Statistics in Medicine 17 (1998) 2635–2650.
 */
export function newcombePaired(counts: PairedCounts, confidence: number): Interval {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const trials = both + onlyFirst + onlySecond + neither;
  const a = (both + onlyFirst) / trials;
  const b = (both + onlySecond) / trials;
  const ofFirst = wilson(both + onlyFirst, trials, confidence);
  const ofSecond = wilson(both + onlySecond, trials, confidence);
  const phi = correctedCorrelation(counts, trials);
  return {
    low: a - b - rootOf(a - ofFirst.low, ofSecond.high - b, phi),
    high: a - b + rootOf(ofFirst.high - a, b - ofSecond.low, phi),
    method: 'newcombe-paired',
  };
}

function rootOf(first: number, second: number, phi: number): number {
  return Math.sqrt(Math.max(0, first * first - 2 * phi * first * second + second * second));
}

function correctedCorrelation({ both, onlyFirst, onlySecond, neither }: PairedCounts, trials: number): number {
  const margins =
    Math.sqrt(both + onlyFirst) *
    Math.sqrt(onlySecond + neither) *
    Math.sqrt(both + onlySecond) *
    Math.sqrt(onlyFirst + neither);
  if (margins === 0) return 0;
  const product = both * neither - onlyFirst * onlySecond;
  const corrected = product > 0 ? Math.max(0, product - trials / 2) : product;
  return corrected / margins;
}
