import { type Result, succeed } from '../../base/result.ts';
import type { Cumulative } from '../../metrics/curves/cumulative.ts';
import { isClass } from '../../metrics/multiclass/scores.ts';
import { predictAtThreshold } from '../../metrics/predictions.ts';
import { thinCumulative } from '../../metrics/reduce/thin-cumulative.ts';
import { type ScoreTable, scoreTable } from '../../metrics/score-table.ts';
import { isPlain } from '../estimate.ts';
import { DEFAULT_THRESHOLD } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { UnavailableError } from '../rows/unavailable.ts';

/** How many points a curve is worked with before the few that are drawn are chosen. */
const WORKED_POINTS = 20_000;
/** Sorting the scores of so many rows only to draw them would cost as much as the check. */
const MOST_ROWS_TO_SORT = 1_000_000;
/** As many lines as can be told apart by their dashes. */
const MOST_CLASSES = 6;

/** The scores of one class against all others. */
export interface ClassScoreTable {
  /** The class; empty for two classes. */
  readonly name: string;
  readonly table: ScoreTable;
  readonly thinned: Cumulative;
}

/**
 * The score tables that curves are made of: for two classes the one that metrics use, for several one for each of the
 * first classes. undefined where the rows have no scores, or too many to be sorted for a picture alone.
 *
 * @param sorted whether a check has the score table made anyway
 */
export function classScoreTables(
  rows: DatasetRows,
  sorted: 'sorted already' | 'not sorted yet',
): readonly ClassScoreTable[] | undefined {
  return rows.kept(`plot score tables ${sorted}`, () => {
    const found = rows.task === 'binary' ? binaryTable(rows, sorted) : multiclassTables(rows);
    return found.ok ? found.value : undefined;
  });
}

/**
 * The threshold that decides on the data set. Where a column holds the decisions, it is the declared one if that would
 * decide every row alike; undefined where none is known.
 */
export function decidingThreshold(rows: DatasetRows): number | undefined {
  const { dataset, task } = rows;
  if (task !== 'binary') return undefined;
  if (dataset.prediction === undefined) return dataset.threshold ?? DEFAULT_THRESHOLD;
  const { threshold } = dataset;
  if (threshold === undefined) return undefined;
  const decidesAlike = rows.kept('plot threshold decides', () => {
    const scores = ifRead(() => rows.binary.scores());
    const predictions = ifRead(() => rows.binary.predictions());
    if (!scores?.ok || !predictions?.ok) return false;
    return predictAtThreshold(scores.value, threshold).every((flag, row) => flag === predictions.value[row]);
  });
  return decidesAlike ? threshold : undefined;
}

/** Whether single points of a curve can be given an interval: rows that count alike and for themselves. */
export function hasBand(rows: DatasetRows): boolean {
  return isPlain(rows);
}

function binaryTable(
  rows: DatasetRows,
  sorted: 'sorted already' | 'not sorted yet',
): Result<readonly ClassScoreTable[] | undefined> {
  if (rows.dataset.score === undefined || rows.dataset.label === undefined) return succeed(undefined);
  if (!hasColumns(rows) || (sorted === 'not sorted yet' && rows.rows > MOST_ROWS_TO_SORT)) return succeed(undefined);
  const table = rows.binary.scoreTable();
  if (!table.ok) return table;
  const threshold = rows.dataset.threshold ?? DEFAULT_THRESHOLD;
  return succeed([{ name: '', table: table.value, thinned: thinCumulative(table.value, WORKED_POINTS, [threshold]) }]);
}

/** Whether checks had both columns read; what no check asked for is not there. */
function hasColumns({ dataset, columnNames }: DatasetRows): boolean {
  return (
    dataset.score !== undefined &&
    dataset.label !== undefined &&
    columnNames('number').includes(dataset.score) &&
    columnNames('value').includes(dataset.label)
  );
}

function multiclassTables(rows: DatasetRows): Result<readonly ClassScoreTable[] | undefined> {
  const { dataset, columnNames } = rows;
  const columns = Object.values(dataset.scores ?? {});
  if (rows.task !== 'multiclass' || columns.length === 0 || dataset.label === undefined) return succeed(undefined);
  const read = new Set(columnNames('number'));
  if (!columns.every((column) => read.has(column)) || !columnNames('value').includes(dataset.label))
    return succeed(undefined);
  if (rows.rows * Math.min(columns.length, MOST_CLASSES) > MOST_ROWS_TO_SORT) return succeed(undefined);
  const classes = rows.multiclass.classes();
  if (!classes.ok) return classes;
  const labels = rows.multiclass.labels();
  if (!labels.ok) return labels;
  const scores = rows.multiclass.scores();
  if (!scores.ok) return scores;
  const weights = rows.weights();
  if (!weights.ok) return weights;
  return succeed(
    classes.value.slice(0, MOST_CLASSES).map((name, number) => {
      const column = scores.value[number] as Float64Array;
      const table = scoreTable(column, isClass(labels.value, number), weights.value);
      return { name, table, thinned: thinCumulative(table, WORKED_POINTS) };
    }),
  );
}

/** How many classes could have a curve; 1 where two classes share one. */
export function classesWithCurve({ task, dataset }: DatasetRows): number {
  return task === 'multiclass' ? Object.keys(dataset.scores ?? {}).length : 1;
}

/** What can be made of the columns that checks had read; undefined where it takes others. A bug is no reason to keep quiet. */
export function ifRead<Made>(make: () => Made): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    throw error;
  }
}
