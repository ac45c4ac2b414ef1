import type { Task } from '../../policy/metric-names.ts';

/** Rows that people may be treated unequally in: a column's values, or bins of its numbers. */
export interface GuessedGroup {
  /** What the policy calls it. */
  readonly name: string;
  readonly column: string;
  /** For the reader of the proposal; none where the column is binned. */
  readonly values: readonly string[];
  readonly bins?: readonly number[];
}

/** What a prediction table seems to hold. */
export interface GuessedTable {
  readonly task: Task;
  /** The data set's keys but `path` and `groups`, in the order in which a policy has them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly groups: readonly GuessedGroup[];
}
