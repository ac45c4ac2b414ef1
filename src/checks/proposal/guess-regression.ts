import { groupsAmong, keyAmong, LABEL_NAMES, PREDICTION_NAMES } from './column-names.ts';
import { type ColumnSketch, isCompleteNumber } from './column-sketch.ts';
import type { GuessedTable } from './guessed-table.ts';

/** Guesses label and prediction of a regression's table: numbers both, by their names (`predicted_price` is of `price`). */
export function guessRegression(columns: readonly ColumnSketch[]): GuessedTable | undefined {
  const numbers = columns.filter(isCompleteNumber);
  const prediction = numbers.find(({ name }) => PREDICTION_NAMES.test(name));
  if (prediction === undefined) return undefined;
  const stem = prediction.name.replace(/^(?:pred|predicted)_/i, '').toLowerCase();
  const candidates = numbers.filter((column) => column !== prediction && column.distinct.length > 2);
  const label =
    candidates.find(({ name }) => LABEL_NAMES.test(name)) ?? candidates.find(({ name }) => name.toLowerCase() === stem);
  if (label === undefined) return undefined;
  const others = columns.filter((column) => column !== label && column !== prediction);
  const key = keyAmong(others);
  return {
    task: 'regression',
    fields: { label: label.name, prediction: prediction.name, ...(key === undefined ? {} : { key }) },
    groups: groupsAmong(others),
  };
}
