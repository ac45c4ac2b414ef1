import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf, listInWords } from '../../base/text.ts';
import type { Column } from '../../evidence/column-buffers.ts';
import { type ConfusionMatrix, confusionMatrix, MOST_CLASSES } from '../../metrics/confusion-matrix.ts';
import { predictHighest } from '../../metrics/multiclass/scores.ts';
import type { Dataset } from '../../policy/schema.ts';
import { type ClassValue, canonicalClass } from './class-values.ts';
import { columnOf, noRows, numbersOf, probabilitiesOf, type RowColumns, whereOf } from './columns.ts';
import { gatherFloats, gatherInts } from './gather.ts';
import { once } from './once.ts';

/** In weight and in rows; they are the same without weights. */
export interface WeighedMatrix {
  readonly weighted: ConfusionMatrix;
  readonly rows: ConfusionMatrix;
}

/** The rows of a data set as the metrics of several classes need them. Classes are numbered from 0. */
export interface MulticlassRows {
  /** The classes in the order of `scores` in the policy, or else sorted; as messages show them. */
  classes(): Result<readonly string[]>;
  /** The number of a class that a policy names. */
  classNumber(value: ClassValue): Result<number>;
  labels(): Result<Int32Array>;
  /** By the prediction column, or else the class of the highest score, ties to the first. */
  predictions(): Result<Int32Array>;
  /** For each class the score of every row; between 0 and 1. */
  scores(): Result<readonly Float64Array[]>;
  /** Rows are labels, columns predictions. */
  confusion(): Result<WeighedMatrix>;
}

type Weights = () => Result<Float64Array | undefined>;

export function multiclassRows(source: RowColumns, dataset: Dataset, weights: Weights): MulticlassRows {
  const { name } = source;
  const labelColumn = once((): Result<Column> => {
    if (source.rows === 0) return noRows(name);
    return clean(columnOf(source, dataset.label, 'label', 'value'), whereOf('label', dataset.label, name));
  });
  const predictionColumn = once(
    (): Result<Column> =>
      clean(
        columnOf(source, dataset.prediction, 'prediction', 'value'),
        whereOf('prediction', dataset.prediction, name),
      ),
  );
  const values = once((): Result<readonly (number | string)[]> => {
    if (dataset.scores !== undefined) return declaredClasses(dataset.scores, name);
    const columns = [labelColumn()];
    if (dataset.prediction !== undefined && source.has(dataset.prediction, 'value')) columns.push(predictionColumn());
    return sortedClasses(columns, name);
  });
  const numbers = once((): Result<ReadonlyMap<number | string, number>> => {
    const found = values();
    return found.ok ? succeed(new Map(found.value.map((value, index) => [value, index]))) : found;
  });
  const coded = (column: () => Result<Column>, where: string) =>
    once((): Result<Int32Array> => {
      const known = numbers();
      if (!known.ok) return known;
      const found = column();
      return found.ok ? classCodes(found.value, known.value, where) : found;
    });
  const labels = coded(labelColumn, whereOf('label', dataset.label, name));
  const declared = coded(predictionColumn, whereOf('prediction', dataset.prediction, name));
  const scores = once((): Result<readonly Float64Array[]> => {
    if (dataset.scores === undefined)
      return fail('column-undeclared', `Data set “${name}” names no \`scores\` columns.`);
    const columns: Float64Array[] = [];
    for (const column of Object.values(dataset.scores)) {
      const found = probabilitiesOf(numbersOf(source, column, 'score'), whereOf('score', column, name));
      if (!found.ok) return found;
      columns.push(found.value);
    }
    return succeed(columns);
  });
  const predictions = once((): Result<Int32Array> => {
    if (dataset.prediction !== undefined) return declared();
    const found = scores();
    return found.ok ? succeed(predictHighest(found.value)) : found;
  });
  return completed({
    classes: once(() => {
      const found = values();
      return found.ok ? succeed(found.value.map(String)) : found;
    }),
    classNumber(value) {
      const known = numbers();
      if (!known.ok) return known;
      const number = known.value.get(canonicalClass(value));
      if (number !== undefined) return succeed(number);
      return fail('class-unknown', `No row of data set “${name}” has “${String(value)}” as its class.`);
    },
    labels,
    predictions,
    scores,
    weights,
  });
}

