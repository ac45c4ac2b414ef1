import { selectFloats } from '../select-floats.ts';
import { sortFloats } from '../sort-floats.ts';
import { compensatedSum } from '../sums.ts';

/** Half of the weight within this part of it is half: rounding of weights must not choose the row. */
const HALF_TOLERANCE = 4 * Number.EPSILON;

/**
 * Median |prediction − label|, in the label's unit: scikit-learn's `median_absolute_error`. Between two errors with
 * half of the rows (or of the weight) on either side it is their mean, so a weight is as good as so many rows. NaN when
 * there are no rows or no weight.
 *
 * @param labels finite numbers, one per row
 * @param predictions alike
 * @param weights one finite number per row, none negative
 */
export function medianAbsoluteError(labels: Float64Array, predictions: Float64Array, weights?: Float64Array): number {
  const errors = new Float64Array(labels.length);
  for (let row = 0; row < errors.length; row += 1)
    errors[row] = Math.abs((labels[row] as number) - (predictions[row] as number));
  if (errors.length === 0) return Number.NaN;
  return weights ? weightedMedian(errors, weights) : median(errors);
}

function median(errors: Float64Array): number {
  const middle = (errors.length - 1) >> 1;
  const { value, next } = selectFloats(errors, middle);
  return errors.length % 2 === 1 ? value : (value + next) / 2;
}

/** scikit-learn's `_weighted_percentile(…, average=True)`: the `averaged_inverted_cdf` of Hyndman and Fan (1996). */
function weightedMedian(errors: Float64Array<ArrayBuffer>, weights: Float64Array): number {
  const { sorted, carried = weights } = sortFloats(errors, weights.slice());
  const total = compensatedSum(carried);
  if (total === 0) return Number.NaN;
  const tolerance = HALF_TOLERANCE * total;
  let below = 0;
  let lost = 0;
  let row = 0;
  for (; row < sorted.length; row += 1) {
    const weight = carried[row] as number;
    const next = below + weight;
    lost += below >= weight ? below - next + weight : weight - next + below;
    below = next;
    if (weight > 0 && below + lost >= total / 2 - tolerance) break;
  }
  const value = sorted[row] as number;
  if (below + lost > total / 2 + tolerance) return value;
  let above = row + 1;
  while (above < sorted.length && carried[above] === 0) above += 1;
  return above < sorted.length ? (value + (sorted[above] as number)) / 2 : value;
}
