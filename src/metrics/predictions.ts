/** 1 where the score reaches the threshold, else 0. A score of NaN never does; callers refuse NaN before. */
export function predictAtThreshold(scores: Float64Array, threshold: number): Uint8Array {
  const predictions = new Uint8Array(scores.length);
  for (let row = 0; row < scores.length; row += 1) {
    // Not by a branch, which half of the rows would take by surprise.
    predictions[row] = Number((scores[row] as number) >= threshold);
  }
  return predictions;
}
