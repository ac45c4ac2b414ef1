import { binomialCdf } from './beta.ts';
import { type Interval, tailOf } from './interval.ts';

/**
 * The interval for a median by order statistics: it assumes nothing about the distribution, and each tail is left out
 * with at most its nominal chance. Undefined where too few values are there for the confidence (under 6 at 0.95).
 *
 * Source: H. A. David, H. N. Nagaraja, "Order Statistics", 3rd ed. (2003), section 7.1.
 *
 * @param sorted the values in ascending order, each from a row of its own and of equal weight
 */
export function medianInterval(sorted: Float64Array, confidence: number): Interval | undefined {
  const rank = lowerRank(sorted.length, tailOf(confidence));
  if (rank === 0) return undefined;
  return {
    low: sorted[rank - 1] as number,
    high: sorted[sorted.length - rank] as number,
    method: 'order-statistics',
  };
}

/** The highest rank (from 1) that lies above the median with at most the tail's chance; 0 when none does. */
function lowerRank(length: number, tail: number): number {
  let low = 0;
  let high = Math.floor(length / 2);
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    if (binomialCdf(rank - 1, length, 0.5) <= tail) low = rank;
    else high = rank - 1;
  }
  return low;
}
