import { betaQuantile } from './beta.ts';
import { type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

/** Successes among trials; whole numbers, trials at least 1. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

/** With fewer successes or failures, Wilson's interval leaves out up to 16 % in a tail where 2.5 % are meant. */
const WILSON_FROM = 15;

/**
 * The interval for a proportion that a check relies on: Wilson's, and Clopper and Pearson's where either outcome is
 * rare. At confidence 0.95 neither tail is left out with more than 4.5 %, whatever the truth and the trials.
 */
export function proportionInterval(successes: number, trials: number, confidence: number): Interval {
  const rarer = Math.min(successes, trials - successes);
  return rarer < WILSON_FROM ? clopperPearson(successes, trials, confidence) : wilson(successes, trials, confidence);
}

/**
 * Wilson's score interval for a proportion.
 *
 * Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilson(successes: number, trials: number, confidence: number): Interval {
  const z = normalQuantile(1 - tailOf(confidence));
  const square = z * z;
  const failures = trials - successes;
  const centre = (successes + square / 2) / (trials + square);
  const half = (z / (trials + square)) * Math.sqrt((successes * failures) / trials + square / 4);
  return {
    low: successes === 0 ? 0 : centre - half,
    high: failures === 0 ? 1 : centre + half,
    method: 'wilson',
  };
}

/**
 * The exact interval of Clopper and Pearson: each tail is left out with at most its nominal chance, whatever the truth.
 *
 * Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), by quantiles of the beta distribution.
 */
export function clopperPearson(successes: number, trials: number, confidence: number): Interval {
  const tail = tailOf(confidence);
  const failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : 1 - betaQuantile(tail, failures, successes + 1),
    method: 'clopper-pearson',
  };
}
