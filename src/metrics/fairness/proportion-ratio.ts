import { type Interval, tailOf } from '../resampling/interval.ts';
import { normalQuantile } from '../resampling/normal.ts';
import type { Proportion } from '../resampling/proportion.ts';

/**
 * With fewer rows in a group and rare successes, more than 5 % of samples would pass wrongly (test/bench/coverage.json); a
 * check answers nothing then.
 */
export const KOOPMAN_LEAST_TRIALS = 50;

/**
 * Koopman's interval for first ÷ second of two proportions from different rows, by inverting the score test: the ratios
 * that the data don't refute. The high end is infinite when the second has no successes.
 *
 * Source: P. A. R. Koopman, "Confidence intervals for the ratio of two binomial proportions", Biometrics 40 (1984)
 * 513–517.
 */
export function koopman(first: Proportion, second: Proportion, confidence: number): Interval {
  const z = normalQuantile(1 - tailOf(confidence));
  const estimate = first.successes / first.trials / (second.successes / second.trials);
  const score = (ratio: number) => scoreOf(ratio, first, second);
  // A first guess that is never 0 or infinite; from it the ends are looked for outwards.
  const start =
    Number.isFinite(estimate) && estimate > 0
      ? estimate
      : ((first.successes + 0.5) * second.trials) / (first.trials * (second.successes + 0.5));
  return {
    low: first.successes === 0 ? 0 : endOf(start, 0.5, (ratio) => score(ratio) >= z),
    high: second.successes === 0 ? Number.POSITIVE_INFINITY : endOf(start, 2, (ratio) => score(ratio) <= -z),
    method: 'koopman',
  };
}

/** The first ratio, going from `start` by `factor`, that is refuted; by bisection to the last digits. */
function endOf(start: number, factor: number, isRefuted: (ratio: number) => boolean): number {
  let inside = start;
  let outside = start * factor;
  for (let step = 0; step < 1000 && !isRefuted(outside); step += 1) {
    inside = outside;
    outside *= factor;
  }
  for (let step = 0; step < 80; step += 1) {
    const middle = Math.sqrt(inside) * Math.sqrt(outside);
    if (isRefuted(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}

/** The distance of first − ratio × second from 0, in standard errors under the most likely rates of that ratio. */
function scoreOf(ratio: number, first: Proportion, second: Proportion): number {
  const a = (first.trials + second.trials) * ratio;
  const b = first.trials * ratio + first.successes + second.trials + second.successes * ratio;
  const c = first.successes + second.successes;
  // The smaller root, written so that nothing cancels.
  const ofSecond = Math.min(1, (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c))));
  const ofFirst = Math.min(1, ratio * ofSecond);
  const variance =
    (ofFirst * (1 - ofFirst)) / first.trials + (ratio * ratio * ofSecond * (1 - ofSecond)) / second.trials;
  const distance = first.successes / first.trials - (ratio * second.successes) / second.trials;
  return distance === 0 ? 0 : distance / Math.sqrt(variance);
}