/** Some of the rows; the classes stay those of all rows. */
export function restrictMulticlass(whole: MulticlassRows, indices: () => Int32Array, weights: Weights): MulticlassRows {
  const ints = (of: () => Result<Int32Array>) =>
    once((): Result<Int32Array> => {
      const all = of();
      return all.ok ? succeed(gatherInts(all.value, indices())) : all;
    });
  return completed({
    classes: whole.classes,
    classNumber: whole.classNumber,
    labels: ints(whole.labels),
    predictions: ints(whole.predictions),
    scores: once((): Result<readonly Float64Array[]> => {
      const all = whole.scores();
      return all.ok ? succeed(all.value.map((column) => gatherFloats(column, indices()))) : all;
    }),
    weights,
  });
}

function completed({ weights, ...basis }: Omit<MulticlassRows, 'confusion'> & { weights: Weights }): MulticlassRows {
  const { classes, labels, predictions } = basis;
  return {
    ...basis,
    confusion: once((): Result<WeighedMatrix> => {
      const found = classes();
      if (!found.ok) return found;
      const truth = labels();
      if (!truth.ok) return truth;
      const predicted = predictions();
      if (!predicted.ok) return predicted;
      const weighing = weights();
      if (!weighing.ok) return weighing;
      const rows = confusionMatrix(truth.value, predicted.value, found.value.length);
      if (weighing.value === undefined) return succeed({ weighted: rows, rows });
      const weighted = confusionMatrix(truth.value, predicted.value, found.value.length, weighing.value);
      return succeed({ weighted, rows });
    }),
  };
}

function clean(column: Result<Column>, where: string): Result<Column> {
  if (!column.ok) return column;
  if (column.value.nulls > 0) return fail('label-null', `${where} is null in ${countOf(column.value.nulls, 'row')}.`);
  if (column.value.kind === 'number' && column.value.nans > 0)
    return fail('label-nan', `${where} is NaN in ${countOf(column.value.nans, 'row')}.`);
  return column;
}

function declaredClasses(scores: Readonly<Record<string, string>>, name: string): Result<(number | string)[]> {
  const values = Object.keys(scores).map(canonicalClass);
  if (new Set(values).size === values.length) return succeed(values);
  return fail('class-twice', `Data set “${name}” gives \`scores\` for one class under two names.`);
}

/** All values, numbers before texts, each in ascending order. */
function sortedClasses(columns: readonly Result<Column>[], name: string): Result<(number | string)[]> {
  const seen = new Set<number | string>();
  for (const column of columns) {
    if (!column.ok) return column;
    if (column.value.kind === 'text') {
      for (const category of column.value.categories) seen.add(canonicalClass(category));
    } else {
      let last: number | undefined;
      for (const value of column.value.values) {
        if (value === last) continue;
        last = value;
        seen.add(value);
        if (seen.size > MOST_CLASSES) break;
      }
    }
  }
  if (seen.size > MOST_CLASSES) {
    return fail('class-too-many', `Data set “${name}” has more than ${countOf(MOST_CLASSES, 'class', 'classes')}.`);
  }
  if ([...seen].some((value) => typeof value === 'number' && !Number.isFinite(value))) {
    return fail(
      'class-infinite',
      `The labels or predictions of data set “${name}” hold infinite numbers, which are no classes.`,
    );
  }
  return succeed([...seen].sort(byValue));
}

function byValue(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function classCodes(column: Column, numbers: ReadonlyMap<number | string, number>, where: string): Result<Int32Array> {
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  const codes = new Int32Array(rows);
  if (column.kind === 'text') {
    const ofCategory = column.categories.map((category) => numbers.get(canonicalClass(category)) ?? -1);
    for (let row = 0; row < rows; row += 1) {
      const code = ofCategory[column.codes[row] as number] as number;
      if (code < 0) return unknownClass(column.categories[column.codes[row] as number] ?? '', numbers, where);
      codes[row] = code;
    }
    return succeed(codes);
  }
  for (let row = 0; row < rows; row += 1) {
    const code = numbers.get(column.values[row] as number);
    if (code === undefined) return unknownClass(String(column.values[row]), numbers, where);
    codes[row] = code;
  }
  return succeed(codes);
}

function unknownClass(value: string, numbers: ReadonlyMap<number | string, number>, where: string): Result<Int32Array> {
  const known = [...numbers.keys()].slice(0, 8).map((each) => `“${each}”`);
  if (numbers.size > known.length) known.push(`${numbers.size - known.length} more`);
  return fail(
    'class-unknown',
    `${where} holds “${value.slice(0, 40)}”, which is none of the classes ${listInWords(known)}.`,
  );
}
