import { groupsAmong, keyAmong, LABEL_NAMES, PREDICTION_NAMES } from './column-names.ts';
import { type ColumnSketch, isProbability } from './column-sketch.ts';
import type { GuessedTable } from './guessed-table.ts';

const SCORE_PREFIXES = ['p_', 'prob_', 'proba_', 'score_', 'probability_', ''] as const;
/** Whole numbers with more values than this are counts or amounts rather than classes. */
const MOST_NUMBERED_CLASSES = 20;

/**
 * Guesses which column is which of a classifier's table with three classes or more: a label by its name, and either a
 * prediction with no other values or a probability for each class, named after it (`p_cat`, `prob_cat`, `cat`).
 */
export function guessMulticlass(columns: readonly ColumnSketch[]): GuessedTable | undefined {
  const label = columns.find((column) => LABEL_NAMES.test(column.name) && isClasses(column));
  if (label === undefined) return undefined;
  const prediction = columns.find(
    (column) =>
      column !== label &&
      PREDICTION_NAMES.test(column.name) &&
      !column.more &&
      column.missing === 0 &&
      column.distinct.every((value) => label.distinct.includes(value)),
  );
  const scores = scoresOf(label, columns);
  if (prediction === undefined && scores === undefined) return undefined;
  const taken = new Set([label.name, prediction?.name, ...Object.values(scores ?? {})]);
  const others = columns.filter(({ name }) => !taken.has(name));
  const key = keyAmong(others);
  return {
    task: 'multiclass',
    fields: {
      label: label.name,
      ...(scores === undefined ? {} : { scores }),
      ...(prediction === undefined ? {} : { prediction: prediction.name }),
      ...(key === undefined ? {} : { key }),
    },
    groups: groupsAmong(others),
  };
}

function isClasses({ distinct, more, missing, numeric }: ColumnSketch): boolean {
  if (more || missing > 0 || distinct.length < 3) return false;
  return !numeric || (distinct.length <= MOST_NUMBERED_CLASSES && distinct.every(Number.isSafeInteger));
}

/** Class → its column; undefined unless every class has one. */
function scoresOf(label: ColumnSketch, columns: readonly ColumnSketch[]): Record<string, string> | undefined {
  const names = new Set(columns.filter(isProbability).map(({ name }) => name));
  const classes = label.distinct.map(String).sort();
  const prefix = SCORE_PREFIXES.find((each) => classes.every((name) => names.has(each + name)));
  return prefix === undefined ? undefined : Object.fromEntries(classes.map((name) => [name, prefix + name]));
}
