import type { ConfusionCounts } from './confusion.ts';
import { compensatedSum } from './sums.ts';

/** Rows, or their weights, by ground truth and prediction of a classifier of several classes. */
export interface ConfusionMatrix {
  /** How many classes there are; they are numbered from 0. */
  readonly classes: number;
  /** Row by row: `cells[label * classes + prediction]`. */
  readonly cells: Float64Array;
  /**
   * 1 for each class that some row has as label or prediction, whatever the row's weight. Averages are over these
   * classes only, as scikit-learn's are when it isn't given `labels`.
   */
  readonly present: Uint8Array;
}

/** With more classes the matrix would fill the memory; callers refuse them. */
export const MOST_CLASSES = 2000;

/**
 * Counts rows by label and prediction; with weights, adds the rows' weights instead: scikit-learn's
 * `confusion_matrix`.
 *
 * @param labels a class from 0 to `classes - 1` per row
 * @param predictions alike, as long as `labels`
 * @param classes at most `MOST_CLASSES`
 * @param weights one finite number per row, none negative
 */
export function confusionMatrix(
  labels: Int32Array,
  predictions: Int32Array,
  classes: number,
  weights?: Float64Array,
): ConfusionMatrix {
  const counts = countedCells(labels, predictions, classes);
  const present = presentIn(counts, classes);
  return { classes, cells: weights ? weightedCells(labels, predictions, classes, weights) : counts, present };
}

/** A matrix of cells that are known already, such as resampled counts; classes without a cell above 0 are not present. */
export function matrixOfCells(cells: Float64Array, classes: number): ConfusionMatrix {
  return { classes, cells, present: presentIn(cells, classes) };
}

/** What the matrix adds up to. */
export interface Margins {
  /** By label. */
  readonly labels: Float64Array;
  /** By prediction. */
  readonly predictions: Float64Array;
  /** On the diagonal: label and prediction are the same. */
  readonly right: number;
  readonly total: number;
}

export function marginsOf({ classes, cells }: ConfusionMatrix): Margins {
  const labels = new Float64Array(classes);
  const predictions = new Float64Array(classes);
  const line = new Float64Array(classes);
  for (let one = 0; one < classes; one += 1) {
    labels[one] = compensatedSum(cells.subarray(one * classes, (one + 1) * classes));
    for (let other = 0; other < classes; other += 1) line[other] = cells[other * classes + one] as number;
    predictions[one] = compensatedSum(line);
  }
  for (let one = 0; one < classes; one += 1) line[one] = cells[one * classes + one] as number;
  return { labels, predictions, right: compensatedSum(line), total: compensatedSum(labels) };
}

/** For each class the table of that class against all others, as scikit-learn's `multilabel_confusion_matrix` has it. */
export function countsOfClasses(matrix: ConfusionMatrix): ConfusionCounts[] {
  const { classes, cells } = matrix;
  const { labels } = marginsOf(matrix);
  const others = sumsOfOthers(labels);
  const row = new Float64Array(classes);
  const column = new Float64Array(classes);
  return Array.from({ length: classes }, (_, one) => {
    for (let other = 0; other < classes; other += 1) {
      row[other] = other === one ? 0 : (cells[one * classes + other] as number);
      column[other] = other === one ? 0 : (cells[other * classes + one] as number);
    }
    const falsePositives = compensatedSum(column);
    return {
      truePositives: cells[one * classes + one] as number,
      falsePositives,
      falseNegatives: compensatedSum(row),
      // Never a rounding error below 0, and exactly 0 when there are no negatives.
      trueNegatives: Math.max(0, (others[one] as number) - falsePositives),
    };
  });
}

/** For each number the sum of all others, without subtracting, so that a sum of zeros is 0. */
function sumsOfOthers(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length);
  let before = 0;
  for (let index = 0; index < values.length; index += 1) {
    sums[index] = before;
    before += values[index] as number;
  }
  let after = 0;
  for (let index = values.length - 1; index >= 0; index -= 1) {
    sums[index] = (sums[index] as number) + after;
    after += values[index] as number;
  }
  return sums;
}

function presentIn(cells: Float64Array, classes: number): Uint8Array {
  const present = new Uint8Array(classes);
  for (let label = 0; label < classes; label += 1) {
    for (let prediction = 0; prediction < classes; prediction += 1) {
      if (cells[label * classes + prediction] === 0) continue;
      present[label] = 1;
      present[prediction] = 1;
    }
  }
  return present;
}

/** Two tables take turns, so that rows of one cell in a row don't wait for each other. */
function countedCells(labels: Int32Array, predictions: Int32Array, classes: number): Float64Array {
  const size = classes * classes;
  const even = new Uint32Array(size);
  const odd = new Uint32Array(size);
  const pairs = labels.length - (labels.length % 2);
  for (let row = 0; row < pairs; row += 2) {
    const first = (labels[row] as number) * classes + (predictions[row] as number);
    const second = (labels[row + 1] as number) * classes + (predictions[row + 1] as number);
    even[first] = (even[first] as number) + 1;
    odd[second] = (odd[second] as number) + 1;
  }
  if (pairs < labels.length) {
    const last = (labels[pairs] as number) * classes + (predictions[pairs] as number);
    even[last] = (even[last] as number) + 1;
  }
  return Float64Array.from(even, (count, cell) => count + (odd[cell] as number));
}

/** Each cell is summed with Neumaier's compensation, as in `compensatedSum`. */
function weightedCells(
  labels: Int32Array,
  predictions: Int32Array,
  classes: number,
  weights: Float64Array,
): Float64Array {
  const sums = new Float64Array(classes * classes);
  const lost = new Float64Array(classes * classes);
  for (let row = 0; row < labels.length; row += 1) {
    const cell = (labels[row] as number) * classes + (predictions[row] as number);
    const weight = weights[row] as number;
    const sum = sums[cell] as number;
    const next = sum + weight;
    lost[cell] = (lost[cell] as number) + (sum >= weight ? sum - next + weight : weight - next + sum);
    sums[cell] = next;
  }
  for (let cell = 0; cell < sums.length; cell += 1) sums[cell] = (sums[cell] as number) + (lost[cell] as number);
  return sums;
}
