import type { Interval } from '../resampling/interval.ts';

/**
 * One signed comparison of two groups: a weighted sum of the differences of their values, or the ratio of one value.
 * The values are those of one or two metrics on each group, always in the same order.
 */
export type Contrast =
  | { readonly kind: 'difference'; readonly coefficients: readonly number[] }
  | { readonly kind: 'ratio'; readonly of: number };

/** How a measure's contrasts make one number. */
export type Fold =
  /** The only contrast as it is: AIF360's signed measures. */
  | 'signed'
  /** The largest absolute value: a spread, of which 0 is the floor. */
  | 'largest'
  /** The smallest ratio, each turned so that it is at most 1. */
  | 'smallest';

/** A fairness measure of two groups. */
export interface PairMeasure {
  readonly contrasts: readonly Contrast[];
  readonly fold: Fold;
}

const FIRST: Contrast = { kind: 'difference', coefficients: [1] };
const FIRST_OF_TWO: Contrast = { kind: 'difference', coefficients: [1, 0] };
const SECOND_OF_TWO: Contrast = { kind: 'difference', coefficients: [0, 1] };
const MEAN: Contrast = { kind: 'difference', coefficients: [0.5, 0.5] };
const HALF_DIFFERENCE: Contrast = { kind: 'difference', coefficients: [0.5, -0.5] };

/** First − second: `statistical_parity_difference`, `equal_opportunity_difference`. */
export const SIGNED_DIFFERENCE: PairMeasure = { contrasts: [FIRST], fold: 'signed' };
/** First ÷ second: `disparate_impact`. */
export const SIGNED_RATIO: PairMeasure = { contrasts: [{ kind: 'ratio', of: 0 }], fold: 'signed' };
/** Mean of two differences: `average_odds_difference`. */
export const MEAN_DIFFERENCE: PairMeasure = { contrasts: [MEAN], fold: 'signed' };
/**
 * Mean of two absolute differences, `average_abs_odds_difference`: (|a| + |b|) / 2 is the larger of |a + b| / 2 and
 * |a − b| / 2, so it is within a bound just where both are.
 */
export const MEAN_ABSOLUTE_DIFFERENCE: PairMeasure = { contrasts: [MEAN, HALF_DIFFERENCE], fold: 'largest' };
/** |First − second|: Fairlearn's differences; over all pairs of groups its largest is largest minus smallest. */
export const ABSOLUTE_DIFFERENCE: PairMeasure = { contrasts: [FIRST], fold: 'largest' };
/** The larger of two absolute differences: `equalized_odds_difference`. */
export const LARGER_DIFFERENCE: PairMeasure = { contrasts: [FIRST_OF_TWO, SECOND_OF_TWO], fold: 'largest' };
/** Smaller ÷ larger: Fairlearn's ratios. */
export const FOLDED_RATIO: PairMeasure = { contrasts: [{ kind: 'ratio', of: 0 }], fold: 'smallest' };
/** The smaller of two such ratios: `equalized_odds_ratio`. */
export const SMALLER_RATIO: PairMeasure = {
  contrasts: [
    { kind: 'ratio', of: 0 },
    { kind: 'ratio', of: 1 },
  ],
  fold: 'smallest',
};

/** A contrast's value; NaN for 0/0 and for ratios of negative values, which say nothing. */
export function contrastOf(contrast: Contrast, first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (contrast.kind === 'ratio') {
    const above = first[contrast.of] as number;
    const below = second[contrast.of] as number;
    return above < 0 || below < 0 ? Number.NaN : above / below;
  }
  let sum = 0;
  for (let index = 0; index < contrast.coefficients.length; index += 1) {
    sum += (contrast.coefficients[index] as number) * ((first[index] as number) - (second[index] as number));
  }
  return sum;
}

/** The measure of its contrasts' values; NaN when any of them is. */
export function foldedValue(fold: Fold, values: readonly number[]): number {
  switch (fold) {
    case 'signed':
      return values[0] as number;
    case 'largest':
      return Math.max(...values.map(Math.abs));
    case 'smallest':
      return Math.min(...values.map(atMostOne));
  }
}

/**
 * The interval of the measure from those of its contrasts. The largest of several lies within a bound just where each
 * does, so each tail is left out with no more than its nominal chance.
 */
export function foldedInterval(fold: Fold, intervals: readonly Interval[]): Interval {
  const { method } = intervals[0] as Interval;
  if (fold === 'signed') return intervals[0] as Interval;
  const folded = intervals.map(fold === 'largest' ? absoluteEnds : ratioEnds);
  const extreme = fold === 'largest' ? Math.max : Math.min;
  return { low: extreme(...folded.map(([low]) => low)), high: extreme(...folded.map(([, high]) => high)), method };
}

function absoluteEnds({ low, high }: Interval): [number, number] {
  const sizes = [Math.abs(low), Math.abs(high)] as const;
  return [low <= 0 && high >= 0 ? 0 : Math.min(...sizes), Math.max(...sizes)];
}

function ratioEnds({ low, high }: Interval): [number, number] {
  const sizes = [atMostOne(low), atMostOne(high)] as const;
  return [Math.min(...sizes), low <= 1 && high >= 1 ? 1 : Math.max(...sizes)];
}

function atMostOne(ratio: number): number {
  return ratio > 1 ? 1 / ratio : ratio;
}
