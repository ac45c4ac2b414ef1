import type { Floats, Order } from './radix-sort.ts';

/** A bucket holds about so many numbers or more: they fit the processor's nearest caches. */
const BUCKET_NUMBERS = 2048;
/** More can't be filled side by side without leaving the caches. */
const MOST_BUCKETS = 2048;
const MOST_CELLS = 1 << 15;

/**
 * Where numbers go that are told apart by their highest 32 bits: the number's cell, `(key − least) >>> shift`, says the
 * bucket, and buckets are in ascending order. The key is the higher word where signs don't count; else the word of a
 * negative number is turned round by `flip`, so that it rises as the number does.
 */
export interface Buckets {
  readonly flip: number;
  readonly mask: number;
  readonly least: number;
  readonly shift: number;
  readonly bucketOf: Uint16Array;
  /** Where each bucket begins; one more at the end. */
  readonly starts: Uint32Array;
  /** Numbers in the fullest bucket. */
  readonly largest: number;
}

/** Buckets of a few thousand numbers each, as far as their highest bits tell them apart. */
export function spreadBuckets(values: Floats, order: Order): Buckets {
  const flip = order === 'by value' ? 0x7fffffff : 0;
  const mask = order === 'by value' ? -1 : 0x7fffffff;
  const { least, shift } = rangeOf(values, flip, mask);
  const words = wordsOf(values);
  const counts = new Uint32Array(MOST_CELLS);
  for (let at = 1; at < words.length; at += 2) {
    const high = words[at] as number;
    const cell = (((high ^ ((high >> 31) & flip)) & mask) - least) >>> shift;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return { flip, mask, least, shift, ...bucketsOf(counts, values.length) };
}

/** Both words of every number; the higher ones have odd places. */
export function wordsOf(values: Floats): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

function rangeOf(values: Floats, flip: number, mask: number): { readonly least: number; readonly shift: number } {
  const words = wordsOf(values);
  let least = 0x7fffffff;
  let greatest = -0x80000000;
  for (let at = 1; at < words.length; at += 2) {
    const high = words[at] as number;
    const key = (high ^ ((high >> 31) & flip)) & mask;
    least = Math.min(least, key);
    greatest = Math.max(greatest, key);
  }
  let shift = 0;
  while ((greatest - least) / 2 ** shift >= MOST_CELLS) shift += 1;
  return { least, shift };
}

/** Neighbouring cells share a bucket until there are enough numbers in it. */
function bucketsOf(counts: Uint32Array, total: number): Pick<Buckets, 'bucketOf' | 'starts' | 'largest'> {
  const enough = Math.max(BUCKET_NUMBERS, total / MOST_BUCKETS);
  const bucketOf = new Uint16Array(counts.length);
  const starts = [0];
  let inBucket = 0;
  let before = 0;
  let largest = 0;
  for (let cell = 0; cell < counts.length; cell += 1) {
    bucketOf[cell] = starts.length - 1;
    inBucket += counts[cell] as number;
    if (inBucket < enough) continue;
    before += inBucket;
    largest = Math.max(largest, inBucket);
    inBucket = 0;
    starts.push(before);
  }
  if (inBucket > 0) starts.push(total);
  return { bucketOf, starts: Uint32Array.from(starts), largest: Math.max(largest, inBucket) };
}

/** Counts become the places where each begins. */
export function placesFromCounts(counts: Uint32Array, length: number): void {
  let start = 0;
  for (let index = 0; index < length; index += 1) {
    const count = counts[index] as number;
    counts[index] = start;
    start += count;
  }
}
