import { averagePrecision } from '../../metrics/average-precision.ts';
import { proportionInterval } from '../../metrics/resampling/proportion.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type ClassScoreTable, classesWithCurve, decidingThreshold, ifRead } from './classifier-curves.ts';
import { drawnPoints } from './drawn-points.ts';
import type { CurvePoints, OperatingPoint, PrecisionRecallPlot } from './plot.ts';

/**
 * The precision-recall curve with scikit-learn's last point at recall 0 and precision 1, where the model decides on it,
 * and the interval of the precision at each threshold, which takes rows as independent.
 */
export function precisionRecallPlot(
  rows: DatasetRows,
  tables: readonly ClassScoreTable[],
  confidence: number,
): Omit<PrecisionRecallPlot, 'id' | 'checks'> | undefined {
  const usable = tables.filter(({ thinned }) => (thinned.positives.at(-1) ?? 0) > 0);
  if (usable.length === 0) return undefined;
  const curves = usable.map((each) => ({
    name: each.name,
    points: pointsOf(each, rows, confidence),
    value: averagePrecision(each.table).value,
  }));
  const baseRates = usable.map(({ thinned }) => {
    const positive = thinned.positives.at(-1) ?? 0;
    return positive / (positive + (thinned.negatives.at(-1) ?? 0));
  });
  const about = { dataset: rows.name, rows: rows.rows, classes: classesWithCurve(rows) };
  return { kind: 'precision-recall', ...about, curves, operating: operatingPoint(rows), confidence, baseRates };
}

function pointsOf({ thinned }: ClassScoreTable, rows: DatasetRows, confidence: number): CurvePoints {
  const { positives, negatives, thresholds } = thinned;
  const total = positives.at(-1) ?? 0;
  const selected = positives.map((positive, point) => positive + (negatives[point] as number));
  const whole = {
    x: positives.map((positive) => positive / total),
    y: positives.map((positive, point) => (point === 0 ? 1 : positive / (selected[point] as number))),
    thresholds,
    interval: (index: number) =>
      index === 0
        ? { low: 0, high: 1 }
        : proportionInterval(positives[index] as number, selected[index] as number, confidence),
  };
  return drawnPoints(whole, rows);
}

function operatingPoint(rows: DatasetRows): OperatingPoint | undefined {
  if (rows.task !== 'binary') return undefined;
  const counted = ifRead(() => rows.binary.confusion());
  if (!counted?.ok) return undefined;
  const { truePositives, falsePositives, falseNegatives } = counted.value.weighted;
  const x = truePositives / (truePositives + falseNegatives);
  const y = truePositives / (truePositives + falsePositives);
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y, threshold: decidingThreshold(rows) } : undefined;
}
