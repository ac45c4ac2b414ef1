import { countUpTo, pooledAt, type Sorted, standardDeviation } from './samples.ts';
import { type Counts, totalOf } from './shares.ts';
import { wassersteinNorm } from './wasserstein.ts';

/**
 * Cells that stand for a numeric column where it is resampled many times: about a thousand of equal mass over both
 * samples, narrower at both ends; every different value its own where there are fewer. A cell holds the numbers above
 * the edge before it, up to and including its own.
 */
export interface NumericCells {
  /** Ascending, all different; the last is the largest number. */
  readonly edges: Float64Array;
  /** Whether every different value has its own cell, so that a statistic of the cells is exact. */
  readonly exact: boolean;
}

export const MOST_CELLS = 1000;

export function numericCells(reference: Sorted, current: Sorted): NumericCells {
  const rows = reference.length + current.length;
  const ranks = new Set<number>();
  for (let cell = 0; cell <= MOST_CELLS; cell += 1) ranks.add(Math.round((cell / MOST_CELLS) * (rows - 1)));
  for (let rank = 0; rank < rows / MOST_CELLS; rank = rank * 2 + 1) {
    ranks.add(rank);
    ranks.add(rows - 1 - rank);
  }
  const edges = Float64Array.from(new Set([...ranks].map((rank) => pooledAt(reference, current, rank)))).sort();
  return { edges, exact: ranks.size === rows };
}

/** How many numbers are in each cell. */
export function countNumericCells(sorted: Sorted, { edges }: NumericCells): Float64Array {
  let before = 0;
  return edges.map((edge) => {
    const upTo = countUpTo(sorted, edge);
    const count = upTo - before;
    before = upTo;
    return count;
  });
}

/** Each row's cell; -1 where it is missing. */
export function cellOfEach(values: Float64Array, { edges }: NumericCells): Int32Array {
  return Int32Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

export type NumericDistance = 'wasserstein' | 'wasserstein_normed' | 'ks' | 'energy';

/** A distance as a function of how many rows are in each cell. */
export function cellStatistic(
  cells: NumericCells,
  distance: NumericDistance,
  reference: Sorted,
): (counts: Counts) => number {
  const { edges } = cells;
  if (distance === 'ks') return largestGap;
  if (distance === 'energy') return (counts) => Math.sqrt(2 * area(counts, cells, 2));
  if (distance === 'wasserstein') return (counts) => area(counts, cells, 1);
  const ofCells = deviationOfCells(countNumericCells(reference, cells), edges);
  const scale = ofCells > 0 ? standardDeviation(reference) / ofCells : 1;
  return (counts) => area(counts, cells, 1) / wassersteinNorm(scale * deviationOfCells(counts.reference, edges));
}

function largestGap({ reference, current }: Counts): number {
  const n = totalOf(reference);
  const m = totalOf(current);
  let i = 0;
  let j = 0;
  let largest = 0;
  for (let cell = 0; cell < reference.length; cell += 1) {
    i += reference[cell] as number;
    j += current[cell] as number;
    largest = Math.max(largest, Math.abs(i / n - j / m));
  }
  return n > 0 && m > 0 ? largest : Number.NaN;
}

/** ∫|F − G|^power; between two edges that are not neighbours the mean of both ends. */
function area({ reference, current }: Counts, { edges, exact }: NumericCells, power: 1 | 2): number {
  const n = totalOf(reference);
  const m = totalOf(current);
  let i = 0;
  let j = 0;
  let before = 0;
  let sum = 0;
  for (let cell = 0; cell < edges.length; cell += 1) {
    if (cell > 0 && exact) sum += before * ((edges[cell] as number) - (edges[cell - 1] as number));
    i += reference[cell] as number;
    j += current[cell] as number;
    const gap = Math.abs(i / n - j / m);
    const height = power === 1 ? gap : gap * gap;
    if (cell > 0 && !exact) sum += ((before + height) / 2) * ((edges[cell] as number) - (edges[cell - 1] as number));
    before = height;
  }
  return sum;
}

function deviationOfCells(counts: Float64Array, edges: Float64Array): number {
  const n = totalOf(counts);
  let mean = 0;
  for (let cell = 0; cell < edges.length; cell += 1) mean += ((counts[cell] as number) / n) * (edges[cell] as number);
  let squares = 0;
  for (let cell = 0; cell < edges.length; cell += 1) {
    squares += ((counts[cell] as number) / n) * ((edges[cell] as number) - mean) ** 2;
  }
  return Math.sqrt(squares);
}
