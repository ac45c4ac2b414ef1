import { mostUnseenRows, type UnseenCells, unseenCells } from '../../metrics/resampling/unseen-cells.ts';
import { compensatedSum } from '../../metrics/sums.ts';
import type { Units } from './units.ts';

/** A metric as a function of how much weight lies on rows of each kind: of each label and prediction. */
export interface RowCells {
  /** Weight of the rows in each cell; their number, where rows have none. */
  readonly sums: Float64Array;
  /** NaN where undefined. */
  readonly value: (sums: Float64Array) => number;
  /** Cells of one label follow each other: `cell = label * predictions + prediction`. */
  readonly predictions: number;
  /** Whether there could be rows in an empty cell at all. */
  readonly isPossible: (cell: number) => boolean;
  /** The cell of each row. */
  readonly ofRows: () => ArrayLike<number>;
}

/** How far the metric would move with rows or units of a kind that there happens to be none of. */
export function unseenRows(
  { sums, value, isPossible }: RowCells,
  units: Pick<Units, 'independent'>,
  confidence: number,
): UnseenCells {
  return unseenCells(sums, value, weightOfUnseen(sums, units, confidence), isPossible);
}

/**
 * As `unseenRows`, of two models on the same rows: a row's kind is its label with both predictions.
 *
 * @param combine of the two models' values
 */
export function unseenPairs(
  first: RowCells,
  second: RowCells,
  combine: (first: number, second: number) => number,
  units: Pick<Units, 'independent'>,
  confidence: number,
): UnseenCells {
  const weight = weightOfUnseen(first.sums, units, confidence);
  const [ofFirst, ofSecond] = [valuesWith(first, weight), valuesWith(second, weight)];
  const value = combine(first.value(first.sums.slice()), second.value(second.sums.slice()));
  const size = second.sums.length;
  const seen = new Uint8Array(first.sums.length * size);
  const [a, b] = [first.ofRows(), second.ofRows()];
  for (let row = 0; row < a.length; row += 1) seen[(a[row] as number) * size + (b[row] as number)] = 1;
  let [down, up] = [0, 0];
  for (let one = 0; one < first.sums.length; one += 1) {
    const start = Math.floor(one / first.predictions) * second.predictions;
    for (let other = start; other < start + second.predictions; other += 1) {
      if (seen[one * size + other] === 1 || !first.isPossible(one) || !second.isPossible(other)) continue;
      const moved = combine(ofFirst[one] as number, ofSecond[other] as number) - value;
      if (Number.isNaN(moved)) return { down: Number.POSITIVE_INFINITY, up: Number.POSITIVE_INFINITY };
      down = Math.max(down, -moved);
      up = Math.max(up, moved);
    }
  }
  return { down, up };
}

/** The value with more weight in each cell, one at a time. */
export function valuesWith({ sums, value }: RowCells, weight: number): Float64Array {
  return sums.map((sum, cell) => {
    const changed = sums.slice();
    changed[cell] = sum + weight;
    return value(changed);
  });
}

/** A row or unit has the mean weight of all. */
export function weightOfUnseen(
  sums: Float64Array,
  { independent }: Pick<Units, 'independent'>,
  confidence: number,
): number {
  return (mostUnseenRows(confidence) * compensatedSum(sums)) / independent;
}
