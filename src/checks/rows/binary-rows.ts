import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import type { NumberColumn } from '../../evidence/column-buffers.ts';
import type { Table } from '../../evidence/table.ts';
import { type ConfusionCounts, confusionCounts } from '../../metrics/confusion.ts';
import { predictAtThreshold } from '../../metrics/predictions.ts';
import { type ScoreTable, scoreTable } from '../../metrics/score-table.ts';
import { compensatedSum } from '../../metrics/sums.ts';
import type { Dataset } from '../../policy/schema.ts';
import { type BinaryColumn, binaryColumn } from './class-values.ts';

const DEFAULT_POSITIVE = 1;
const DEFAULT_THRESHOLD = 0.5;

/**
 * The rows of a data set as a binary classifier's metrics need them. Each is worked out on first use and kept, so
 * that checks share it; each can be a problem, in one sentence that names data set and column.
 */
export interface BinaryRows {
  /** 1 where the ground truth is the positive class. */
  labels(): Result<BinaryColumn>;
  /** 1 where the positive class is predicted: by the prediction column, or else by score and threshold. */
  predictions(): Result<Uint8Array>;
  /** Finite numbers. */
  scores(): Result<Float64Array>;
  /** Finite numbers between 0 and 1. */
  probabilities(): Result<Float64Array>;
  /** Finite numbers, none negative, not all 0; undefined when the data set has no weights. */
  weights(): Result<Float64Array | undefined>;
  /** In weight, and in rows; they are the same without weights. */
  confusion(): Result<{ readonly weighted: ConfusionCounts; readonly rows: ConfusionCounts }>;
  scoreTable(): Result<ScoreTable>;
}

export function binaryRows(table: Table, dataset: Dataset, name: string): BinaryRows {
  const labels = once((): Result<BinaryColumn> => {
    if (table.rows === 0) return fail('table-empty', `Data set “${name}” has no rows.`);
    const column = columnOf(table, dataset.label, 'label', name);
    if (!column.ok) return column;
    return binaryColumn(column.value, dataset.positive ?? DEFAULT_POSITIVE, whereOf('label', dataset.label, name));
  });

  const scores = once((): Result<Float64Array> => {
    if (table.rows === 0) return fail('table-empty', `Data set “${name}” has no rows.`);
    return numbersOf(table, dataset.score, 'score', name);
  });

  const probabilities = once((): Result<Float64Array> => {
    const found = scores();
    if (!found.ok) return found;
    const row = firstOutside(found.value, 0, 1);
    if (row < 0) return found;
    const where = whereOf('score', dataset.score, name);
    return fail(
      'score-range',
      `${where} is ${found.value[row]} in row ${row + 1}; a probability lies between 0 and 1.`,
    );
  });

  const weights = once((): Result<Float64Array | undefined> => {
    if (dataset.weight === undefined) return succeed(undefined);
    const found = numbersOf(table, dataset.weight, 'weight', name);
    if (!found.ok) return found;
    const where = whereOf('weight', dataset.weight, name);
    const row = firstOutside(found.value, 0, Number.MAX_VALUE);
    if (row >= 0) return fail('weight-negative', `${where} is negative in row ${row + 1}.`);
    if (!(compensatedSum(found.value) > 0)) return fail('weight-zero', `${where} adds up to 0.`);
    return found;
  });

  const predictions = once((): Result<Uint8Array> => {
    const truth = labels();
    if (!truth.ok) return truth;
    if (dataset.prediction === undefined) {
      // Without a threshold of its own, a data set's scores are taken for probabilities.
      const found = dataset.threshold === undefined ? probabilities() : scores();
      return found.ok ? succeed(predictAtThreshold(found.value, dataset.threshold ?? DEFAULT_THRESHOLD)) : found;
    }
    const column = columnOf(table, dataset.prediction, 'prediction', name);
    if (!column.ok) return column;
    const where = whereOf('prediction', dataset.prediction, name);
    const found = binaryColumn(column.value, dataset.positive ?? DEFAULT_POSITIVE, where, truth.value.negative);
    return found.ok ? succeed(found.value.flags) : found;
  });

  const confusion = once((): ReturnType<BinaryRows['confusion']> => {
    const truth = labels();
    if (!truth.ok) return truth;
    const predicted = predictions();
    if (!predicted.ok) return predicted;
    const weighing = weights();
    if (!weighing.ok) return weighing;
    const rows = confusionCounts(truth.value.flags, predicted.value);
    if (weighing.value === undefined) return succeed({ weighted: rows, rows });
    return succeed({ weighted: confusionCounts(truth.value.flags, predicted.value, weighing.value), rows });
  });

  const ranked = once((): Result<ScoreTable> => {
    const truth = labels();
    if (!truth.ok) return truth;
    const found = scores();
    if (!found.ok) return found;
    const weighing = weights();
    if (!weighing.ok) return weighing;
    return succeed(scoreTable(found.value, truth.value.flags, weighing.value));
  });

  return { labels, predictions, scores, probabilities, weights, confusion, scoreTable: ranked };
}

type Role = 'label' | 'prediction' | 'score' | 'weight';

function columnOf(table: Table, column: string | undefined, role: Role, dataset: string) {
  if (column === undefined)
    return fail<never>('column-undeclared', `Data set “${dataset}” names no \`${role}\` column.`);
  const found = table.columns.get(column);
  if (found === undefined) throw new Error(`Column ${column} of ${dataset} was not read`);
  return found;
}

function numbersOf(table: Table, column: string | undefined, role: Role, dataset: string): Result<Float64Array> {
  const found = columnOf(table, column, role, dataset);
  if (!found.ok) return found;
  const where = whereOf(role, column, dataset);
  if (found.value.kind !== 'number') return fail('column-type', `${where} does not hold numbers.`);
  return finite(found.value, where);
}

function finite(column: NumberColumn, where: string): Result<Float64Array> {
  if (column.nulls > 0) return fail('cell-null', `${where} is null in ${countOf(column.nulls, 'row')}.`);
  if (column.nans > 0) return fail('cell-nan', `${where} is NaN in ${countOf(column.nans, 'row')}.`);
  const row = firstOutside(column.values, -Number.MAX_VALUE, Number.MAX_VALUE);
  return row < 0 ? succeed(column.values) : fail('cell-infinite', `${where} is infinite in row ${row + 1}.`);
}

/** The first row whose value is not from `least` to `most`; -1 when there is none. */
function firstOutside(values: Float64Array, least: number, most: number): number {
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (!(value >= least && value <= most)) return row;
  }
  return -1;
}

function whereOf(role: Role, column: string | undefined, dataset: string): string {
  return `The ${role} column “${column}” of data set “${dataset}”`;
}

function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
