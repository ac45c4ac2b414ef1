import type { Interval } from '../../../src/metrics/resampling/interval.ts';
import { type Random, seededRandom } from '../../../src/metrics/resampling/random.ts';

/** One sample's value and, asked for when it is needed, its interval. */
export interface Sample {
  readonly value: number;
  interval(): Interval | undefined;
  /** A rough standard error, where making the interval is slow. */
  readonly standardError?: number;
}

/** Samples of one kind whose truth is known. */
export interface Scenario {
  /** What the interval is of, e.g. `recall`. */
  readonly name: string;
  /** The values of the truth that make sense here. */
  readonly truths: readonly number[];
  /** Rows of the rarer class (or rows, where there are no classes). */
  readonly sizes: readonly number[];
  /** The bound on which the truth lies; the truth itself when not given. */
  boundFor?(truth: number): number;
  /** Which way the bound holds. */
  readonly side: 'min' | 'max';
  /** Fewer draws than usual where one takes long; the record shows how many there were. */
  drawsFor?(size: number): number | undefined;
  prepare(truth: number, size: number): (random: Random) => Sample;
}

/** All scenarios of one way to make intervals. */
export interface MethodCoverage {
  readonly method: string;
  readonly scenarios: readonly Scenario[];
}

export const TRUTHS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98] as const;
export const SIZES = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
export const CONFIDENCE = 0.95;

const PILOT_DRAWS = 300;
/** The error of one sample may well be smaller than that over samples. */
const CAUTION = 0.75;

/** Gives each sample the spread of values over other samples, less a margin, as its standard error. */
export function withPilotError(scenario: Scenario): Scenario {
  return {
    ...scenario,
    prepare(truth, size) {
      const draw = scenario.prepare(truth, size);
      const random = seededRandom(PILOT_DRAWS);
      const values = Float64Array.from({ length: PILOT_DRAWS }, () => draw(random).value);
      const mean = values.reduce((sum, value) => sum + value, 0) / PILOT_DRAWS;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / PILOT_DRAWS;
      const standardError = CAUTION * Math.sqrt(variance);
      return (own) => ({ ...draw(own), standardError });
    },
  };
}
