import { type Floats, type Order, radixSort } from './radix-sort.ts';
import { type Buckets, placesFromCounts, spreadBuckets, wordsOf } from './spread-buckets.ts';

/** How often each number of a bucket may have to be moved before they are not called spread any more. */
export const MOST_MOVES = 8;

/**
 * Sorts the numbers in place. Each goes by its highest bits into one of a few thousand buckets, within that to about
 * where it belongs between the least and the greatest, and then past its neighbours: one pass through slow memory
 * instead of the radix sort's six. Numbers of one bucket that are not spread are sorted by their digits.
 *
 * Source: W. Dobosiewicz, "Sorting by distributive partitioning", Information Processing Letters 7 (1978).
 *
 * @param values finite; by value, none -0
 * @param spare as long, and overwritten
 */
export function spreadSort(values: Floats, spare: Floats, order: Order): void {
  const buckets = spreadBuckets(values, order);
  const { starts } = buckets;
  scatter(values, spare, buckets);
  const places = new Uint32Array(buckets.largest);
  const sortBucket = order === 'by value' ? sortByValue : sortBySize;
  for (let bucket = 0; bucket + 1 < starts.length; bucket += 1) {
    const [start, end] = [starts[bucket] as number, starts[bucket + 1] as number];
    const [from, to] = [spare.subarray(start, end), values.subarray(start, end)];
    if (!sortBucket(from, to, places)) to.set(radixSort(from, from.slice(), order));
  }
}

function scatter(values: Floats, to: Floats, { flip, mask, least, shift, bucketOf, starts }: Buckets): void {
  const words = wordsOf(values);
  const next = starts.slice();
  for (let index = 0; index < values.length; index += 1) {
    const high = words[2 * index + 1] as number;
    const bucket = bucketOf[(((high ^ ((high >> 31) & flip)) & mask) - least) >>> shift] as number;
    const place = next[bucket] as number;
    next[bucket] = place + 1;
    to[place] = values[index] as number;
  }
}

/** False, and nothing of use in `to`, where the numbers are not spread. */
function sortByValue(from: Floats, to: Floats, places: Uint32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < from.length; index += 1) {
    const value = from[index] as number;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const scale = scaleOf(from.length, least, greatest);
  if (!Number.isFinite(scale)) return false;
  places.fill(0, 0, from.length);
  for (let index = 0; index < from.length; index += 1) {
    const aim = (((from[index] as number) - least) * scale) | 0;
    places[aim] = (places[aim] as number) + 1;
  }
  placesFromCounts(places, from.length);
  for (let index = 0; index < from.length; index += 1) {
    const value = from[index] as number;
    const aim = ((value - least) * scale) | 0;
    const place = places[aim] as number;
    places[aim] = place + 1;
    to[place] = value;
  }
  let moves = MOST_MOVES * to.length;
  for (let index = 1; index < to.length; index += 1) {
    const value = to[index] as number;
    let place = index;
    while (place > 0 && (to[place - 1] as number) > value) {
      to[place] = to[place - 1] as number;
      place -= 1;
    }
    to[place] = value;
    moves -= index - place;
    if (moves < 0) return false;
  }
  return true;
}

/** As `sortByValue`, by absolute values. */
function sortBySize(from: Floats, to: Floats, places: Uint32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let index = 0; index < from.length; index += 1) {
    const size = Math.abs(from[index] as number);
    least = Math.min(least, size);
    greatest = Math.max(greatest, size);
  }
  const scale = scaleOf(from.length, least, greatest);
  if (!Number.isFinite(scale)) return false;
  places.fill(0, 0, from.length);
  for (let index = 0; index < from.length; index += 1) {
    const aim = ((Math.abs(from[index] as number) - least) * scale) | 0;
    places[aim] = (places[aim] as number) + 1;
  }
  placesFromCounts(places, from.length);
  for (let index = 0; index < from.length; index += 1) {
    const value = from[index] as number;
    const aim = ((Math.abs(value) - least) * scale) | 0;
    const place = places[aim] as number;
    places[aim] = place + 1;
    to[place] = value;
  }
  let moves = MOST_MOVES * to.length;
  for (let index = 1; index < to.length; index += 1) {
    const value = to[index] as number;
    const size = Math.abs(value);
    let place = index;
    while (place > 0 && Math.abs(to[place - 1] as number) > size) {
      to[place] = to[place - 1] as number;
      place -= 1;
    }
    to[place] = value;
    moves -= index - place;
    if (moves < 0) return false;
  }
  return true;
}

/** Turns a number's distance from the least into its place among `length`; not finite where they are too near for that. */
export function scaleOf(length: number, least: number, greatest: number): number {
  if (least === greatest) return 0;
  // A little less, so that the greatest does not fall behind the last place.
  return ((length - 1) / (greatest - least)) * (1 - Number.EPSILON);
}
