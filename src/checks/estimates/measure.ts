import type { Result } from '../../base/result.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import type { Proportion } from '../../metrics/resampling/proportion.ts';
import { UnavailableError } from '../rows/unavailable.ts';
import type { RowCells } from './row-cells.ts';
import type { RowStatistic } from './row-statistic.ts';
import { LEAST_RESAMPLED, type Units } from './units.ts';

/** A metric on some rows: its value, and what an interval can be made of. */
export interface Measure {
  /** NaN where it is undefined. */
  readonly value: number;
  readonly zeroDivision: boolean;
  /** Rows that the formula divides by, whatever their weight. */
  readonly dividedBy: number;
  readonly dividedByWhat: string;
  /** With fewer rows to divide by, or fewer units, no resampled interval is to be relied on; `LEAST_RESAMPLED` when not given. */
  readonly leastResampled?: number;
  /** Without what weights and intervals add. */
  readonly formula: string;
  readonly note?: string;
  /** Successes among trials, where the value is their ratio and rows are neither weighted nor of units. */
  readonly proportion?: Proportion;
  /** The interval of unweighted rows that are all independent, where there is a better one than resampling. */
  readonly closed?: (confidence: number) => Interval | undefined;
  /** undefined where no interval can be given. */
  readonly statistic?: () => RowStatistic;
  /** Whether it can't be below 0 and lies above its truth by chance, so that its interval's high end alone judges. */
  readonly isDistance?: boolean;
  /** Where the value depends on the rows only through their labels and predictions. */
  readonly cells?: () => RowCells;
  readonly units: () => Result<Units>;
}

/** Whether there are rows and units enough for a resampled interval. */
export function canBeResampled(
  { dividedBy, leastResampled = LEAST_RESAMPLED }: Measure,
  { count }: Pick<Units, 'count'>,
): boolean {
  return Math.min(dividedBy, count) >= leastResampled;
}

/** The value of what can only have gone well. */
export function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new UnavailableError(result.problem.message);
  return result.value;
}
