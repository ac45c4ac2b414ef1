import { type Interval, tailOf } from './interval.ts';

/** How far a statistic would move, down and up, with rows of a kind that the sample has none of. */
export interface UnseenCells {
  readonly down: number;
  readonly up: number;
}

/**
 * What resampling can't know of: rows of a kind that the sample happens to have none of. So many are expected when all
 * of them are missing in no more than the tail's share of samples: 3.7 at a confidence of 0.95, the “rule of three”.
 *
 * Source: J. A. Hanley, A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983) 1743–1745.
 */
export function mostUnseenRows(confidence: number): number {
  return -Math.log(tailOf(confidence));
}

/**
 * How far the statistic moves, at most, when rows of this weight together come into a cell that has none. Infinitely
 * far where it is undefined then.
 *
 * @param sums rows, or their weight, in each cell
 * @param isPossible whether there could be rows in an empty cell at all
 */
export function unseenCells(
  sums: Float64Array,
  statistic: (sums: Float64Array) => number,
  weight: number,
  isPossible: (cell: number) => boolean,
): UnseenCells {
  const value = statistic(sums.slice());
  const changed = sums.slice();
  let [down, up] = [0, 0];
  for (let cell = 0; cell < sums.length; cell += 1) {
    if (sums[cell] !== 0 || !isPossible(cell)) continue;
    changed[cell] = weight;
    const moved = statistic(changed) - value;
    changed[cell] = 0;
    if (Number.isNaN(moved)) return { down: Number.POSITIVE_INFINITY, up: Number.POSITIVE_INFINITY };
    down = Math.max(down, -moved);
    up = Math.max(up, moved);
  }
  return { down, up };
}

/**
 * The interval with what may be unseen, each end moved outwards by square-and-add. Zero width stays: it says that these
 * rows can't tell.
 */
export function withUnseen<Found extends Interval>(interval: Found, value: number, { down, up }: UnseenCells): Found {
  if (interval.low === interval.high) return interval;
  return {
    ...interval,
    low: Math.min(interval.low, value - Math.hypot(value - interval.low, down)),
    high: Math.max(interval.high, value + Math.hypot(interval.high - value, up)),
  };
}
