import type { Interval } from '../resampling/interval.ts';
import type { SamplingNoise } from './sampling-noise.ts';

/** How far several columns have moved together. */
export interface MultivariateDrift {
  readonly value: number;
  readonly formula: string;
  /** Rows compared, of the smaller sample. */
  readonly rows: number;
  readonly noise: SamplingNoise;
  readonly interval: Interval | null;
  /** Shown, never decides. */
  readonly pValue: number;
}
