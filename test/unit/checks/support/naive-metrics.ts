import type { MetricParameters } from '../../../../src/checks/estimate.ts';
import type { Task } from '../../../../src/policy/metric-names.ts';
import type { Dataset } from '../../../../src/policy/schema.ts';
import type { Cell, MemoryTable } from './memory-context.ts';

/**
 * What a metric comes to, worked out row by row and pair by pair with nothing of the engine's: the witness of the fuzz
 * tests. `unusable` where some cell that the metric needs is not what it should be; undefined where it is 0/0, or where
 * the witness knows no answer.
 */
export type Naive = number | 'unusable' | undefined;

/** Some rows of a table. A column that holds a text is of texts, also where these rows have none. */
export function rowsWhere(table: MemoryTable, isWanted: (row: number) => boolean): MemoryTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, cells]) => {
      const isText = cells.some((cell) => typeof cell === 'string');
      const typed = isText ? cells.map((cell) => (cell === null ? null : String(cell))) : cells;
      return [name, typed.filter((_, row) => isWanted(row))];
    }),
  );
}

interface Row {
  readonly label: number | string;
  readonly prediction: number | string;
  readonly score: number;
  readonly scores: Readonly<Record<string, number>>;
  readonly weight: number;
}

export function naiveMetric(
  task: Task,
  metric: string,
  parameters: MetricParameters,
  dataset: Dataset,
  table: MemoryTable,
): Naive {
  if (task === 'ranking') return areRanked(dataset, table) ? undefined : 'unusable';
  const rows = rowsOf(task, metric, dataset, table);
  if (rows === 'unusable' || rows.length === 0) return 'unusable';
  if (!(sum(rows.map(({ weight }) => weight)) > 0)) return 'unusable';
  if (task === 'regression') return regression(metric, parameters, rows);
  const ofScores = SCORE_METRICS.has(metric);
  if (task === 'binary') return ofScores ? binaryScores(metric, rows) : binaryCounts(metric, parameters, rows);
  return ofScores ? classScores(metric, rows) : classCounts(metric, parameters, rows);
}

const SCORE_METRICS = new Set([
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier_score',
  'expected_calibration_error',
]);

function rowsOf(task: Task, metric: string, dataset: Dataset, table: MemoryTable): readonly Row[] | 'unusable' {
  const column = (name: string | undefined): readonly Cell[] => (name === undefined ? [] : (table[name] ?? []));
  const weights = dataset.weight === undefined ? undefined : column(dataset.weight);
  if (weights?.some((cell) => !isFiniteNumber(cell) || cell < 0)) return 'unusable';
  const isClass = task === 'binary' || task === 'multiclass';
  const labels = isClass ? classes(column(dataset.label)) : numbers(column(dataset.label));
  const needsLabel = metric !== 'selection_rate';
  if (needsLabel && labels === undefined) return 'unusable';
  const ofScores = SCORE_METRICS.has(metric);
  const byScore = ofScores || dataset.prediction === undefined;
  const scores = byScore && task !== 'multiclass' && task !== 'regression' ? numbers(column(dataset.score)) : [];
  if (scores === undefined) return 'unusable';
  const probability = ofScores
    ? metric !== 'roc_auc' && metric !== 'average_precision'
    : dataset.threshold === undefined;
  if (task === 'binary' && byScore && probability && scores.some((score) => score < 0 || score > 1)) return 'unusable';
  const perClass = byScore && task === 'multiclass' ? classColumns(dataset, column) : {};
  if (perClass === undefined) return 'unusable';
  const predicted =
    dataset.prediction === undefined || ofScores
      ? undefined
      : isClass
        ? classes(column(dataset.prediction))
        : numbers(column(dataset.prediction));
  if (!ofScores && dataset.prediction !== undefined && predicted === undefined) return 'unusable';
  const seen = [...(needsLabel ? (labels ?? []) : []), ...(predicted ?? [])];
  if (task === 'binary' && !areTwoClasses(seen)) return 'unusable';
  if (task === 'multiclass' && dataset.scores && seen.some((one) => !(String(one) in (dataset.scores ?? {})))) {
    return 'unusable';
  }
  const threshold = dataset.threshold ?? 0.5;
  const count = column(dataset.label).length;
  return Array.from({ length: count }, (_, row): Row => {
    const own = Object.fromEntries(Object.entries(perClass).map(([one, values]) => [one, values[row] as number]));
    const score = scores[row] ?? Number.NaN;
    const highest = Object.keys(own).reduce(
      (best, one) => ((own[one] as number) > (own[best] ?? Number.NEGATIVE_INFINITY) ? one : best),
      '',
    );
    return {
      label: labels?.[row] ?? 0,
      prediction: predicted
        ? (predicted[row] as number | string)
        : task === 'binary'
          ? Number(score >= threshold)
          : highest,
      ...{ score, scores: own, weight: weights ? (weights[row] as number) : 1 },
    };
  });
}

