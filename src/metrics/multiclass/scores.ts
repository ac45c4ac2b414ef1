/** A row's scores: `scores[class][row]`, one column per class. */
export type ClassScores = readonly Float64Array[];

/** The class of each row's highest score; of equal ones the first. A score of NaN never wins; callers refuse NaN before. */
export function predictHighest(scores: ClassScores): Int32Array {
  return highest(scores).predictions;
}

/** What a calibration of the predicted class compares: its score, and whether it was right. */
export interface TopLabel {
  readonly confidence: Float64Array;
  readonly correct: Uint8Array;
}

/** The highest score of each row, and whether its class (of equal ones the first) is the label. */
export function topLabel(labels: Int32Array, scores: ClassScores): TopLabel {
  const { predictions, confidence } = highest(scores);
  const correct = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row += 1) correct[row] = predictions[row] === labels[row] ? 1 : 0;
  return { confidence, correct };
}

/** 1 where the label is this class. */
export function isClass(labels: Int32Array, one: number): Uint8Array {
  const flags = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row += 1) flags[row] = labels[row] === one ? 1 : 0;
  return flags;
}

/**
 * The first row whose scores are not a probability each and 1 together, within `tolerance`; -1 when all are.
 * scikit-learn tolerates 1e-5 for ROC AUC, and only warns for log loss and Brier score.
 */
export function firstRowNotAddingToOne(scores: ClassScores, tolerance: number): number {
  const sums = new Float64Array(scores[0]?.length ?? 0);
  for (const column of scores) {
    for (let row = 0; row < sums.length; row += 1) sums[row] = (sums[row] as number) + (column[row] as number);
  }
  for (let row = 0; row < sums.length; row += 1) {
    if (!(Math.abs((sums[row] as number) - 1) <= tolerance)) return row;
  }
  return -1;
}

function highest(scores: ClassScores): { predictions: Int32Array; confidence: Float64Array } {
  const first = scores[0] ?? new Float64Array();
  const predictions = new Int32Array(first.length);
  const confidence = first.slice();
  for (let one = 1; one < scores.length; one += 1) {
    const column = scores[one] as Float64Array;
    for (let row = 0; row < confidence.length; row += 1) {
      const score = column[row] as number;
      if (score > (confidence[row] as number)) {
        confidence[row] = score;
        predictions[row] = one;
      }
    }
  }
  return { predictions, confidence };
}
