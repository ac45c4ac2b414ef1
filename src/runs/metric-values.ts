import type { MetricPoint } from './run.ts';

/** A run with more values than this is no training's, and would fill the memory. */
export const MOST_POINTS = 2_000_000;

/** MLflow's databases can't hold infinity, so it writes the largest double instead. */
const STORED_INFINITY = Number.MAX_VALUE;

/** The value that was logged: databases keep NaN as a flag beside 0, and infinity as the largest double. */
export function decodeStoredValue(value: number | null, isNan: number | null): number {
  if (isNan || value === null) return Number.NaN;
  if (value >= STORED_INFINITY) return Number.POSITIVE_INFINITY;
  if (value <= -STORED_INFINITY) return Number.NEGATIVE_INFINITY;
  return value;
}

/** Order of a metric's points: step, then timestamp, then value; NaN counts as 0, as MLflow's databases keep it. */
export function comparePoints(a: MetricPoint, b: MetricPoint): number {
  return a.step - b.step || a.timestamp - b.timestamp || orderable(a.value) - orderable(b.value) || 0;
}

function orderable(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}