/** What a ranking's metrics need; what they come to, the witness does not know. */
function areRanked({ label = '', score = '', query = '', weight }: Dataset, table: MemoryTable): boolean {
  const relevance = numbers(table[label] ?? []);
  const weights = weight === undefined ? [1] : numbers(table[weight] ?? []);
  const isKnown = relevance !== undefined && weights !== undefined && numbers(table[score] ?? []) !== undefined;
  if (!isKnown || relevance.length === 0 || relevance.some((each) => each < 0)) return false;
  if (weights.some((each) => each < 0) || !(sum(weights) > 0)) return false;
  const queries = table[query] ?? [];
  const isText = queries.some((cell) => typeof cell === 'string');
  return queries.every((cell) => cell !== null && (isText || !Number.isNaN(cell)));
}

function classColumns(dataset: Dataset, column: (name: string) => readonly Cell[]) {
  const found: Record<string, readonly number[]> = {};
  for (const [one, name] of Object.entries(dataset.scores ?? {})) {
    const values = numbers(column(name));
    if (values === undefined || values.some((value) => value < 0 || value > 1)) return undefined;
    found[one] = values;
  }
  return dataset.scores === undefined ? undefined : found;
}

function isFiniteNumber(cell: Cell | undefined): cell is number {
  return typeof cell === 'number' && Number.isFinite(cell);
}

function numbers(cells: readonly Cell[]): readonly number[] | undefined {
  return cells.every(isFiniteNumber) ? (cells as readonly number[]) : undefined;
}

/** Numbers written as texts are numbers; null and what is not finite is no class. In a column of texts all cells are. */
function classes(column: readonly Cell[]): readonly (number | string)[] | undefined {
  const isText = column.some((cell) => typeof cell === 'string');
  const cells = isText ? column.map((cell) => (cell === null ? null : String(cell))) : column;
  const known = cells.map((cell) => (typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell));
  return known.every((cell) => (typeof cell === 'number' ? Number.isFinite(cell) : cell !== null))
    ? (known as (number | string)[])
    : undefined;
}

