/**
 * The values that the data leave possible, at a two-sided confidence c: (1−c)/2 in each tail. `method` names the
 * formula, seed and resample count included, and goes into an outcome's formula.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

/** The chance that each tail leaves out. */
export function tailOf(confidence: number): number {
  return (1 - confidence) / 2;
}

/** The interval of the absolute value of what `interval` holds: what judges a spread, whose floor is 0. */
export function absoluteInterval({ low, high, method }: Interval): Interval {
  const far = Math.max(Math.abs(low), Math.abs(high));
  return { low: low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high)), high: far, method };
}
