import { countBelow, countUpTo, type Sorted } from './samples.ts';

export type BinStrategy = 'quantile' | 'uniform';

/**
 * Edges between the bins of a numeric column. A bin holds the numbers above its lower edge up to and including its
 * upper one; the first and the last bin are open-ended, so that numbers outside the reference's range count too.
 */
export interface BinEdges {
  /** Ascending, all different. */
  readonly inner: readonly number[];
  /**
   * Numbers below the reference's least have a bin of their own. Needed where the least number fills the whole first
   * bin: lower numbers would otherwise hide among its ties.
   */
  readonly below: number | undefined;
}

/**
 * `quantile`: the reference's quantiles at 1/n, 2/n … (linear between ranks, as `numpy.quantile`), equal ones once.
 * `uniform`: n bins of equal width over the reference's range.
 *
 * @param reference at least one number
 */
export function binEdges(reference: Sorted, bins: number, strategy: BinStrategy): BinEdges {
  const least = reference[0] as number;
  const greatest = reference[reference.length - 1] as number;
  const inner: number[] = [];
  for (let bin = 1; bin < bins; bin += 1) {
    const share = bin / bins;
    const edge = strategy === 'quantile' ? quantile(reference, share) : least + (greatest - least) * share;
    if (inner.length === 0 || edge > (inner[inner.length - 1] as number)) inner.push(edge);
  }
  return { inner, below: inner[0] === least ? least : undefined };
}

/** How many of the numbers fall into each bin, from the lowest. */
export function countInBins(sorted: Sorted, { inner, below }: BinEdges): Float64Array {
  const upTo = inner.map((edge) => countUpTo(sorted, edge));
  if (below !== undefined) upTo.unshift(countBelow(sorted, below));
  upTo.push(sorted.length);
  return Float64Array.from(upTo, (count, bin) => count - (upTo[bin - 1] ?? 0));
}

/** Each number's bin, from 0; -1 where it is NaN. */
export function binOfEach(values: Float64Array, { inner, below }: BinEdges): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    if (below !== undefined && value < below) return 0;
    let bin = 0;
    while (bin < inner.length && (inner[bin] as number) < value) bin += 1;
    return below === undefined ? bin : bin + 1;
  });
}

/** Linear between ranks, as `numpy.quantile`'s default. */
function quantile(sorted: Sorted, share: number): number {
  const at = share * (sorted.length - 1);
  const rank = Math.floor(at);
  const low = sorted[rank] as number;
  const high = sorted[Math.min(rank + 1, sorted.length - 1)] as number;
  const part = at - rank;
  const step = high - low;
  return part >= 0.5 ? high - step * (1 - part) : low + step * part;
}
