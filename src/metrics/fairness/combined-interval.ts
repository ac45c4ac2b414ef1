import type { Interval } from '../resampling/interval.ts';

/** An independent estimate and its interval. */
export interface Estimated {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * The interval of a weighted sum of independent estimates, by square-and-add over their intervals: Newcombe's way with
 * two proportions, for any number of estimates of any kind.
 *
 * Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27 (2008) 1693–1702.
 */
export function weightedSumInterval(coefficients: readonly number[], estimates: readonly Estimated[]): Interval {
  let sum = 0;
  let below = 0;
  let above = 0;
  for (const [index, { value, interval }] of estimates.entries()) {
    const coefficient = coefficients[index] as number;
    if (coefficient === 0) continue;
    const down = coefficient * (value - interval.low);
    const up = coefficient * (interval.high - value);
    sum += coefficient * value;
    below += (coefficient > 0 ? down : up) ** 2;
    above += (coefficient > 0 ? up : down) ** 2;
  }
  const { method } = (estimates.find((_, index) => coefficients[index] !== 0) as Estimated).interval;
  return { low: sum - Math.sqrt(below), high: sum + Math.sqrt(above), method };
}

/**
 * The interval of first ÷ second of independent estimates that can't be negative: square-and-add on the log scale. The
 * low end is 0 where the first may be 0, and the high end infinite where the second may be.
 */
export function quotientInterval(first: Estimated, second: Estimated): Interval {
  const ratio = Math.log(first.value / second.value);
  const down = Math.hypot(Math.log(first.value / first.interval.low), Math.log(second.interval.high / second.value));
  const up = Math.hypot(Math.log(first.interval.high / first.value), Math.log(second.value / second.interval.low));
  const low = first.value === 0 || first.interval.low <= 0 ? 0 : Math.exp(ratio - down);
  const high =
    second.interval.low <= 0
      ? Number.POSITIVE_INFINITY
      : first.value === 0
        ? first.interval.high / second.interval.low
        : Math.exp(ratio + up);
  return { low, high, method: `square-and-add-log/${first.interval.method}` };
}
