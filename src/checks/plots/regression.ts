import { binCounts, equalEdges } from '../../metrics/reduce/bin-counts.ts';
import { extentOf } from '../../metrics/reduce/extent.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import type { Common } from './plot.ts';

/** Points, or where there are too many of them how many lie in each cell of a grid. */
export interface PointCloud {
  readonly points: readonly (readonly [number, number])[];
  readonly grid:
    | { readonly x: readonly number[]; readonly y: readonly number[]; readonly counts: readonly (readonly number[])[] }
    | undefined;
}

/** What was predicted against what it really was. */
export interface PredictedActualPlot extends Common, PointCloud {
  readonly kind: 'predicted-actual';
  readonly dataset: string;
  readonly range: readonly [number, number];
  readonly rows: number;
}

/** By how much each prediction is off, against the prediction; and how those residuals lie. */
export interface ResidualsPlot extends Common, PointCloud {
  readonly kind: 'residuals';
  readonly dataset: string;
  readonly rangeOfPredictions: readonly [number, number];
  readonly rangeOfResiduals: readonly [number, number];
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly mean: number;
  readonly rows: number;
}

const MOST_POINTS = 1_500;
const CELLS = 36;
const BINS = 41;

export function predictedActualPlot(rows: DatasetRows): Omit<PredictedActualPlot, 'id' | 'checks'> | undefined {
  const labels = rows.regression.labels();
  const predictions = rows.regression.predictions();
  if (!labels.ok || !predictions.ok) return undefined;
  const [low, high] = [extentOf(labels.value), extentOf(predictions.value)];
  const range = widened([Math.min(low[0], high[0]), Math.max(low[1], high[1])]);
  return {
    ...{ kind: 'predicted-actual', dataset: rows.name, range, rows: rows.rows },
    ...cloudOf(labels.value, predictions.value, range, range),
  };
}

/** A residual is label minus prediction, as scikit-learn's `PredictionErrorDisplay` has it. */
export function residualsPlot(rows: DatasetRows): Omit<ResidualsPlot, 'id' | 'checks'> | undefined {
  const labels = rows.regression.labels();
  const predictions = rows.regression.predictions();
  if (!labels.ok || !predictions.ok) return undefined;
  const residuals = labels.value.map((label, row) => label - (predictions.value[row] as number));
  const rangeOfPredictions = widened(extentOf(predictions.value));
  const [least, most] = extentOf(residuals);
  const farthest = Math.max(Math.abs(least), Math.abs(most)) || 1;
  const rangeOfResiduals = [-farthest, farthest] as const;
  const edges = equalEdges(-farthest, farthest, BINS);
  let sum = 0;
  for (let row = 0; row < residuals.length; row += 1) sum += residuals[row] as number;
  return {
    ...{ kind: 'residuals', dataset: rows.name, rangeOfPredictions, rangeOfResiduals, edges, rows: rows.rows },
    counts: Array.from(binCounts(residuals, edges).positives),
    mean: sum / residuals.length,
    ...cloudOf(predictions.value, residuals, rangeOfPredictions, rangeOfResiduals),
  };
}

function cloudOf(
  xs: Float64Array,
  ys: Float64Array,
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
): PointCloud {
  if (xs.length <= MOST_POINTS) {
    return { points: Array.from(xs, (x, row) => [x, ys[row] as number] as const), grid: undefined };
  }
  const counts = Array.from({ length: CELLS }, () => new Array<number>(CELLS).fill(0));
  const cellOf = (value: number, from: number, to: number) =>
    Math.min(CELLS - 1, Math.max(0, Math.floor(((value - from) / (to - from)) * CELLS)));
  for (let row = 0; row < xs.length; row += 1) {
    const line = counts[cellOf(ys[row] as number, low, high)] as number[];
    const column = cellOf(xs[row] as number, left, right);
    line[column] = (line[column] as number) + 1;
  }
  return { points: [], grid: { x: equalEdges(left, right, CELLS), y: equalEdges(low, high, CELLS), counts } };
}

function widened([low, high]: readonly [number, number]): readonly [number, number] {
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}
