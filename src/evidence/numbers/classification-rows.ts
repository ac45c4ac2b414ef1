import type { JsonObject } from '../../base/lenient-json.ts';

export const CLASSIFICATION_COLUMNS = ['precision', 'recall', 'f1-score', 'support'] as const;
type Column = (typeof CLASSIFICATION_COLUMNS)[number];

/** A row of a classification report: of a class, or of an average over all. */
export interface ClassRow {
  readonly name: string;
  readonly cells: JsonObject;
}

/** How far a number may be from what the others come to, since people round what they save. */
const ROUNDING = 0.002;

/** The column whose cell is neither a share nor NaN, or whose support is negative. */
export function impossibleCell(row: ClassRow): Column | undefined {
  return CLASSIFICATION_COLUMNS.find((column) => {
    const value = cellOf(row, column);
    return value < 0 || (column !== 'support' && value > 1);
  });
}

/**
 * Why the number of a class must not be relied on, in words that continue “it …”. Without rows of a class its recall
 * divides by nothing, and without a row that was predicted to be of it its precision: then the number is whatever
 * `zero_division` says. That no row was predicted rightly shows in a recall of zero.
 */
export function cellDoubt(row: ClassRow, column: Column): string | undefined {
  const value = cellOf(row, column);
  if (column === 'support' || !(value > 0)) return undefined;
  if (cellOf(row, 'support') === 0) return 'is of a class without rows, for which it is not defined';
  if (column === 'precision' && cellOf(row, 'recall') === 0) {
    return 'is of a class that was never predicted, for which it is not defined';
  }
  return column === 'f1-score' && isOff(value, harmonicMean(row))
    ? 'is not what its precision and its recall come to'
    : undefined;
}

/** The same of an average over the classes; nothing is known of those over samples, and a micro average has no classes. */
export function averageDoubt(average: ClassRow, column: Column, classes: readonly ClassRow[]): string | undefined {
  if (column === 'support') return undefined;
  const without = classes.find((row) => !Number.isFinite(cellOf(row, column)));
  if (without !== undefined) return `leaves out the class “${shortName(without)}”, for which it is not defined`;
  const isWeighted = average.name === 'weighted avg';
  if (!isWeighted && average.name !== 'macro avg') return undefined;
  const weights = classes.map((row) => (isWeighted ? cellOf(row, 'support') : 1));
  const undefinedIn = classes.find((row, at) => weights[at] !== 0 && cellDoubt(row, column) !== undefined);
  if (undefinedIn !== undefined) return `counts the class “${shortName(undefinedIn)}”, whose own number is in doubt`;
  const total = sum(weights);
  // Rows that are not listed, as those of a class called “accuracy”, can’t be counted.
  if (!(total > 0) || isOff(sum(classes.map((row) => cellOf(row, 'support'))), cellOf(average, 'support'))) {
    return isWeighted ? undefined : 'is over other classes than those that are listed';
  }
  const mean = sum(classes.map((row, at) => cellOf(row, column) * (weights[at] ?? 0))) / total;
  return isOff(cellOf(average, column), mean) ? 'is not what the classes come to' : undefined;
}

function harmonicMean(row: ClassRow): number {
  const precision = cellOf(row, 'precision');
  const recall = cellOf(row, 'recall');
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function isOff(stated: number, counted: number): boolean {
  return Math.abs(stated - counted) > ROUNDING * Math.max(1, Math.abs(counted));
}

function cellOf({ cells }: ClassRow, column: Column): number {
  const value = cells.get(column);
  return typeof value === 'number' ? value : Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function shortName({ name }: ClassRow): string {
  return name.slice(0, 60);
}
