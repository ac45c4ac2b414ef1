import { fail, type Result } from '../base/result.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';

/** One group of a data set's rows. */
export interface RowGroup {
  /** `female`, `[25,45)`, `2024-Q3`, `(missing)`; of several groups `female & [25,45)`. */
  readonly name: string;
  readonly rows: DatasetRows;
}

/**
 * The groups that `by` or `group` names, in the byte order of their names: every row is in one of them, and none is
 * empty. Kept, so that checks share them.
 */
export function partition(rows: DatasetRows, by: string | readonly string[]): Result<readonly RowGroup[]> {
  return fail('not-supported', `Grouping ${rows.title} by ${String(by)} is not supported by this version.`);
}

/** The name that a group of `by` has whose rows hold these values, one for each declared group. */
export function groupNameOf(values: readonly string[]): string {
  return values.join(' & ');
}
