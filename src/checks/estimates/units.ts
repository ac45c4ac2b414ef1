import { fail, type ReportProgress, type Result, succeed } from '../../base/result.ts';
import { formatNumber } from '../../base/text.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import { poissonBootstrap } from '../../metrics/resampling/poisson-bootstrap.ts';
import type { DatasetRows, RowCodes } from '../rows/dataset-rows.ts';
import type { RowStatistic } from './row-statistic.ts';

/** What is drawn again in a resample. */
export interface Units {
  readonly count: number;
  /** How many rows or units there are that say something of their own, before any were joined to blocks. */
  readonly independent: number;
  /** The unit of each row; undefined where each row is its own. */
  readonly codes: Int32Array | undefined;
  /** What is added to the name of an interval's method: `/unit`, `/blocks-20000`. */
  readonly suffix: string;
  /** What one of them is called in messages. */
  readonly noun: string;
}

/** Above this number of units they are drawn in blocks of several, chosen as by lot. */
const MOST_UNITS = 100_000;
const BLOCKS = 20_000;
const RESAMPLES_PER_REPORT = 100;
/** Fewer were not simulated, so nobody knows how sure their interval would be. */
export const LEAST_RESAMPLED = 20;

/** The rows, or the units that the data set declares. */
export function unitsOf(rows: DatasetRows): Result<Units> {
  return rows.kept('resampling units', (): Result<Units> => {
    const units = rows.units();
    if (!units.ok) return units;
    return succeed(blocked(units.value, rows.rows, 'row'));
  });
}

/**
 * The queries of a ranking, or the units that they belong to. One per query, not per row.
 *
 * @param queries the query of each row
 */
export function unitsOfQueries(rows: DatasetRows, queries: RowCodes): Result<Units> {
  const units = rows.units();
  if (!units.ok) return units;
  if (units.value === undefined) return succeed(blocked(undefined, queries.count, 'query'));
  const codes = new Int32Array(queries.count).fill(-1);
  for (let row = 0; row < queries.codes.length; row += 1) {
    const query = queries.codes[row] as number;
    const unit = units.value.codes[row] as number;
    if (codes[query] !== -1 && codes[query] !== unit) {
      return fail(
        'unit-splits-query',
        `In “${rows.title}” one query has rows of several units; units must hold whole queries.`,
      );
    }
    codes[query] = unit;
  }
  return succeed(blocked({ codes, count: units.value.count }, queries.count, 'query'));
}

/** The interval by Poisson bootstrap over the units; undefined where the data don't give one. */
export function bootstrapInterval(
  statistic: RowStatistic,
  units: Units,
  confidence: number,
  signal?: AbortSignal | undefined,
  reportProgress?: ReportProgress | undefined,
  bootstrap: typeof poissonBootstrap = poissonBootstrap,
): Interval | undefined {
  if (units.count < LEAST_RESAMPLED) return undefined;
  const found = bootstrap(units.count, watched(statistic.prepare(units), reportProgress), confidence, signal);
  return found && { ...found, method: found.method + units.suffix + (statistic.suffix?.(units) ?? '') };
}

/** Says every now and then how many resamples are done. */
function watched(
  value: (weights: Float64Array) => number,
  reportProgress: ReportProgress | undefined,
): (weights: Float64Array) => number {
  if (reportProgress === undefined) return value;
  let done = 0;
  return (weights) => {
    done += 1;
    if (done % RESAMPLES_PER_REPORT === 0) reportProgress({ message: `Resampling: ${formatNumber(done)} done` });
    return value(weights);
  };
}

/**
 * A resample of blocks varies as one of their members does, so many units cost no more than a few ten thousand. Which
 * block a unit is in depends on its number alone, scrambled, so that no order of the rows shows.
 */
function blocked(units: RowCodes | undefined, rows: number, noun: string): Units {
  const count = units?.count ?? rows;
  const own = units ? '/unit' : '';
  const what = units ? 'unit' : noun;
  if (count <= MOST_UNITS) return { count, independent: count, codes: units?.codes, suffix: own, noun: what };
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) codes[row] = scrambled(units ? (units.codes[row] as number) : row) % BLOCKS;
  return { count: BLOCKS, independent: count, codes, suffix: `${own}/blocks-${BLOCKS}`, noun: what };
}

/** C. Wellons' lowbias32: every bit of the number decides every bit of the answer. */
function scrambled(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
