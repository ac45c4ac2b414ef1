import type { Floats } from './radix-sort.ts';
import { spreadSort } from './spread-sort.ts';
import { spreadSortPairs } from './spread-sort-pairs.ts';

/** Below this many numbers the counters cost more than they save. */
const COUNTING_FROM = 20_000;

/**
 * The numbers in ascending order, with `carried[i]` kept beside `values[i]`; equal numbers keep their order.
 * -0 is sorted as 0. The inputs may be overwritten; the answer may be in them or in new arrays. Linear: by where the
 * numbers lie between the least and the greatest, or where they are not spread, by their digits.
 *
 * @param values finite numbers, in an array that owns its whole buffer
 */
export function sortFloats(values: Floats, carried?: Floats): { sorted: Floats; carried?: Floats } {
  for (let index = 0; index < values.length; index += 1) values[index] = (values[index] as number) + 0;
  if (carried) {
    if (values.length < COUNTING_FROM) return sortPairsSmall(values, carried);
    spreadSortPairs(values, carried);
    return { sorted: values, carried };
  }
  if (values.length < COUNTING_FROM) return { sorted: values.sort() };
  spreadSort(values, new Float64Array(values.length), 'by value');
  return { sorted: values };
}

/**
 * The numbers in ascending order of their absolute values, so that a sign can travel with a number that has none of its
 * own: -0 and 0 stay as they are. The answer is in one of the two arrays, and the other may be used for something else.
 *
 * @param values finite numbers, in an array that owns its whole buffer
 * @param spare as long, and overwritten
 */
export function sortBySize(values: Floats, spare: Floats): { readonly sorted: Floats; readonly spare: Floats } {
  if (values.length < COUNTING_FROM) return { sorted: values.sort((a, b) => Math.abs(a) - Math.abs(b)), spare };
  spreadSort(values, spare, 'by size');
  return { sorted: values, spare };
}

/** Runs of this many are sorted by insertion, before they are merged. */
const RUN = 16;

/** Merge sort, bottom up: stable, and never slow whatever the order. */
function sortPairsSmall(values: Floats, carried: Floats): { sorted: Floats; carried: Floats } {
  for (let start = 0; start < values.length; start += RUN)
    insertPairs(values, carried, start, Math.min(start + RUN, values.length));
  if (values.length <= RUN) return { sorted: values, carried };
  let from = values;
  let to = new Float64Array(values.length);
  let carriedFrom = carried;
  let carriedTo = new Float64Array(values.length);
  for (let width = RUN; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let place = start; place < end; place += 1) {
        const fromLeft = left < middle && (right >= end || (from[left] as number) <= (from[right] as number));
        const next = fromLeft ? left : right;
        to[place] = from[next] as number;
        carriedTo[place] = carriedFrom[next] as number;
        if (fromLeft) left += 1;
        else right += 1;
      }
    }
    [from, to] = [to, from];
    [carriedFrom, carriedTo] = [carriedTo, carriedFrom];
  }
  return { sorted: from, carried: carriedFrom };
}

function insertPairs(values: Floats, carried: Floats, start: number, end: number): void {
  for (let index = start + 1; index < end; index += 1) {
    const value = values[index] as number;
    const companion = carried[index] as number;
    let place = index;
    while (place > start && (values[place - 1] as number) > value) {
      values[place] = values[place - 1] as number;
      carried[place] = carried[place - 1] as number;
      place -= 1;
    }
    values[place] = value;
    carried[place] = companion;
  }
}
