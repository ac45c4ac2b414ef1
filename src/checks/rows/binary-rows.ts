import { type Result, succeed } from '../../base/result.ts';
import { type ConfusionCounts, confusionCounts } from '../../metrics/confusion.ts';
import { predictAtThreshold } from '../../metrics/predictions.ts';
import { rankScores, type ScoresToRank, type ScoreTable, scoresToRank } from '../../metrics/score-table.ts';
import type { Dataset } from '../../policy/schema.ts';
import { type BinaryColumn, binaryColumn } from './class-values.ts';
import {
  columnOf,
  noRows,
  numbersOf,
  probabilitiesOf,
  type RowColumns,
  scoresForThreshold,
  whereOf,
} from './columns.ts';
import { gatherBytes, gatherFloats } from './gather.ts';
import { once } from './once.ts';

export const DEFAULT_POSITIVE = 1;
export const DEFAULT_THRESHOLD = 0.5;

/** Counts in weight and in rows; they are the same without weights. */
export interface WeighedCounts {
  readonly weighted: ConfusionCounts;
  readonly rows: ConfusionCounts;
}

/**
 * The rows of a data set as a binary classifier's metrics need them. Each is worked out on first use and kept, so
 * that checks share it; each can be a problem, in one sentence that names data set and column.
 */
export interface BinaryRows {
  /** 1 where the ground truth is the positive class. */
  labels(): Result<BinaryColumn>;
  /**
   * 1 where the positive class is predicted: by the prediction column, which must hold the labels' values, or else by
   * score and threshold.
   */
  predictions(): Result<Uint8Array>;
  /** As `predictions`, without a look at the labels. */
  selections(): Result<Uint8Array>;
  /** Finite numbers. */
  scores(): Result<Float64Array>;
  /** Finite numbers between 0 and 1. */
  probabilities(): Result<Float64Array>;
  confusion(): Result<WeighedCounts>;
  /** As `confusion`, for metrics that look at no label: every row counts as a negative. */
  selection(): Result<WeighedCounts>;
  scoreTable(): Result<ScoreTable>;
  /** Lets someone else make the score table, for whoever asks for it afterwards; does nothing where it can't be made. */
  rankAhead(rank: (prepare: () => ScoresToRank) => Promise<ScoreTable>): Promise<void>;
}

/** What the other members are made of. */
interface Basis {
  readonly labels: () => Result<BinaryColumn>;
  readonly predictions: () => Result<Uint8Array>;
  readonly selections: () => Result<Uint8Array>;
  readonly scores: () => Result<Float64Array>;
  readonly probabilities: () => Result<Float64Array>;
  readonly weights: () => Result<Float64Array | undefined>;
}

export function binaryRows(
  source: RowColumns,
  dataset: Dataset,
  weights: () => Result<Float64Array | undefined>,
): BinaryRows {
  const { name } = source;
  const positive = dataset.positive ?? DEFAULT_POSITIVE;
  const labels = once((): Result<BinaryColumn> => {
    if (source.rows === 0) return noRows(name);
    const column = columnOf(source, dataset.label, 'label', 'value');
    return column.ok ? binaryColumn(column.value, positive, whereOf('label', dataset.label, name)) : column;
  });
  const scores = once(
    (): Result<Float64Array> => (source.rows === 0 ? noRows(name) : numbersOf(source, dataset.score, 'score')),
  );
  const probabilities = once(() => probabilitiesOf(scores(), whereOf('score', dataset.score, name)));
  const selections = once((): Result<Uint8Array> => {
    if (source.rows === 0) return noRows(name);
    if (dataset.prediction === undefined) {
      const { threshold = DEFAULT_THRESHOLD } = dataset;
      const found = scoresForThreshold(scores(), threshold, whereOf('score', dataset.score, name));
      return found.ok ? succeed(predictAtThreshold(found.value, threshold)) : found;
    }
    return predictionColumn(undefined);
  });
  const predictions = once((): Result<Uint8Array> => {
    if (dataset.prediction === undefined || dataset.label === undefined || !source.has(dataset.label, 'value')) {
      return selections();
    }
    const truth = labels();
    return truth.ok ? predictionColumn(truth.value.negative) : truth;
  });
  function predictionColumn(negative: number | string | undefined): Result<Uint8Array> {
    const column = columnOf(source, dataset.prediction, 'prediction', 'value');
    if (!column.ok) return column;
    const found = binaryColumn(column.value, positive, whereOf('prediction', dataset.prediction, name), negative);
    return found.ok ? succeed(found.value.flags) : found;
  }
  return completed({ labels, predictions, selections, scores, probabilities, weights });
}

