import { fail, type Result } from '../base/result.ts';
import type { MetricName, MetricParameter } from '../policy/metric-names.ts';
import type { MetricCheck } from '../policy/schema.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';

/** The parameters that a check gives to its metric. */
export type MetricParameters = Readonly<Pick<MetricCheck, MetricParameter>>;

/** A metric's value on some rows, and how sure it is. */
export interface Estimate {
  readonly value: number;
  /** Rows that there are. */
  readonly rows: number;
  /** Rows that the formula divides by, whatever their weight: what `min_rows` counts. */
  readonly dividedBy: number;
  /** Of what `dividedBy` counts, e.g. "positive rows". */
  readonly dividedByWhat: string;
  /** Whether the formula came to 0/0, where scikit-learn says 0. */
  readonly zeroDivision: boolean;
  /** Names the formula and, with an interval, its method: `accuracy/sklearn wilson`. */
  readonly formula: string;
  /** At the confidence asked for; null when none was. Not finite, or of zero width, where the data can't tell. */
  readonly interval: readonly [number, number] | null;
  /** One more sentence for the message, such as the best threshold; without a full stop's successor. */
  readonly note?: string;
}

export interface EstimateOptions {
  /** Two-sided, (1−c)/2 in each tail; without it there is no interval. */
  readonly confidence?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Recomputes a metric from rows; a problem, in one sentence, when it is undefined there. The value is finite. Weighted
 * rows and rows with units get resampled intervals, never a closed form.
 */
export function estimate(
  metric: MetricName,
  _parameters: MetricParameters,
  rows: DatasetRows,
  _options: EstimateOptions = {},
): Result<Estimate> {
  return fail('not-supported', `Recomputing ${metric} on ${rows.title} is not supported by this version.`);
}
