import { largestTriangles } from '../../metrics/reduce/largest-triangles.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { decidingThreshold, hasBand } from './classifier-curves.ts';
import type { CurvePoints } from './plot.ts';

/** As many points as are drawn of a curve, besides its ends and the operating point. */
const DRAWN_POINTS = 110;

/** All points of a curve, from the highest threshold. */
export interface WholeCurve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Falling; the first may be Infinity. */
  readonly thresholds: Float64Array;
  /** Of `y` at a point, taking rows as independent. */
  readonly interval: (index: number) => { readonly low: number; readonly high: number };
}

/** The few points that are drawn, the one at which the model decides among them, with a band where rows count alike. */
export function drawnPoints({ x, y, thresholds, interval }: WholeCurve, rows: DatasetRows): CurvePoints {
  const threshold = decidingThreshold(rows);
  const kept = threshold === undefined ? [] : [lastAtLeast(thresholds, threshold)];
  const chosen = largestTriangles(x, y, DRAWN_POINTS, kept);
  const ends = hasBand(rows) ? Array.from(chosen, interval) : undefined;
  return {
    x: Array.from(chosen, (index) => x[index] as number),
    y: Array.from(chosen, (index) => y[index] as number),
    thresholds: Array.from(chosen, (index) => finiteOrNull(thresholds[index] as number)),
    band: ends && { low: ends.map(({ low }) => low), high: ends.map(({ high }) => high) },
  };
}

/** The last of falling thresholds that is at least this: the point at which exactly those rows are predicted positive. */
function lastAtLeast(thresholds: Float64Array, threshold: number): number {
  let last = 0;
  for (let index = 0; index < thresholds.length && (thresholds[index] as number) >= threshold; index += 1) last = index;
  return last;
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