/**
 * Some of the rows.
 *
 * @param counted the counts of these rows where they are known already
 */
export function restrictBinary(
  whole: BinaryRows,
  indices: () => Int32Array,
  weights: () => Result<Float64Array | undefined>,
  counted: Partial<Pick<BinaryRows, 'confusion' | 'selection'>> = {},
): BinaryRows {
  const labels = once((): Result<BinaryColumn> => {
    const all = whole.labels();
    if (!all.ok) return all;
    const flags = gatherBytes(all.value.flags, indices());
    let positives = 0;
    for (let row = 0; row < flags.length; row += 1) positives += flags[row] as number;
    return succeed({ flags, positives, negative: all.value.negative });
  });
  const floats = (of: () => Result<Float64Array>) =>
    once((): Result<Float64Array> => {
      const all = of();
      return all.ok ? succeed(gatherFloats(all.value, indices())) : all;
    });
  const bytes = (of: () => Result<Uint8Array>) =>
    once((): Result<Uint8Array> => {
      const all = of();
      return all.ok ? succeed(gatherBytes(all.value, indices())) : all;
    });
  const predictions = bytes(whole.predictions);
  const selections = bytes(whole.selections);
  const scores = floats(whole.scores);
  const probabilities = floats(whole.probabilities);
  // Counts of rows that weigh nothing together are no counts.
  const weighed = (count: (() => Result<WeighedCounts>) | undefined) =>
    count &&
    once((): Result<WeighedCounts> => {
      const weighing = weights();
      return weighing.ok ? count() : weighing;
    });
  const confusion = weighed(counted.confusion);
  const selection = weighed(counted.selection);
  return {
    ...completed({ labels, predictions, selections, scores, probabilities, weights }),
    ...(confusion ? { confusion } : {}),
    ...(selection ? { selection } : {}),
  };
}

function completed(basis: Basis): BinaryRows {
  const { labels, predictions, selections, scores, weights } = basis;
  const counts = (truth: Uint8Array, predicted: Uint8Array): Result<WeighedCounts> => {
    const weighing = weights();
    if (!weighing.ok) return weighing;
    const rows = confusionCounts(truth, predicted);
    if (weighing.value === undefined) return succeed({ weighted: rows, rows });
    return succeed({ weighted: confusionCounts(truth, predicted, weighing.value), rows });
  };
  let ranked: ScoreTable | undefined;
  const ranking = (): Result<() => ScoresToRank> => {
    const truth = labels();
    if (!truth.ok) return truth;
    const found = scores();
    if (!found.ok) return found;
    const weighing = weights();
    return weighing.ok ? succeed(() => scoresToRank(found.value, truth.value.flags, weighing.value)) : weighing;
  };
  return {
    ...basis,
    confusion: once(() => {
      const truth = labels();
      if (!truth.ok) return truth;
      const predicted = predictions();
      return predicted.ok ? counts(truth.value.flags, predicted.value) : predicted;
    }),
    selection: once(() => {
      const selected = selections();
      return selected.ok ? counts(new Uint8Array(selected.value.length), selected.value) : selected;
    }),
    scoreTable: once((): Result<ScoreTable> => {
      if (ranked) return succeed(ranked);
      const prepare = ranking();
      return prepare.ok ? succeed(rankScores(prepare.value())) : prepare;
    }),
    async rankAhead(rank) {
      const prepare = ranking();
      if (prepare.ok) ranked = await rank(prepare.value);
    },
  };
}
