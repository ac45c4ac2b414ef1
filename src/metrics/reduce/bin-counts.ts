/** What each bin holds: in rows, or in weight where there are weights. */
export interface BinCounts {
  /** Of rows with a label of 1; all rows where there are no labels. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Of so many equal cells it is known in which bin they begin. */
const CELLS = 4096;

/**
 * Counts values by bin. Bin i holds `edges[i] <= value < edges[i + 1]`, the last one its upper edge too; what lies
 * outside, and NaN, is in none.
 *
 * @param edges rising, at least two
 * @param labels 1 or 0 for each value
 * @param weights one finite number for each value
 */
export function binCounts(
  values: Float64Array,
  edges: readonly number[],
  labels?: Uint8Array,
  weights?: Float64Array,
): BinCounts {
  const bins = edges.length - 1;
  const least = edges[0] as number;
  const most = edges[bins] as number;
  const perUnit = CELLS / (most - least);
  const firstBin = cellStarts(edges);
  const positives = new Float64Array(bins);
  const negatives = new Float64Array(bins);
  const hasCells = Number.isFinite(perUnit);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (!(value >= least && value <= most)) continue;
    let bin = hasCells ? (firstBin[Math.floor((value - least) * perUnit)] as number) : 0;
    while (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin += 1;
    const side = labels !== undefined && labels[row] === 0 ? negatives : positives;
    side[bin] = (side[bin] as number) + (weights === undefined ? 1 : (weights[row] as number));
  }
  return { positives, negatives };
}

/** For each cell a bin that is not behind the bin of its first value; rounding may put a value one cell off. */
function cellStarts(edges: readonly number[]): Int32Array {
  const bins = edges.length - 1;
  const least = edges[0] as number;
  const width = ((edges[bins] as number) - least) / CELLS;
  const starts = new Int32Array(CELLS + 1);
  let bin = 0;
  for (let cell = 0; cell <= CELLS; cell += 1) {
    const start = least + (cell - 1) * width;
    while (bin < bins - 1 && (edges[bin + 1] as number) <= start) bin += 1;
    starts[cell] = bin;
  }
  return starts;
}

/** Edges of `count` equal bins from `least` to `most`; i/count of [0, 1] exactly. */
export function equalEdges(least: number, most: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, index) =>
    index === count ? most : least === 0 && most === 1 ? index / count : least + ((most - least) * index) / count,
  );
}
