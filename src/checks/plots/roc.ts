import { largestTriangles } from '../../metrics/reduce/largest-triangles.ts';
import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type ClassScoreTable, classesWithCurve, decidingThreshold, hasBand, ifRead } from './classifier-curves.ts';
import type { CurvePoints, OperatingPoint, RocPlot } from './plot.ts';

/** As many points as are drawn of a curve, besides its ends and the operating point. */
export const DRAWN_POINTS = 110;

/**
 * The ROC curve, where the model decides on it, and the interval of the true positive rate at each threshold (Wilson's,
 * or Clopper and Pearson's), which takes rows as independent.
 */
export function rocPlot(
  rows: DatasetRows,
  tables: readonly ClassScoreTable[],
  confidence: number,
): Omit<RocPlot, 'id' | 'checks'> | undefined {
  const curves = tables
    .map((each) => ({ name: each.name, points: pointsOf(each, rows, confidence), value: rocAuc(each.table) }))
    .filter(({ value }) => Number.isFinite(value));
  if (curves.length === 0) return undefined;
  const about = { dataset: rows.name, rows: rows.rows, classes: classesWithCurve(rows) };
  return { kind: 'roc', ...about, curves, operating: operatingPoint(rows), confidence };
}

function pointsOf({ thinned }: ClassScoreTable, rows: DatasetRows, confidence: number): CurvePoints {
  const { positives, negatives, thresholds } = thinned;
  const totalPositive = positives.at(-1) ?? 0;
  const totalNegative = negatives.at(-1) ?? 0;
  const x = negatives.map((negative) => negative / totalNegative);
  const y = positives.map((positive) => positive / totalPositive);
  const threshold = decidingThreshold(rows);
  const chosen = largestTriangles(
    x,
    y,
    DRAWN_POINTS,
    threshold === undefined ? [] : [lastAtLeast(thresholds, threshold)],
  );
  const ends = hasBand(rows)
    ? Array.from(chosen, (index) => proportionInterval(positives[index] as number, totalPositive, confidence))
    : undefined;
  return {
    x: Array.from(chosen, (index) => x[index] as number),
    y: Array.from(chosen, (index) => y[index] as number),
    thresholds: Array.from(chosen, (index) => finiteOrNull(thresholds[index] as number)),
    band: ends && { low: ends.map(({ low }) => low), high: ends.map(({ high }) => high) },
  };
}

/** The last of falling thresholds that is at least this: the point at which exactly those rows are predicted positive. */
export function lastAtLeast(thresholds: Float64Array, threshold: number): number {
  let last = 0;
  for (let index = 0; index < thresholds.length && (thresholds[index] as number) >= threshold; index += 1) last = index;
  return last;
}

export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** From the engine's own counts; undefined for several classes, which are decided between by no one threshold. */
function operatingPoint(rows: DatasetRows): OperatingPoint | undefined {
  if (rows.task !== 'binary') return undefined;
  const counted = ifRead(() => rows.binary.confusion());
  if (!counted?.ok) return undefined;
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counted.value.weighted;
  const x = falsePositives / (falsePositives + trueNegatives);
  const y = truePositives / (truePositives + falseNegatives);
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y, threshold: decidingThreshold(rows) } : undefined;
}
