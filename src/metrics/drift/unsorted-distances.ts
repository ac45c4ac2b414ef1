import { type Buckets, bucketsOf, openBuckets, rangeOf, sortedAlone } from './buckets.ts';
import { pooledAt } from './samples.ts';

/** A stretch of the number line, and how many numbers of either sample lie below it. */
interface Stretch {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly below: readonly [number, number];
  readonly from: number;
  readonly to: number;
}

interface Sizes {
  readonly n: number;
  readonly m: number;
}

const DEEPEST = 4;

/**
 * The 1-Wasserstein distance, as `wasserstein`, of samples that need not be sorted, and the numbers at some ranks of
 * both together. Where the difference of the distribution functions can't change its sign inside a bucket, the bucket's
 * count and sum tell the area; the few others are opened and sorted. Time: linear.
 *
 * @param first finite numbers, at least one; also `second`
 * @param ranks whole numbers from 0, ascending
 */
export function unsortedWasserstein(
  first: Float64Array,
  second: Float64Array,
  ranks: readonly number[],
): { readonly distance: number; readonly atRanks: readonly number[] } {
  const [from, to] = rangeOf(first, second);
  const atRanks: number[] = [];
  const whole = { first, second, below: [0, 0], from, to } as const;
  const distance = areaOf(whole, { n: first.length, m: second.length }, { ranks, atRanks }, 0);
  return { distance, atRanks };
}

/** Ranks still to be found, and the numbers found at those before. */
interface Ranks {
  readonly ranks: readonly number[];
  readonly atRanks: number[];
}

function areaOf(stretch: Stretch, sizes: Sizes, ranks: Ranks, depth: number): number {
  const buckets = depth < DEEPEST ? bucketsOf(stretch.first, stretch.second) : undefined;
  if (buckets) return areaInBuckets(stretch, buckets, sizes, ranks, depth);
  return areaSorted(depth === 0 ? copied(stretch) : stretch, sizes, ranks);
}

/** The caller's own numbers are not to be sorted in place. */
function copied(stretch: Stretch): Stretch {
  return { ...stretch, first: stretch.first.slice(), second: stretch.second.slice() };
}

function areaSorted({ first, second, below, from, to }: Stretch, { n, m }: Sizes, { ranks, atRanks }: Ranks): number {
  const a = sortedAlone(first);
  const b = sortedAlone(second);
  const before = below[0] + below[1];
  while (atRanks.length < ranks.length) {
    const rank = (ranks[atRanks.length] as number) - before;
    if (rank >= a.length + b.length) break;
    atRanks.push(pooledAt(a, b, rank));
  }
  let i = 0;
  let j = 0;
  let previous = from;
  let area = 0;
  while (i < a.length || j < b.length) {
    const takesFirst = j === b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    const next = (takesFirst ? a[i] : b[j]) as number;
    area += Math.abs((below[0] + i) / n - (below[1] + j) / m) * (next - previous);
    previous = next;
    if (takesFirst) i += 1;
    else j += 1;
  }
  return area + Math.abs((below[0] + i) / n - (below[1] + j) / m) * (to - previous);
}

function areaInBuckets(stretch: Stretch, buckets: Buckets, sizes: Sizes, ranks: Ranks, depth: number): number {
  const { n, m } = sizes;
  const { least, greatest, count, width } = buckets;
  const [ofFirst, ofSecond] = buckets.counts;
  const marked = new Uint8Array(count);
  let [i, j] = stretch.below;
  let nextRank = ranks.atRanks.length;
  for (let bucket = 0; bucket < count; bucket += 1) {
    const a = ofFirst[bucket] as number;
    const b = ofSecond[bucket] as number;
    const before = i / n - j / m;
    // All of one sample first, or all of the other: what lies between keeps the sign if both of these do.
    if (a + b > 0 && before + a / n > 0 && before - b / m < 0) marked[bucket] = 1;
    i += a;
    j += b;
    while ((ranks.ranks[nextRank] ?? Number.POSITIVE_INFINITY) < i + j) {
      marked[bucket] = 1;
      nextRank += 1;
    }
  }
  marked[count - 1] = 1;
  const opened = [
    openBuckets(stretch.first, buckets, ofFirst, marked),
    openBuckets(stretch.second, buckets, ofSecond, marked),
  ] as const;
  [i, j] = stretch.below;
  let area = Math.abs(i / n - j / m) * (least - stretch.from);
  for (let bucket = 0; bucket < count; bucket += 1) {
    const a = ofFirst[bucket] as number;
    const b = ofSecond[bucket] as number;
    const from = least + bucket * width;
    const to = bucket === count - 1 ? greatest : least + (bucket + 1) * width;
    if (marked[bucket]) {
      const [endOfFirst, endOfSecond] = [opened[0].ends[bucket] as number, opened[1].ends[bucket] as number];
      const inside: Stretch = {
        first: opened[0].values.subarray(endOfFirst - a, endOfFirst),
        second: opened[1].values.subarray(endOfSecond - b, endOfSecond),
        below: [i, j],
        from,
        to,
      };
      area += areaOf(inside, sizes, ranks, depth + 1);
    } else {
      const span = to - from;
      const before = (i / n - j / m) * span;
      const above = (a * span - (buckets.offsets[0][bucket] as number)) / n;
      const under = (b * span - (buckets.offsets[1][bucket] as number)) / m;
      area += Math.abs(before + above - under);
    }
    i += a;
    j += b;
  }
  return area + Math.abs(i / n - j / m) * (stretch.to - greatest);
}

