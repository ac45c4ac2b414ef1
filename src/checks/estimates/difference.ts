import { type Result, succeed } from '../../base/result.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import { newcombeUnpaired } from '../../metrics/resampling/newcombe.ts';
import { intervalOf, isPlain } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { Measure } from './measure.ts';

/** A metric on some rows. */
export interface MeasuredRows {
  readonly measure: Measure;
  readonly rows: DatasetRows;
}

/**
 * The interval of first − second on different rows: Newcombe's for proportions, else square-and-add over the two
 * intervals, whatever their method, of which Newcombe's is the case for Wilson's. Undefined where either has none.
 *
 * Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect measures: a general approach",
 * Statistics in Medicine 27 (2008) 1693–1702.
 */
export function differenceInterval(
  first: MeasuredRows,
  second: MeasuredRows,
  confidence: number,
  signal?: AbortSignal | undefined,
): Result<Interval | undefined> {
  const { proportion: a } = first.measure;
  const { proportion: b } = second.measure;
  if (a && b && isPlain(first.rows) && isPlain(second.rows)) {
    return succeed(a.trials > 0 && b.trials > 0 ? newcombeUnpaired(a, b, confidence) : undefined);
  }
  const both = bothIntervals(first, second, confidence, signal);
  if (!both.ok || both.value === undefined) return both as Result<undefined>;
  const [ofFirst, ofSecond] = both.value;
  const [p, q] = [first.measure.value, second.measure.value];
  return succeed({
    low: p - q - Math.hypot(p - ofFirst.low, ofSecond.high - q),
    high: p - q + Math.hypot(ofFirst.high - p, q - ofSecond.low),
    method: `square-and-add/${ofFirst.method}`,
  });
}

/**
 * The interval of first ÷ second on different rows, by the same method; the second must be positive over its whole
 * interval, and the first not negative, else undefined.
 *
 * Source: A. Donner, G. Y. Zou, "Closed-form confidence intervals for functions of the normal mean and standard
 * deviation", Statistical Methods in Medical Research 21 (2012) 347–359.
 */
export function ratioInterval(
  first: MeasuredRows,
  second: MeasuredRows,
  confidence: number,
  signal?: AbortSignal | undefined,
): Result<Interval | undefined> {
  const both = bothIntervals(first, second, confidence, signal);
  if (!both.ok || both.value === undefined) return both as Result<undefined>;
  const [{ low: firstLow, high: firstHigh, method }, { low, high }] = both.value;
  const [a, b] = [first.measure.value, second.measure.value];
  if (!(low > 0) || !(firstLow >= 0)) return succeed(undefined);
  const product = a * b;
  const below = product * product - firstLow * high * (2 * a - firstLow) * (2 * b - high);
  const above = product * product - firstHigh * low * (2 * a - firstHigh) * (2 * b - low);
  // The far end is real only while `high` is below twice the value; beyond it the interval is too wide to be of use.
  if (!(high < 2 * b) || below < 0 || above < 0) return succeed(undefined);
  return succeed({
    low: (product - Math.sqrt(below)) / (high * (2 * b - high)),
    high: (product + Math.sqrt(above)) / (low * (2 * b - low)),
    method: `square-and-add-ratio/${method}`,
  });
}

function bothIntervals(
  first: MeasuredRows,
  second: MeasuredRows,
  confidence: number,
  signal: AbortSignal | undefined,
): Result<readonly [Interval, Interval] | undefined> {
  const ofFirst = intervalOf(first.measure, first.rows, confidence, signal);
  if (!ofFirst.ok) return ofFirst;
  const ofSecond = intervalOf(second.measure, second.rows, confidence, signal);
  if (!ofSecond.ok) return ofSecond;
  if (ofFirst.value === undefined || ofSecond.value === undefined) return succeed(undefined);
  // What never varied in resamples is not certain for that, and would make the difference look surer than it is.
  if ([ofFirst.value, ofSecond.value].some(({ low, high }) => low === high)) return succeed(undefined);
  return succeed([ofFirst.value, ofSecond.value]);
}
