import { sortFloats } from '../sort-floats.ts';
import { compensatedSum } from '../sums.ts';
import { type ClassSums, varianceOfMean, withoutRounding } from './delong.ts';
import { type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * The interval for AUC(first) − AUC(second) of two score columns on the same rows, by DeLong's variance of the paired
 * difference, raised where few rows carry it as in `delong`. Undefined when a class has
 * fewer than two rows, not to be relied on below `DELONG_LEAST_ROWS`; zero width when both rank alike.
 *
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837–845.
 *
 * @param labels 1 where the ground truth is the positive class, else 0
 */
export function delongDifference(
  first: Float64Array,
  second: Float64Array,
  labels: Uint8Array,
  confidence: number,
): Interval | undefined {
  const sums = differenceSums(first, second, labels);
  if (sums === undefined) return undefined;
  const { value, positives, negatives } = sums;
  const method = 'delong-paired';
  if (positives.squares === 0 && negatives.squares === 0) return { low: value, high: value, method };
  const z = normalQuantile(1 - tailOf(confidence));
  const farthest = Math.max(positives.farthest, negatives.farthest);
  const half = z * Math.sqrt(varianceOfMean(positives, z, farthest) + varianceOfMean(negatives, z, farthest));
  return { low: value - half, high: value + half, method };
}

/** DeLong's variance of the paired difference; NaN when a class has fewer than two rows. */
export function delongDifferenceVariance(first: Float64Array, second: Float64Array, labels: Uint8Array): number {
  const sums = differenceSums(first, second, labels);
  return sums ? varianceOfMean(sums.positives, 0) + varianceOfMean(sums.negatives, 0) : Number.NaN;
}

function differenceSums(first: Float64Array, second: Float64Array, labels: Uint8Array) {
  const positives = compensatedSum(labels);
  const negatives = labels.length - positives;
  if (positives < 2 || negatives < 2) return undefined;
  const difference = placements(first, labels, positives);
  const ofSecond = placements(second, labels, positives);
  for (let row = 0; row < difference.length; row += 1) {
    difference[row] = (difference[row] as number) - (ofSecond[row] as number);
  }
  const overPositives = sumsOf(difference, labels, 1, positives);
  return { value: overPositives.mean, positives: overPositives, negatives: sumsOf(difference, labels, 0, negatives) };
}

/**
 * For each row the share of the rows of the other class that it is ranked rightly against, ties counting half. The mean
 * over the positives, and over the negatives, is the area under the ROC curve.
 */
export function placements(scores: Float64Array, labels: Uint8Array, positives: number): Float64Array {
  const rows = scores.length;
  const negatives = rows - positives;
  const order = Float64Array.from({ length: rows }, (_, row) => row);
  const { sorted, carried = order } = sortFloats(scores.slice(), order);
  const shares = new Float64Array(rows);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < rows; ) {
    let end = start;
    let here = 0;
    for (; end < rows && sorted[end] === sorted[start]; end += 1) here += labels[carried[end] as number] as number;
    const negativesHere = end - start - here;
    const ofPositive = (negativesBelow + negativesHere / 2) / negatives;
    const ofNegative = (positives - positivesBelow - here / 2) / positives;
    for (; start < end; start += 1) {
      const row = carried[start] as number;
      shares[row] = labels[row] ? ofPositive : ofNegative;
    }
    positivesBelow += here;
    negativesBelow += negativesHere;
  }
  return shares;
}

function sumsOf(
  values: Float64Array,
  labels: Uint8Array,
  label: number,
  rows: number,
): ClassSums & { readonly mean: number; readonly farthest: number } {
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) if (labels[row] === label) sum += values[row] as number;
  const mean = sum / rows;
  let squares = 0;
  let fourths = 0;
  let farthest = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (labels[row] !== label) continue;
    const distance = Math.abs((values[row] as number) - mean);
    const square = distance * distance;
    squares += square;
    fourths += square * square;
    if (distance > farthest) farthest = distance;
  }
  return withoutRounding({ rows, squares, fourths, mean, farthest });
}
