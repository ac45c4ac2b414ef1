import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import { rocAuc } from '../../metrics/roc-auc.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type ClassScoreTable, classesWithCurve, decidingThreshold, ifRead } from './classifier-curves.ts';
import { drawnPoints } from './drawn-points.ts';
import type { CurvePoints, OperatingPoint, RocPlot } from './plot.ts';

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
  const whole = {
    x: negatives.map((negative) => negative / totalNegative),
    y: positives.map((positive) => positive / totalPositive),
    thresholds,
    interval: (index: number) => proportionInterval(positives[index] as number, totalPositive, confidence),
  };
  return drawnPoints(whole, rows);
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
