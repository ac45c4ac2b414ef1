import type { ScoreTable } from '../../metrics/score-table.ts';
import { sortFloats } from '../../metrics/sort-floats.ts';
import type { Units } from './units.ts';

/** A metric as a function of how often each row is there, so that rows can be resampled. */
export interface RowStatistic {
  /**
   * Makes ready for many resamples.
   *
   * @returns the value for one weight per unit; NaN where it is undefined
   */
  prepare(units: Units): (weights: Float64Array) => number;
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

/**
 * A function of a score table. The rows are sorted once; a resample only fills the table's weights anew.
 *
 * @param labels 1 where the ground truth is the positive class, else 0
 */
export function scoreTableStatistic(
  scores: Float64Array,
  labels: Uint8Array,
  own: Float64Array | undefined,
  value: (table: ScoreTable) => number,
): RowStatistic {
  return {
    prepare({ codes }) {
      const rows = scores.length;
      const places = Float64Array.from({ length: rows }, (_, row) => row);
      const { sorted, carried = places } = sortFloats(scores.slice(), places);
      const unitOf = new Int32Array(rows);
      const flags = new Uint8Array(rows);
      const owned = own && new Float64Array(rows);
      /** Which entry of the table a sorted row belongs to. */
      const entryOf = new Int32Array(rows);
      let entries = 0;
      for (let at = 0; at < rows; at += 1) {
        const row = carried[at] as number;
        unitOf[at] = codes ? (codes[row] as number) : row;
        flags[at] = labels[row] as number;
        if (owned) owned[at] = (own as Float64Array)[row] as number;
        if (at > 0 && sorted[at] !== sorted[at - 1]) entries += 1;
        entryOf[at] = entries;
      }
      const size = rows > 0 ? entries + 1 : 0;
      const distinct = new Float64Array(size);
      for (let at = 0; at < rows; at += 1) distinct[entryOf[at] as number] = sorted[at] as number;
      const positives = new Float64Array(size);
      const negatives = new Float64Array(size);
      return (weights) => {
        positives.fill(0);
        negatives.fill(0);
        for (let at = 0; at < rows; at += 1) {
          const drawn = weights[unitOf[at] as number] as number;
          if (drawn === 0) continue;
          const weight = owned ? drawn * (owned[at] as number) : drawn;
          const side = flags[at] === 1 ? positives : negatives;
          const entry = entryOf[at] as number;
          side[entry] = (side[entry] as number) + weight;
        }
        return value({ scores: distinct, positives, negatives });
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
    prepare(units) {
      const prepared = statistics.map((statistic) => statistic.prepare(units));
      return (weights) => combine(prepared.map((value) => value(weights)));
    },
  };
}
