import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { type Column, doublesOf, type NumberColumn } from '../../evidence/column-buffers.ts';
import type { ColumnRequest } from '../../evidence/table.ts';
import { compensatedSum } from '../../metrics/sums.ts';
import type { RowCodes } from './dataset-rows.ts';

export type Role = 'label' | 'prediction' | 'score' | 'weight' | 'unit' | 'query' | 'key';

/** The columns of a data set that were read. */
export interface RowColumns {
  /** The data set's name. */
  readonly name: string;
  readonly rows: number;
  column(name: string, as: ColumnRequest['as']): Result<Column>;
  /** Whether the column was read; another cannot be asked for. */
  has(name: string, as: ColumnRequest['as']): boolean;
}

/** The column that the data set declares for a role. */
export function columnOf(
  source: RowColumns,
  column: string | undefined,
  role: Role,
  as: ColumnRequest['as'],
): Result<Column> {
  if (column === undefined) return fail('column-undeclared', `Data set “${source.name}” names no \`${role}\` column.`);
  return source.column(column, as);
}

/** Finite numbers. */
export function numbersOf(source: RowColumns, column: string | undefined, role: Role): Result<Float64Array> {
  const found = columnOf(source, column, role, 'number');
  if (!found.ok) return found;
  const where = whereOf(role, column, source.name);
  if (found.value.kind !== 'number') return fail('column-type', `${where} does not hold numbers.`);
  return finite(found.value, where);
}

/** Weights: finite, none negative, not all 0. */
export function weightsOf(source: RowColumns, column: string): Result<Float64Array> {
  const found = numbersOf(source, column, 'weight');
  if (!found.ok) return found;
  const where = whereOf('weight', column, source.name);
  const row = firstOutside(found.value, 0, Number.MAX_VALUE);
  if (row >= 0) return fail('weight-negative', `${where} is negative in row ${row + 1}.`);
  return weightSumChecked(found.value, where);
}

export function weightSumChecked(weights: Float64Array, where: string): Result<Float64Array> {
  const sum = compensatedSum(weights);
  // A sum that overflows is NaN, since what was lost on the way is counted, too.
  if (sum === 0) return fail('weight-zero', `${where} adds up to 0.`);
  if (!Number.isFinite(sum)) return fail('weight-infinite', `${where} adds up to more than can be reckoned with.`);
  return succeed(weights);
}

/** Numbers from 0 for the values of a column, in the order of their first rows. */
export function codesOf(source: RowColumns, column: string | undefined, role: Role): Result<RowCodes> {
  const found = columnOf(source, column, role, 'value');
  if (!found.ok) return found;
  const where = whereOf(role, column, source.name);
  const { nulls } = found.value;
  if (nulls > 0) return fail('cell-null', `${where} is null in ${countOf(nulls, 'row')}.`);
  if (found.value.kind === 'text') return succeed({ codes: found.value.codes, count: found.value.categories.length });
  if (found.value.nans > 0) return fail('cell-nan', `${where} is NaN in ${countOf(found.value.nans, 'row')}.`);
  return succeed(numberCodes(found.value.values));
}

function numberCodes(values: NumberColumn['values']): RowCodes {
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[row] = code;
  }
  return { codes, count: known.size };
}

export function finite(column: NumberColumn, where: string): Result<Float64Array> {
  if (column.nulls > 0) return fail('cell-null', `${where} is null in ${countOf(column.nulls, 'row')}.`);
  if (column.nans > 0) return fail('cell-nan', `${where} is NaN in ${countOf(column.nans, 'row')}.`);
  const values = doublesOf(column);
  // Most columns of scores hold probabilities, and are then known to be both.
  if (areProbabilities(values)) return succeed(values);
  const row = firstOutside(values, -Number.MAX_VALUE, Number.MAX_VALUE);
  return row < 0 ? succeed(values) : fail('cell-infinite', `${where} is infinite in row ${row + 1}.`);
}

/** Scores that are probabilities. */
export function probabilitiesOf(scores: Result<Float64Array>, where: string): Result<Float64Array> {
  if (!scores.ok || areProbabilities(scores.value)) return scores;
  const row = firstOutside(scores.value, 0, 1);
  return fail('score-range', `${where} is ${scores.value[row]} in row ${row + 1}; a probability lies between 0 and 1.`);
}

/**
 * Scores that a threshold can divide. One between 0 and 1 is of probabilities, and any other but 1 is not: it would take
 * all or none for positive, and recall or specificity would be perfect.
 */
export function scoresForThreshold(
  scores: Result<Float64Array>,
  threshold: number,
  where: string,
): Result<Float64Array> {
  if (threshold > 0 && threshold < 1) return probabilitiesOf(scores, where);
  if (!scores.ok || threshold === 1 || !areProbabilities(scores.value)) return scores;
  const range = threshold > 1 ? 'above 1' : 'below 0';
  return fail('score-range', `${where} is never ${range}, and the threshold is ${threshold}; give both on one scale.`);
}

const PROBABILITIES = new WeakSet<Float64Array>();

/** Whether all numbers lie between 0 and 1; found out once for an array. */
function areProbabilities(values: Float64Array): boolean {
  if (PROBABILITIES.has(values)) return true;
  if (firstOutside(values, 0, 1) >= 0) return false;
  PROBABILITIES.add(values);
  return true;
}

/** The first row whose value is not from `least` to `most`; -1 when there is none. */
export function firstOutside(values: Float64Array, least: number, most: number): number {
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (!(value >= least && value <= most)) return row;
  }
  return -1;
}

export function whereOf(role: Role, column: string | undefined, dataset: string): string {
  return `The ${role} column “${column}” of data set “${dataset}”`;
}

export function noRows<Value>(title: string): Result<Value> {
  return fail('table-empty', `Data set “${title}” has no rows.`);
}
