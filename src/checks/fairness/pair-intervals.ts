import { type Result, succeed } from '../../base/result.ts';
import { quotientInterval, weightedSumInterval } from '../../metrics/fairness/combined-interval.ts';
import { type Contrast, foldedInterval, type PairMeasure } from '../../metrics/fairness/contrast.ts';
import { KOOPMAN_LEAST_TRIALS, koopman } from '../../metrics/fairness/proportion-ratio.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import { intervalOf, isPlain } from '../estimate.ts';
import { differenceInterval, type MeasuredRows } from '../estimates/difference.ts';
import type { MeasuredGroup } from './group-values.ts';
import type { GroupPair } from './pairs.ts';

/**
 * The interval of a measure of two groups whose rows are independent: Newcombe's for differences of proportions,
 * Koopman's for their ratios, square-and-add over the groups' own intervals for the rest. Undefined where a group has
 * none.
 */
export function independentInterval(
  pair: GroupPair,
  { contrasts, fold }: PairMeasure,
  confidence: number,
  signal?: AbortSignal,
): Result<Interval | undefined> {
  const intervals: Interval[] = [];
  for (const contrast of contrasts) {
    const found = contrastInterval(contrast, pair, confidence, signal);
    if (!found.ok || found.value === undefined) return found;
    intervals.push(found.value);
  }
  return succeed(foldedInterval(fold, intervals));
}

function contrastInterval(
  contrast: Contrast,
  pair: GroupPair,
  confidence: number,
  signal: AbortSignal | undefined,
): Result<Interval | undefined> {
  if (contrast.kind === 'ratio') {
    return ratioInterval(
      measuredRows(pair.first, contrast.of),
      measuredRows(pair.second, contrast.of),
      confidence,
      signal,
    );
  }
  const differences: { value: number; interval: Interval }[] = [];
  for (let index = 0; index < contrast.coefficients.length; index += 1) {
    const [first, second] = [measuredRows(pair.first, index), measuredRows(pair.second, index)];
    const interval = differenceInterval(first, second, confidence, signal);
    if (!interval.ok) return interval;
    if (interval.value === undefined) return succeed(undefined);
    differences.push({ value: first.measure.value - second.measure.value, interval: interval.value });
  }
  return succeed(weightedSumInterval(contrast.coefficients, differences));
}

function ratioInterval(
  first: MeasuredRows,
  second: MeasuredRows,
  confidence: number,
  signal: AbortSignal | undefined,
): Result<Interval | undefined> {
  const [a, b] = [first.measure.proportion, second.measure.proportion];
  if (a && b && isPlain(first.rows) && isPlain(second.rows)) {
    const isEnough = Math.min(a.trials, b.trials) >= KOOPMAN_LEAST_TRIALS;
    return succeed(isEnough ? koopman(a, b, confidence) : undefined);
  }
  const ofFirst = intervalOf(first.measure, first.rows, confidence, signal);
  if (!ofFirst.ok || ofFirst.value === undefined) return ofFirst;
  const ofSecond = intervalOf(second.measure, second.rows, confidence, signal);
  if (!ofSecond.ok || ofSecond.value === undefined) return ofSecond;
  // What never varies in resamples is taken as certain there, and is not.
  if ([ofFirst.value, ofSecond.value].some(({ low, high }) => low === high)) return succeed(undefined);
  return succeed(
    quotientInterval(
      { value: first.measure.value, interval: ofFirst.value },
      { value: second.measure.value, interval: ofSecond.value },
    ),
  );
}

function measuredRows({ measures, rows }: MeasuredGroup, index: number): MeasuredRows {
  const measure = measures[index];
  if (measure === undefined) throw new Error('A group that lacks a metric was compared');
  return { measure, rows };
}
