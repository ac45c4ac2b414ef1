import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { type Column, doublesOf } from '../../evidence/column-buffers.ts';
import type { Attributions } from '../../evidence/explanations/explanation.ts';
import type { ExplanationCheck, Policy } from '../../policy/schema.ts';
import { canonicalClass } from '../rows/class-values.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { explainedClass } from './choose-output.ts';

/** What the data set says that the model predicted for the explained rows, in their order. */
export interface MatchedPredictions {
  readonly values: Float64Array;
  /** How rows were matched, for the message: "by client_id". */
  readonly how: string;
}

/**
 * The data set's own predictions for the explained rows: by key where the file has the key's column, else by the order
 * of rows where their numbers are equal. Anything else is a problem, one sentence: rows are never guessed.
 */
export function datasetPredictions(
  attributions: Attributions,
  check: ExplanationCheck,
  policy: Policy,
  rows: DatasetRows,
): Result<MatchedPredictions> {
  const predictions = predictionsOf(check, policy, rows);
  if (!predictions.ok) return predictions;
  const { key } = rows.dataset;
  if (key !== undefined && attributions.keys !== undefined) {
    const matched = matchByKey(attributions.keys, rows.column(key, 'value'), key, rows.name);
    if (!matched.ok) return matched;
    const values = Float64Array.from(matched.value, (row) => predictions.value[row] as number);
    return succeed({ values, how: `found by ${key}` });
  }
  if (attributions.rows === rows.rows) return succeed({ values: predictions.value, how: 'in the order of rows' });
  const advice = key === undefined ? 'declare a `key` and save it' : `save the array or column “${key}”`;
  return fail(
    'explanation-rows',
    `It explains ${countOf(attributions.rows, 'row')} and data set “${rows.name}” has ${countOf(rows.rows, 'row')}, so which is which can’t be told; ${advice} beside the values.`,
  );
}

function predictionsOf(check: ExplanationCheck, policy: Policy, rows: DatasetRows): Result<Float64Array> {
  switch (policy.task) {
    case 'regression':
      return rows.regression.predictions();
    case 'ranking':
      return scoreColumn(rows, rows.dataset.score);
    case 'binary': {
      const explained = explainedClass(check, policy) ?? 1;
      const positive = rows.dataset.positive ?? 1;
      if (canonicalClass(explained) !== canonicalClass(positive)) {
        return fail(
          'explanation-class',
          `Data set “${rows.name}” has scores for the class “${String(positive)}”, and “${String(explained)}” was explained.`,
        );
      }
      return scoreColumn(rows, rows.dataset.score);
    }
    default:
      return multiclassScores(check, rows);
  }
}

function multiclassScores(check: ExplanationCheck, rows: DatasetRows): Result<Float64Array> {
  if (check.class === undefined) {
    return fail('explanation-class', 'Say in `class` which class’s output was explained.');
  }
  const wanted = canonicalClass(check.class);
  const found = Object.entries(rows.dataset.scores ?? {}).find(([name]) => canonicalClass(name) === wanted);
  return found === undefined
    ? fail('explanation-class', `Data set “${rows.name}” declares no scores for the class “${String(check.class)}”.`)
    : scoreColumn(rows, found[1]);
}

function scoreColumn(rows: DatasetRows, name: string | undefined): Result<Float64Array> {
  if (name === undefined) return fail('column-undeclared', `Data set “${rows.name}” names no \`score\` column.`);
  const column = rows.column(name, 'number');
  if (!column.ok) return column;
  return column.value.kind === 'number'
    ? succeed(doublesOf(column.value))
    : fail('column-type', `Column “${name}” of data set “${rows.name}” does not hold numbers.`);
}

/** For each explained row, the row of the data set with the same key. */
function matchByKey(explained: Column, found: Result<Column>, key: string, dataset: string): Result<Int32Array> {
  if (!found.ok) return found;
  const places = new Map<string | number, number>();
  const keys = keyReader(found.value);
  for (let row = 0; row < lengthOf(found.value); row += 1) {
    const value = keys(row);
    if (value === undefined)
      return fail('key-null', `The key “${key}” of data set “${dataset}” is empty in row ${row + 1}.`);
    if (places.has(value)) return fail('key-twice', `The key “${key}” of data set “${dataset}” has ${value} twice.`);
    places.set(value, row);
  }
  const matched = new Int32Array(lengthOf(explained));
  const seen = new Set<string | number>();
  const explainedKeys = keyReader(explained);
  for (let row = 0; row < matched.length; row += 1) {
    const value = explainedKeys(row);
    const place = value === undefined ? undefined : places.get(value);
    if (value === undefined || place === undefined) {
      return fail('key-unmatched', `Explained row ${row + 1} has a “${key}” that data set “${dataset}” does not have.`);
    }
    if (seen.has(value)) return fail('key-twice', `The explanation has the “${key}” ${value} twice.`);
    seen.add(value);
    matched[row] = place;
  }
  return succeed(matched);
}

/** Keys compare by value: a whole number and its text are one key. Null and NaN are none. */
function keyReader(column: Column): (row: number) => string | number | undefined {
  if (column.kind === 'number') {
    return (row) => {
      const value = column.values[row];
      return value === undefined || Number.isNaN(value) ? undefined : value;
    };
  }
  const categories = column.categories.map((text) => (/^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text));
  return (row) => categories[column.codes[row] ?? -1];
}

function lengthOf(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}
