/** Rows, or their weights, by ground truth and prediction of a binary classifier. */
export interface ConfusionCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/**
 * A value, and whether a 0/0 was met on the way. Then `value` is what scikit-learn has by default: 0 for a ratio (which
 * also enters an average as 0), NaN for Cohen's kappa, its own rules for R².
 */
export interface Ratio {
  readonly value: number;
  readonly zeroDivision: boolean;
}

/**
 * Counts rows by label and prediction; with weights, adds the rows' weights instead.
 *
 * @param labels 1 where the ground truth is the positive class, else 0
 * @param predictions 1 where the positive class is predicted, else 0; as long as `labels`
 * @param weights one finite number per row
 */
export function confusionCounts(labels: Uint8Array, predictions: Uint8Array, weights?: Float64Array): ConfusionCounts {
  const cells = weights ? weightedCells(labels, predictions, weights) : plainCells(labels, predictions);
  return { trueNegatives: cells[0], falsePositives: cells[1], falseNegatives: cells[2], truePositives: cells[3] };
}

/** `numerator / denominator`, and 0 for 0/0. */
export function ratio(numerator: number, denominator: number): Ratio {
  return denominator === 0 ? { value: 0, zeroDivision: true } : { value: numerator / denominator, zeroDivision: false };
}

/**
 * Mean of one value per class, leaving out classes where it is 0/0, as scikit-learn's `balanced_accuracy_score` does;
 * says so when it left any out. 0 when none is left.
 */
export function meanOfClasses(values: readonly Ratio[]): Ratio {
  const defined = values.filter(({ zeroDivision }) => !zeroDivision);
  const sum = defined.reduce((total, { value }) => total + value, 0);
  return {
    value: ratio(sum, defined.length).value,
    zeroDivision: defined.length === 0 || defined.length < values.length,
  };
}

type Cells = [number, number, number, number];

function plainCells(labels: Uint8Array, predictions: Uint8Array): Cells {
  let positives = 0;
  let predicted = 0;
  let both = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] as number;
    const prediction = predictions[row] as number;
    positives += label;
    predicted += prediction;
    both += label & prediction;
  }
  return [labels.length - positives - predicted + both, predicted - both, positives - both, both];
}

/** Each cell is summed with Neumaier's compensation, as in `compensatedSum`. */
function weightedCells(labels: Uint8Array, predictions: Uint8Array, weights: Float64Array): Cells {
  const sums = new Float64Array(4);
  const lost = new Float64Array(4);
  for (let row = 0; row < labels.length; row += 1) {
    const cell = 2 * (labels[row] as number) + (predictions[row] as number);
    const weight = weights[row] as number;
    const sum = sums[cell] as number;
    const next = sum + weight;
    lost[cell] =
      (lost[cell] as number) + (Math.abs(sum) >= Math.abs(weight) ? sum - next + weight : weight - next + sum);
    sums[cell] = next;
  }
  return Array.from(sums, (sum, cell) => sum + (lost[cell] as number)) as Cells;
}
