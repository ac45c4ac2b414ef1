import type { ScoreTable, TableSlopes } from '../../metrics/score-table.ts';
import { binnedStatistic, binsFor } from './binned-statistic.ts';
import { rankRows, tableOf } from './ranked-rows.ts';
import type { RowStatistic } from './row-statistic.ts';

/** A metric of a score table; NaN where it is undefined. */
export interface TableMetric {
  readonly value: (table: ScoreTable) => number;
  /** Where it is smooth enough to be told from its slopes. */
  readonly slopes?: (table: ScoreTable) => TableSlopes;
}

/** Up to this number of rows, going through all of them costs no more than bins do. */
const MOST_ROWS = 250_000;
/** With fewer rows of a class, the average precision of bins strays by more than a few hundredths of its own spread. */
const LEAST_OF_CLASS = 2000;

/**
 * A function of a score table. The rows are sorted once; a resample only fills the table's weights anew. Many rows are
 * put into bins, where the metric allows it.
 *
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param mostRows up to how many rows a resample goes through each of them
 */
export function scoreTableStatistic(
  scores: Float64Array,
  labels: Uint8Array,
  own: Float64Array | undefined,
  { value, slopes }: TableMetric,
  mostRows = MOST_ROWS,
): RowStatistic {
  const binned = slopes !== undefined && scores.length > mostRows && rarerClass(labels) >= LEAST_OF_CLASS;
  return {
    suffix: ({ count }) => (binned ? `/bins-${binsFor(count)}` : ''),
    prepare(units) {
      const rows = rankRows(scores, labels, own, units);
      if (binned) return binnedStatistic(rows, units.count, value, slopes);
      const fill = tableOf(rows);
      return (weights) => value(fill(weights));
    },
  };
}

function rarerClass(labels: Uint8Array): number {
  let positives = 0;
  for (let row = 0; row < labels.length; row += 1) positives += labels[row] as number;
  return Math.min(positives, labels.length - positives);
}