/** 1, and one other number. */
function areTwoClasses(values: readonly (number | string)[]): boolean {
  const others = new Set(values.filter((value) => value !== 1));
  return others.size <= 1 && [...others].every((value) => typeof value === 'number');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function weightOf(rows: readonly Row[]): number {
  return sum(rows.map(({ weight }) => weight));
}

function mean(rows: readonly Row[], of: (row: Row) => number): number {
  return sum(rows.map((row) => row.weight * of(row))) / weightOf(rows);
}

interface Cells {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

function cellsOf(rows: readonly Row[], one: number | string): Cells {
  const of = (label: boolean, prediction: boolean) =>
    weightOf(rows.filter((row) => (row.label === one) === label && (row.prediction === one) === prediction));
  return { tp: of(true, true), fp: of(false, true), fn: of(true, false), tn: of(false, false) };
}

/** NaN for 0/0. */
function ofCells(metric: string, { beta = 1 }: MetricParameters, { tp, fp, fn, tn }: Cells): number | undefined {
  const square = beta * beta;
  switch (metric) {
    case 'precision':
      return tp / (tp + fp);
    case 'recall':
      return tp / (tp + fn);
    case 'specificity':
      return tn / (tn + fp);
    case 'f1':
      return (2 * tp) / (2 * tp + fp + fn);
    case 'fbeta':
      return ((1 + square) * tp) / ((1 + square) * tp + square * fn + fp);
    case 'jaccard':
      return tp / (tp + fp + fn);
    case 'selection_rate':
      return (tp + fp) / (tp + fp + fn + tn);
    case 'false_positive_rate':
      return fp / (fp + tn);
    case 'false_negative_rate':
      return fn / (fn + tp);
    default:
      return undefined;
  }
}

function defined(value: number | undefined): Naive {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function binaryCounts(metric: string, parameters: MetricParameters, rows: readonly Row[]): Naive {
  const { average, payoff } = parameters;
  const isAveraged = average !== undefined && average !== 'binary';
  if (isAveraged && ['precision', 'recall', 'specificity', 'f1', 'fbeta', 'jaccard'].includes(metric)) {
    return undefined; // as of several classes, which the tests of several classes cover
  }
  if (metric === 'expected_value') {
    if (payoff === undefined) return 'unusable';
    const { tp, fp, fn, tn } = cellsOf(rows, 1);
    return (tp * payoff.tp + fp * payoff.fp + fn * payoff.fn + tn * payoff.tn) / (tp + fp + fn + tn);
  }
  if (metric === 'fbeta' && parameters.beta === undefined) return undefined;
  return ofCells(metric, parameters, cellsOf(rows, 1)) === undefined
    ? classCounts(metric, parameters, rows)
    : defined(ofCells(metric, parameters, cellsOf(rows, 1)));
}

function classCounts(metric: string, parameters: MetricParameters, rows: readonly Row[]): Naive {
  const present = [...new Set(rows.flatMap(({ label, prediction }) => [label, prediction]))];
  if (metric === 'accuracy') return mean(rows, ({ label, prediction }) => Number(label === prediction));
  if (metric === 'balanced_accuracy') {
    const recalls = present.map((one) => ofCells('recall', {}, cellsOf(rows, one)) as number);
    const known = recalls.filter((value) => !Number.isNaN(value));
    return known.length < recalls.length ? undefined : sum(known) / known.length;
  }
  const { average, class: named } = parameters;
  if (named !== undefined) {
    return defined(ofCells(metric, parameters, cellsOf(rows, named as string)));
  }
  if (average === undefined || average === 'binary') return undefined;
  const values = present.map((one) => ofCells(metric, parameters, cellsOf(rows, one)));
  if (values.some((value) => value === undefined || Number.isNaN(value))) return undefined;
  if (average === 'macro') return sum(values as number[]) / values.length;
  if (average !== 'weighted') return undefined;
  const support = present.map((one) => weightOf(rows.filter(({ label }) => label === one)));
  return sum(values.map((value, index) => (value as number) * (support[index] as number))) / sum(support);
}

const CLIP = 2 ** -52;

function lossOf(likelihood: number): number {
  return -Math.log(Math.min(Math.max(likelihood, CLIP), 1 - CLIP));
}

function binaryScores(metric: string, rows: readonly Row[]): Naive {
  switch (metric) {
    case 'log_loss':
      return mean(rows, ({ label, score }) => lossOf(label === 1 ? score : 1 - score));
    case 'brier_score':
      return mean(rows, ({ label, score }) => (score - Number(label === 1)) ** 2);
    case 'roc_auc':
      return defined(pairwise(rows));
    case 'average_precision':
      return defined(stepwise(rows));
    default:
      return undefined;
  }
}

/** The share of pairs that are ranked rightly, ties counting half. */
function pairwise(rows: readonly Row[]): number {
  let [right, all] = [0, 0];
  // The product of two enormous weights is infinite.
  const most = Math.max(...rows.map(({ weight }) => weight));
  for (const positive of rows.filter(({ label }) => label === 1)) {
    for (const negative of rows.filter(({ label }) => label !== 1)) {
      const weight = (positive.weight / most) * (negative.weight / most);
      all += weight;
      right += weight * (positive.score > negative.score ? 1 : positive.score === negative.score ? 0.5 : 0);
    }
  }
  return right / all;
}

/** At each score from the highest: the recall that it adds, times the precision there. */
function stepwise(rows: readonly Row[]): number {
  const positives = weightOf(rows.filter(({ label }) => label === 1));
  let [area, before] = [0, 0];
  for (const at of [...new Set(rows.map(({ score }) => score))].sort((a, b) => b - a)) {
    const chosen = rows.filter(({ score }) => score >= at);
    const right = weightOf(chosen.filter(({ label }) => label === 1));
    area += ((right - before) / positives) * (right === 0 ? 0 : right / weightOf(chosen));
    before = right;
  }
  return area;
}

function classScores(metric: string, rows: readonly Row[]): Naive {
  if (rows.some(({ scores }) => Math.abs(sum(Object.values(scores)) - 1) > 1e-5)) return 'unusable';
  if (metric === 'log_loss') return mean(rows, ({ label, scores }) => lossOf(scores[String(label)] as number));
  if (metric !== 'brier_score') return undefined;
  return mean(rows, ({ label, scores }) =>
    sum(Object.entries(scores).map(([one, score]) => (score - Number(one === String(label))) ** 2)),
  );
}

function regression(metric: string, { alpha = 0.5 }: MetricParameters, rows: readonly Row[]): Naive {
  const errorOf = ({ label, prediction }: Row) => (label as number) - (prediction as number);
  const labelOf = ({ label }: Row) => label as number;
  const spread = (of: (row: Row) => number, centre: number) => mean(rows, (row) => (of(row) - centre) ** 2);
  const areEqual = new Set(rows.map(labelOf)).size === 1;
  const labels = areEqual ? 0 : spread(labelOf, mean(rows, labelOf));
  const errors = spread(errorOf, mean(rows, errorOf));
  switch (metric) {
    case 'mean_absolute_error':
      return mean(rows, (row) => Math.abs(errorOf(row)));
    case 'mean_squared_error':
      return mean(rows, (row) => errorOf(row) ** 2);
    case 'root_mean_squared_error':
      return Math.sqrt(mean(rows, (row) => errorOf(row) ** 2));
    case 'mean_absolute_percentage_error':
      return mean(rows, (row) => Math.abs(errorOf(row)) / Math.max(Math.abs(labelOf(row)), 2 ** -52));
    case 'max_error':
      return Math.max(...rows.map((row) => Math.abs(errorOf(row))));
    case 'mean_pinball_loss':
      return mean(rows, (row) => (errorOf(row) >= 0 ? alpha * errorOf(row) : (alpha - 1) * errorOf(row)));
    case 'r2':
      return labels > 0 ? 1 - spread(errorOf, 0) / labels : undefined;
    case 'explained_variance':
      return labels > 0 ? 1 - errors / labels : undefined;
    default:
      return undefined;
  }
}
