import type { Result } from '../../base/result.ts';
import type { RowCodes } from './dataset-rows.ts';

/** The rows of a data set as a ranking's metrics need them. */
export interface RankingRows {
  /** The query of each row, numbered in the order of their first rows. */
  queries(): Result<RowCodes>;
  /** Relevance: finite, not negative. */
  labels(): Result<Float64Array>;
  /** Finite numbers; the highest comes first. */
  scores(): Result<Float64Array>;
}
