import { sortFloats } from '../sort-floats.ts';

/**
 * Two samples in buckets of equal width: how many numbers each bucket has of either, and how far they lie above its
 * lower edge in sum. Most of what is asked of distribution functions these tell, without sorting.
 */
export interface Buckets {
  readonly least: number;
  readonly greatest: number;
  readonly count: number;
  readonly width: number;
  readonly counts: readonly [Uint32Array, Uint32Array];
  readonly offsets: readonly [Float64Array, Float64Array];
}

/** Numbers of the marked buckets of one sample, bucket by bucket, not sorted. */
export interface OpenedBuckets {
  readonly values: Float64Array<ArrayBuffer>;
  /** Where each bucket's numbers end; they begin where those of the marked one before end. */
  readonly ends: Uint32Array;
}

const NUMBERS_PER_BUCKET = 32;
const MOST_BUCKETS = 65_536;
/** Fewer numbers than this are sorted at once. */
export const BUCKETS_FROM = 4096;
/** Narrower buckets than this many steps between neighbouring doubles would not hold what they should. */
const LEAST_STEPS = 1e4;

/**
 * Undefined where buckets don't help: few numbers, all equal ones, or ones that are too close for their size.
 *
 * @param first finite numbers; also `second`
 */
export function bucketsOf(first: Float64Array, second: Float64Array): Buckets | undefined {
  const total = first.length + second.length;
  if (total < BUCKETS_FROM) return undefined;
  const [least, greatest] = rangeOf(first, second);
  const count = Math.min(MOST_BUCKETS, Math.ceil(total / NUMBERS_PER_BUCKET));
  const width = (greatest - least) / (count - 1);
  const largest = Math.max(Math.abs(least), Math.abs(greatest));
  if (!(width > LEAST_STEPS * Number.EPSILON * largest) || !Number.isFinite(1 / width)) return undefined;
  const [countsOfFirst, offsetsOfFirst] = fill(first, least, width, count);
  const [countsOfSecond, offsetsOfSecond] = fill(second, least, width, count);
  return {
    ...{ least, greatest, count, width },
    counts: [countsOfFirst, countsOfSecond],
    offsets: [offsetsOfFirst, offsetsOfSecond],
  };
}

/** Least and greatest number of both. */
export function rangeOf(first: Float64Array, second: Float64Array): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const values of [first, second]) {
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] as number;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return [least, greatest];
}

/** Which bucket a number is in. Rounding never turns the order of two numbers round. */
function fill(values: Float64Array, least: number, width: number, count: number): [Uint32Array, Float64Array] {
  const counts = new Uint32Array(count);
  const offsets = new Float64Array(count);
  const scale = 1 / width;
  const last = count - 1;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    const bucket = Math.min(((value - least) * scale) | 0, last);
    counts[bucket] = (counts[bucket] as number) + 1;
    offsets[bucket] = (offsets[bucket] as number) + (value - (least + bucket * width));
  }
  return [counts, offsets];
}

/** The numbers in the marked buckets. */
export function openBuckets(
  values: Float64Array,
  { least, width, count }: Buckets,
  counts: Uint32Array,
  marked: Uint8Array,
): OpenedBuckets {
  const ends = new Uint32Array(count);
  let total = 0;
  for (let bucket = 0; bucket < count; bucket += 1) {
    ends[bucket] = total;
    if (marked[bucket]) total += counts[bucket] as number;
  }
  const opened = new Float64Array(total);
  const scale = 1 / width;
  const last = count - 1;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    const bucket = Math.min(((value - least) * scale) | 0, last);
    if (!marked[bucket]) continue;
    const place = ends[bucket] as number;
    ends[bucket] = place + 1;
    opened[place] = value + 0;
  }
  return { values: opened, ends };
}

/** One bucket's numbers, in ascending order, in place or in an array of their own. */
export function sortedAlone(values: Float64Array): Float64Array {
  if (values.length > BUCKETS_FROM) return sortFloats(values.slice()).sorted;
  if (values.length > 64) return values.sort();
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] as number;
    let to = index;
    while (to > 0 && (values[to - 1] as number) > value) {
      values[to] = values[to - 1] as number;
      to -= 1;
    }
    values[to] = value;
  }
  return values;
}
