import type { Result } from '../../base/result.ts';
import type { Column } from '../../evidence/column-buffers.ts';
import type { ColumnRequest } from '../../evidence/table.ts';
import type { Task } from '../../policy/metric-names.ts';
import type { Dataset } from '../../policy/schema.ts';
import type { BinaryRows } from './binary-rows.ts';
import type { MulticlassRows } from './multiclass-rows.ts';
import type { RankingRows } from './ranking-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/** Which rows belong together: a number from 0 for each row, and how many there are. */
export interface RowCodes {
  readonly codes: Int32Array;
  readonly count: number;
}

/**
 * Rows of a data set as checks need them: all rows, or those of a group. Everything is worked out on first use and
 * kept, so that checks share it, and can be a problem, in one sentence that names data set and column. Of `binary`,
 * `multiclass`, `regression` and `ranking`, ask the one of the policy's task.
 */
export interface DatasetRows {
  /** The data set's name in the policy. */
  readonly name: string;
  /** What messages call these rows: `holdout`, `holdout, sex = female`. */
  readonly title: string;
  readonly dataset: Dataset;
  readonly task: Task;
  /** How many rows there are. */
  readonly rows: number;
  readonly binary: BinaryRows;
  readonly multiclass: MulticlassRows;
  readonly regression: RegressionRows;
  readonly ranking: RankingRows;
  /** Finite numbers, none negative, not all 0; undefined when the data set has no weights. */
  weights(): Result<Float64Array | undefined>;
  /** Rows of one unit are resampled together; undefined when the data set has no `unit`. A null is a problem. */
  units(): Result<RowCodes | undefined>;
  /** A column of the table that some check asked for in `columnsNeeded`; these rows of it. */
  column(name: string, as: ColumnRequest['as']): Result<Column>;
  /**
   * These rows alone.
   *
   * @param indices ascending, of the rows of this view
   * @param title what messages call them
   */
  only(indices: Int32Array, title: string): DatasetRows;
}
