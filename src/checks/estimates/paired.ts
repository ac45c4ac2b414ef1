import { type Result, succeed } from '../../base/result.ts';
import { DELONG_LEAST_ROWS } from '../../metrics/resampling/delong.ts';
import { delongDifference } from '../../metrics/resampling/delong-paired.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import { newcombePaired } from '../../metrics/resampling/newcombe.ts';
import { withUnseen } from '../../metrics/resampling/unseen-cells.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import { isPlain, type MetricParameters } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { MeasuredRows } from './difference.ts';
import { canBeResampled, unwrap } from './measure.ts';
import { unseenPairs } from './row-cells.ts';
import { combinedStatistic } from './row-statistic.ts';
import { bootstrapInterval } from './units.ts';

/** Which rows a proportion is of, and which of them succeed. */
interface Successes {
  /** undefined: every row. */
  readonly among: Uint8Array | undefined;
  readonly succeeds: Uint8Array;
}

/**
 * The interval of first − second of two models on the same rows in the same order: Newcombe's paired one for
 * proportions whose rows the labels alone choose, paired DeLong for ROC AUC, else the Poisson bootstrap with both
 * models in each resample.
 */
export function pairedDifferenceInterval(
  metric: MetricName,
  parameters: MetricParameters,
  first: MeasuredRows,
  second: MeasuredRows,
  confidence: number,
  signal?: AbortSignal | undefined,
): Result<Interval | undefined> {
  if (isPlain(first.rows)) {
    const ofFirst = successesOf(metric, parameters, first.rows);
    const ofSecond = successesOf(metric, parameters, second.rows);
    if (ofFirst && ofSecond) return succeed(newcombeOf(ofFirst, ofSecond, confidence));
    if (metric === 'roc_auc' && first.rows.task === 'binary') {
      if (first.measure.dividedBy < DELONG_LEAST_ROWS) return succeed(undefined);
      const { flags } = unwrap(first.rows.binary.labels());
      const [a, b] = [unwrap(first.rows.binary.scores()), unwrap(second.rows.binary.scores())];
      return succeed(delongDifference(a, b, flags, confidence));
    }
  }
  return resampled(first, second, (a, b) => a - b, confidence, signal);
}

/** As `pairedDifferenceInterval`, of any function of the two values. */
export function resampled(
  first: MeasuredRows,
  second: MeasuredRows,
  combine: (first: number, second: number) => number,
  confidence: number,
  signal?: AbortSignal | undefined,
): Result<Interval | undefined> {
  const ofFirst = first.measure.statistic?.();
  const ofSecond = second.measure.statistic?.();
  if (ofFirst === undefined || ofSecond === undefined) return succeed(undefined);
  const units = first.measure.units();
  if (!units.ok) return units;
  if (![first, second].every(({ measure }) => canBeResampled(measure, units.value))) return succeed(undefined);
  const found = bootstrapInterval(combinedStatistic(ofFirst, ofSecond, combine), units.value, confidence, signal);
  if (found === undefined) return succeed(undefined);
  const interval = { ...found, method: `paired-${found.method}` };
  const [cellsOfFirst, cellsOfSecond] = [first.measure.cells?.(), second.measure.cells?.()];
  if (cellsOfFirst === undefined || cellsOfSecond === undefined) return succeed(interval);
  const value = combine(first.measure.value, second.measure.value);
  const unseen = unseenPairs(cellsOfFirst, cellsOfSecond, combine, units.value, confidence);
  return succeed(withUnseen(interval, value, unseen));
}

function newcombeOf(first: Successes, second: Successes, confidence: number): Interval | undefined {
  const cells = [0, 0, 0, 0];
  for (let row = 0; row < first.succeeds.length; row += 1) {
    if (first.among && first.among[row] === 0) continue;
    const cell = 2 * (first.succeeds[row] as number) + (second.succeeds[row] as number);
    cells[cell] = (cells[cell] as number) + 1;
  }
  const [neither = 0, onlySecond = 0, onlyFirst = 0, both = 0] = cells;
  if (both + onlyFirst + onlySecond + neither === 0) return undefined;
  return newcombePaired({ both, onlyFirst, onlySecond, neither }, confidence);
}

function successesOf(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Successes | undefined {
  if (rows.task === 'multiclass') {
    if (metric !== 'accuracy') return undefined;
    const labels = unwrap(rows.multiclass.labels());
    const predictions = unwrap(rows.multiclass.predictions());
    return { among: undefined, succeeds: flagsOf(labels.length, (row) => labels[row] === predictions[row]) };
  }
  if (rows.task !== 'binary' || (parameters.average !== undefined && parameters.average !== 'binary')) return undefined;
  if (metric === 'selection_rate') return { among: undefined, succeeds: unwrap(rows.binary.selections()) };
  if (!['accuracy', 'recall', 'specificity', 'false_positive_rate', 'false_negative_rate'].includes(metric)) {
    return undefined;
  }
  const { flags } = unwrap(rows.binary.labels());
  const predictions = unwrap(rows.binary.predictions());
  const right = flagsOf(flags.length, (row) => flags[row] === predictions[row]);
  const wrong = flagsOf(flags.length, (row) => flags[row] !== predictions[row]);
  const negatives = flagsOf(flags.length, (row) => flags[row] === 0);
  switch (metric) {
    case 'accuracy':
      return { among: undefined, succeeds: right };
    case 'recall':
      return { among: flags, succeeds: right };
    case 'false_negative_rate':
      return { among: flags, succeeds: wrong };
    case 'specificity':
      return { among: negatives, succeeds: right };
    default:
      return { among: negatives, succeeds: wrong };
  }
}

function flagsOf(rows: number, holds: (row: number) => boolean): Uint8Array {
  const flags = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) flags[row] = holds(row) ? 1 : 0;
  return flags;
}
