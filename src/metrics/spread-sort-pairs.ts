import { type Floats, radixSortPairs } from './radix-sort.ts';
import { type Buckets, placesFromCounts, spreadBuckets, wordsOf } from './spread-buckets.ts';
import { MOST_MOVES, scaleOf } from './spread-sort.ts';

/**
 * As `spreadSort` by value, with `carried[i]` kept beside `values[i]`; equal numbers keep their order. The passes are
 * written out here as there: sharing them made both a tenth slower.
 */
export function spreadSortPairs(values: Floats, carried: Floats): void {
  const buckets = spreadBuckets(values, 'by value');
  const { starts } = buckets;
  const spare = new Float64Array(values.length);
  const spareCarried = new Float64Array(values.length);
  scatterPairs(values, carried, spare, spareCarried, buckets);
  const places = new Uint32Array(buckets.largest);
  for (let bucket = 0; bucket + 1 < starts.length; bucket += 1) {
    const [start, end] = [starts[bucket] as number, starts[bucket + 1] as number];
    const [from, fromCarried] = [spare.subarray(start, end), spareCarried.subarray(start, end)];
    const [to, toCarried] = [values.subarray(start, end), carried.subarray(start, end)];
    if (sortBucket(from, fromCarried, to, toCarried, places)) continue;
    const sorted = radixSortPairs(from, fromCarried);
    to.set(sorted.sorted);
    toCarried.set(sorted.carried);
  }
}

function scatterPairs(
  values: Floats,
  carried: Floats,
  to: Floats,
  toCarried: Floats,
  { flip, mask, least, shift, bucketOf, starts }: Buckets,
): void {
  const words = wordsOf(values);
  const next = starts.slice();
  for (let index = 0; index < values.length; index += 1) {
    const high = words[2 * index + 1] as number;
    const bucket = bucketOf[(((high ^ ((high >> 31) & flip)) & mask) - least) >>> shift] as number;
    const place = next[bucket] as number;
    next[bucket] = place + 1;
    to[place] = values[index] as number;
    toCarried[place] = carried[index] as number;
  }
}

/** False, and nothing of use in `to`, where the numbers are not spread. */
function sortBucket(from: Floats, fromCarried: Floats, to: Floats, toCarried: Floats, places: Uint32Array): boolean {
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
    toCarried[place] = fromCarried[index] as number;
  }
  let moves = MOST_MOVES * to.length;
  for (let index = 1; index < to.length; index += 1) {
    const value = to[index] as number;
    const companion = toCarried[index] as number;
    let place = index;
    while (place > 0 && (to[place - 1] as number) > value) {
      to[place] = to[place - 1] as number;
      toCarried[place] = toCarried[place - 1] as number;
      place -= 1;
    }
    to[place] = value;
    toCarried[place] = companion;
    moves -= index - place;
    if (moves < 0) return false;
  }
  return true;
}
