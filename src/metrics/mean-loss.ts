/** Rows that are worked on at a time: few enough to stay in the processor's nearest memory. */
const CHUNK = 4096;

/** Writes what each of the rows from `from` on loses, `losses.length` of them, into `losses`. */
export type FillLosses = (losses: Float64Array, from: number) => void;

/**
 * Mean loss of a row, weighted when there are weights; NaN when there are no rows or no weight. Both sums are Neumaier's,
 * so that the order of rows doesn't show. Only whole chunks go through the closure, so each metric keeps its own tight
 * loop.
 *
 * @param rows how many rows there are
 * @param fill finite numbers, none negative
 * @param weights one finite number per row, none negative
 */
export function meanLoss(rows: number, fill: FillLosses, weights?: Float64Array): number {
  const losses = new Float64Array(Math.min(rows, CHUNK));
  let sum = 0;
  let lost = 0;
  let total = 0;
  let totalLost = 0;
  for (let from = 0; from < rows; from += CHUNK) {
    const chunk = from + CHUNK <= rows ? losses : losses.subarray(0, rows - from);
    fill(chunk, from);
    for (let row = 0; row < chunk.length; row += 1) {
      const weight = weights === undefined ? 1 : (weights[from + row] as number);
      const loss = weight * (chunk[row] as number);
      const next = sum + loss;
      lost += sum >= loss ? sum - next + loss : loss - next + sum;
      sum = next;
      const nextTotal = total + weight;
      totalLost += total >= weight ? total - nextTotal + weight : weight - nextTotal + total;
      total = nextTotal;
    }
  }
  return (sum + lost) / (total + totalLost);
}