/**
 * The Kolmogorov–Smirnov statistic, as `kolmogorovSmirnov`, of samples that need not be sorted: only the buckets in which
 * the distance could exceed what it is at the buckets' ends are opened and sorted. Time: linear.
 *
 * @param first finite numbers, at least one; also `second`
 */
export function unsortedKolmogorovSmirnov(first: Float64Array, second: Float64Array): number {
  const sizes = { n: first.length, m: second.length };
  const whole = { first, second, below: [0, 0], from: 0, to: 0 } as const;
  return largestIn(whole, sizes, 0, 0) / (sizes.n * sizes.m);
}

/** The largest distance, times n·m, but at least `known`. */
function largestIn(stretch: Stretch, sizes: Sizes, known: number, depth: number): number {
  const buckets = depth < DEEPEST ? bucketsOf(stretch.first, stretch.second) : undefined;
  if (buckets) return largestInBuckets(stretch, buckets, sizes, known, depth);
  return largestSorted(depth === 0 ? copied(stretch) : stretch, sizes, known);
}

function largestSorted({ first, second, below }: Stretch, { n, m }: Sizes, known: number): number {
  const a = sortedAlone(first);
  const b = sortedAlone(second);
  let i = 0;
  let j = 0;
  let largest = known;
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    while (a[i] === next) i += 1;
    while (b[j] === next) j += 1;
    const distance = Math.abs((below[0] + i) * m - (below[1] + j) * n);
    if (distance > largest) largest = distance;
  }
  return largest;
}

function largestInBuckets(stretch: Stretch, buckets: Buckets, sizes: Sizes, known: number, depth: number): number {
  const { n, m } = sizes;
  const { count } = buckets;
  const [ofFirst, ofSecond] = buckets.counts;
  let largest = known;
  let [i, j] = stretch.below;
  for (let bucket = 0; bucket < count; bucket += 1) {
    i += ofFirst[bucket] as number;
    j += ofSecond[bucket] as number;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  const marked = new Uint8Array(count);
  [i, j] = stretch.below;
  for (let bucket = 0; bucket < count; bucket += 1) {
    const a = ofFirst[bucket] as number;
    const b = ofSecond[bucket] as number;
    if (Math.max((i + a) * m - j * n, (j + b) * n - i * m) > largest) marked[bucket] = 1;
    i += a;
    j += b;
  }
  const opened = [
    openBuckets(stretch.first, buckets, ofFirst, marked),
    openBuckets(stretch.second, buckets, ofSecond, marked),
  ] as const;
  [i, j] = stretch.below;
  for (let bucket = 0; bucket < count; bucket += 1) {
    const a = ofFirst[bucket] as number;
    const b = ofSecond[bucket] as number;
    // What an earlier bucket showed may have settled this one.
    if (marked[bucket] && Math.max((i + a) * m - j * n, (j + b) * n - i * m) > largest) {
      const [endOfFirst, endOfSecond] = [opened[0].ends[bucket] as number, opened[1].ends[bucket] as number];
      const inside: Stretch = {
        first: opened[0].values.subarray(endOfFirst - a, endOfFirst),
        second: opened[1].values.subarray(endOfSecond - b, endOfSecond),
        below: [i, j],
        from: 0,
        to: 0,
      };
      largest = largestIn(inside, sizes, largest, depth + 1);
    }
    i += a;
    j += b;
  }
  return largest;
}
