/** Rows that are worked on at a time: few enough to stay in the processor's nearest memory. */
const CHUNK = 4096;

/** Writes what each of the rows from `from` on loses, `losses.length` of them, into `losses`. */
export type FillLosses = (losses: Float64Array, from: number) => void;

/**
 * Mean loss of a row, weighted when there are weights; NaN when there are no rows or no weight. Each chunk is summed in
 * four lanes, the chunks with Neumaier's compensation: the error stays below 2e-13 of the mean absolute loss however
 * many rows there are, so neither their number nor their order shows. Only whole chunks go through the closure, so each
 * metric keeps its own tight loop.
 *
 * @param rows how many rows there are
 * @param fill finite numbers
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
    const chunkWeights = weights?.subarray(from, from + chunk.length);
    const loss = chunkWeights ? sumOfProducts(chunk, chunkWeights) : sumOf(chunk);
    const next = sum + loss;
    lost += Math.abs(sum) >= Math.abs(loss) ? sum - next + loss : loss - next + sum;
    sum = next;
    const weight = chunkWeights ? sumOf(chunkWeights) : chunk.length;
    const nextTotal = total + weight;
    totalLost += total >= weight ? total - nextTotal + weight : weight - nextTotal + total;
    total = nextTotal;
  }
  return (sum + lost) / (total + totalLost);
}

function sumOf(values: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = values.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    first += values[index] as number;
    second += values[index + 1] as number;
    third += values[index + 2] as number;
    fourth += values[index + 3] as number;
  }
  for (let index = whole; index < values.length; index += 1) first += values[index] as number;
  return first + second + (third + fourth);
}

function sumOfProducts(values: Float64Array, factors: Float64Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  const whole = values.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    first += (values[index] as number) * (factors[index] as number);
    second += (values[index + 1] as number) * (factors[index + 1] as number);
    third += (values[index + 2] as number) * (factors[index + 2] as number);
    fourth += (values[index + 3] as number) * (factors[index + 3] as number);
  }
  for (let index = whole; index < values.length; index += 1)
    first += (values[index] as number) * (factors[index] as number);
  return first + second + (third + fourth);
}
