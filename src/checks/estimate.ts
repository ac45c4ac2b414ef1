import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import type { Interval } from '../metrics/resampling/interval.ts';
import { poissonBootstrap, poissonBootstrapOfDistance } from '../metrics/resampling/poisson-bootstrap.ts';
import { withUnseen } from '../metrics/resampling/unseen-cells.ts';
import { type MetricName, type MetricParameter, metricFacts } from '../policy/metric-names.ts';
import type { MetricCheck } from '../policy/schema.ts';
import { measureBinary } from './estimates/binary.ts';
import { canBeResampled, type Measure } from './estimates/measure.ts';
import { measureMulticlass } from './estimates/multiclass.ts';
import { measureRanking } from './estimates/ranking.ts';
import { measureRegression } from './estimates/regression.ts';
import { unseenRows } from './estimates/row-cells.ts';
import { bootstrapInterval, LEAST_RESAMPLED } from './estimates/units.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';
import { metricLabel } from './words.ts';

/** The parameters that a check gives to its metric. */
export type MetricParameters = { readonly [Name in MetricParameter]?: MetricCheck[Name] };

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
  /** Names the formula and, with an interval, its method: `accuracy/sklearn, wilson`. */
  readonly formula: string;
  /** At the confidence asked for; null when none was. NaN where the data give none; of zero width where they can't tell. */
  readonly interval: readonly [number, number] | null;
  /** One more sentence for the message, such as the best threshold. */
  readonly note?: string;
}

export interface EstimateOptions {
  /** Two-sided, (1−c)/2 in each tail; without it there is no interval. */
  readonly confidence?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly reportProgress?: ReportProgress | undefined;
}

/**
 * Recomputes a metric from rows; a problem, in one sentence, when it is undefined there. The value is finite. Weighted
 * rows and rows with units get resampled intervals, never a closed form. Worked out once for the same rows.
 */
export function estimate(
  metric: MetricName,
  parameters: MetricParameters,
  rows: DatasetRows,
  options: EstimateOptions = {},
): Result<Estimate> {
  const { confidence, signal, reportProgress } = options;
  const key = `estimate ${metric} ${JSON.stringify(ownParameters(metric, parameters))} ${confidence}`;
  return rows.kept(key, (): Result<Estimate> => {
    const measured = measure(metric, parameters, rows);
    if (!measured.ok) return measured;
    const { value, zeroDivision, dividedBy, dividedByWhat, note } = measured.value;
    const found = { value, rows: rows.rows, dividedBy, dividedByWhat, zeroDivision, ...(note ? { note } : {}) };
    const formula = formulaOf(measured.value, rows);
    if (confidence === undefined) return succeed({ ...found, formula, interval: null });
    const interval = intervalOf(measured.value, rows, confidence, signal, reportProgress);
    if (!interval.ok) return interval;
    if (interval.value === undefined) return succeed({ ...found, formula, interval: [Number.NaN, Number.NaN] });
    const { low, high, method } = interval.value;
    return succeed({ ...found, formula: `${formula}, ${method}`, interval: [low, high] });
  });
}

/** The metric, and what intervals and differences can be made of. Its value is finite. Worked out once for the same rows. */
export function measure(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  const own = ownParameters(metric, parameters);
  return rows.kept(`measure ${metric} ${JSON.stringify(own)}`, (): Result<Measure> => {
    if (!metricFacts(metric).tasks.includes(rows.task)) {
      return fail('metric-task', `${metricLabel(metric)} does not exist for the task “${rows.task}”.`);
    }
    const measured = measureOfTask(metric, own, rows);
    if (!measured.ok || Number.isFinite(measured.value.value)) return measured;
    return fail('metric-undefined', undefinedSentence(metric, measured.value, rows));
  });
}

/** The interval of a measure: in closed form where the rows are independent and unweighted, else resampled. */
export function intervalOf(
  measured: Measure,
  rows: DatasetRows,
  confidence: number,
  signal?: AbortSignal | undefined,
  reportProgress?: ReportProgress | undefined,
): Result<Interval | undefined> {
  if (measured.closed && isPlain(rows)) {
    const isExact = measured.proportion !== undefined;
    return succeed(isExact || measured.dividedBy >= LEAST_RESAMPLED ? measured.closed(confidence) : undefined);
  }
  if (measured.statistic === undefined) return succeed(undefined);
  const units = measured.units();
  if (!units.ok) return units;
  if (!canBeResampled(measured, units.value)) return succeed(undefined);
  const bootstrap = measured.isDistance === true ? poissonBootstrapOfDistance : poissonBootstrap;
  const found = bootstrapInterval(measured.statistic(), units.value, confidence, signal, reportProgress, bootstrap);
  if (found === undefined || measured.cells === undefined) return succeed(found);
  return succeed(withUnseen(found, measured.value, unseenRows(measured.cells(), units.value, confidence)));
}

/** Whether every row counts alike and for itself, so that closed forms hold. */
export function isPlain({ dataset }: DatasetRows): boolean {
  return dataset.weight === undefined && dataset.unit === undefined;
}

/** Values that weights decided have another name than those that rows alone decided. */
export function formulaOf({ formula }: Pick<Measure, 'formula'>, { dataset }: DatasetRows): string {
  return dataset.weight === undefined ? formula : `${formula}/weighted`;
}

function measureOfTask(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<Measure> {
  switch (rows.task) {
    case 'binary':
      return measureBinary(metric, parameters, rows);
    case 'multiclass':
      return measureMulticlass(metric, parameters, rows);
    case 'regression':
      return measureRegression(metric, parameters, rows);
    case 'ranking':
      return measureRanking(metric, parameters, rows);
  }
}

function ownParameters(metric: MetricName, parameters: MetricParameters): MetricParameters {
  return Object.fromEntries(
    metricFacts(metric).parameters.flatMap((name) =>
      parameters[name] === undefined ? [] : [[name, parameters[name]]],
    ),
  );
}

function undefinedSentence(metric: MetricName, { zeroDivision }: Measure, rows: DatasetRows): string {
  const name = metricLabel(metric);
  if (!zeroDivision && !Number.isNaN(zeroDivision)) {
    return `${name} comes to no finite number on “${rows.title}”.`;
  }
  return `${name} is 0/0 on “${rows.title}”, which has no value.`;
}
