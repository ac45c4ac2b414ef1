import type { Units } from './units.ts';

/** A metric as a function of how often each row is there, so that rows can be resampled. */
export interface RowStatistic {
  /**
   * Makes ready for many resamples.
   *
   * @returns the value for one weight per unit; NaN where it is undefined
   */
  prepare(units: Units): (weights: Float64Array) => number;
  /** What is added to the name of an interval's method where the value is not worked out anew from every row. */
  suffix?(units: Units): string;
}

/**
 * A function of sums over rows, such as a mean: each unit's sums are added up once, so that a resample costs no more
 * than there are units.
 *
 * @param rows how many rows there are
 * @param size how many sums
 * @param add adds the terms of a row to `sums` from place `at` on, weighed by the row's own weight
 */
export function sumStatistic(
  rows: number,
  size: number,
  add: (row: number, sums: Float64Array, at: number) => void,
  combine: (sums: Float64Array) => number,
): RowStatistic {
  return {
    prepare({ count, codes }) {
      const totals = new Float64Array(count * size);
      for (let row = 0; row < rows; row += 1) add(row, totals, (codes ? (codes[row] as number) : row) * size);
      const sums = new Float64Array(size);
      return (weights) => {
        sums.fill(0);
        for (let unit = 0, at = 0; unit < count; unit += 1, at += size) {
          const weight = weights[unit] as number;
          if (weight === 0) continue;
          for (let term = 0; term < size; term += 1) {
            sums[term] = (sums[term] as number) + weight * (totals[at + term] as number);
          }
        }
        return combine(sums);
      };
    },
  };
}

/** A function of the rows' weights: a row's own weight times how often its unit was drawn. */
export function weightStatistic(
  rows: number,
  own: Float64Array | undefined,
  value: (weights: Float64Array) => number,
): RowStatistic {
  return {
    prepare({ codes }) {
      const ofRows = new Float64Array(rows);
      return (weights) => {
        for (let row = 0; row < rows; row += 1) {
          const drawn = weights[codes ? (codes[row] as number) : row] as number;
          ofRows[row] = own ? drawn * (own[row] as number) : drawn;
        }
        return value(ofRows);
      };
    },
  };
}

/** A function of two statistics of the same units, such as the difference of two models on the same rows. */
export function combinedStatistic(
  first: RowStatistic,
  second: RowStatistic,
  combine: (first: number, second: number) => number,
): RowStatistic {
  return {
    suffix: (units) => first.suffix?.(units) ?? second.suffix?.(units) ?? '',
    prepare(units) {
      const ofFirst = first.prepare(units);
      const ofSecond = second.prepare(units);
      return (weights) => combine(ofFirst(weights), ofSecond(weights));
    },
  };
}

/** A function of several statistics of the same units. */
export function meanOfStatistics(
  statistics: readonly RowStatistic[],
  combine: (values: readonly number[]) => number,
): RowStatistic {
  return {
    suffix: (units) => statistics.find((each) => each.suffix)?.suffix?.(units) ?? '',
    prepare(units) {
      const prepared = statistics.map((statistic) => statistic.prepare(units));
      return (weights) => combine(prepared.map((value) => value(weights)));
    },
  };
}
