/** A little of the identity is added to the covariance, so that features that depend on each other do no harm. */
const RIDGE = 1e-3;

/**
 * Linear discriminant analysis of two classes, trained on the rows that are not held out. Gives the scores of those that
 * are; a higher score is more like the second class.
 *
 * @param values `values[row * width + feature]`, the first class's rows first
 * @param ofFirst how many rows are of the first class
 * @param heldOut 1 for rows to score
 */
export function discriminantScores(
  values: Float64Array,
  width: number,
  ofFirst: number,
  heldOut: Uint8Array,
): Float64Array {
  const trained = [...heldOut.keys()].filter((row) => heldOut[row] === 0);
  const means = [
    meanOf(
      values,
      width,
      trained.filter((row) => row < ofFirst),
    ),
    meanOf(
      values,
      width,
      trained.filter((row) => row >= ofFirst),
    ),
  ] as const;
  const covariance = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (const row of trained) {
    const mean = row < ofFirst ? means[0] : means[1];
    for (let a = 0; a < width; a += 1) centred[a] = (values[row * width + a] as number) - (mean[a] as number);
    for (let a = 0; a < width; a += 1) {
      const left = centred[a] as number;
      const at = a * width;
      for (let b = 0; b <= a; b += 1)
        covariance[at + b] = (covariance[at + b] as number) + left * (centred[b] as number);
    }
  }
  for (let a = 0; a < width; a += 1) {
    for (let b = 0; b <= a; b += 1) covariance[a * width + b] = (covariance[a * width + b] as number) / trained.length;
    covariance[a * width + a] = (covariance[a * width + a] as number) * (1 + RIDGE) + RIDGE;
  }
  const apart = means[1].map((mean, feature) => mean - (means[0][feature] as number));
  const direction = solve(covariance, width, apart);
  const tested = [...heldOut.keys()].filter((row) => heldOut[row] === 1);
  return Float64Array.from(tested, (row) => {
    let score = 0;
    for (let a = 0; a < width; a += 1) score += (values[row * width + a] as number) * (direction[a] as number);
    return score;
  });
}

function meanOf(values: Float64Array, width: number, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(width);
  for (const row of rows) {
    for (let a = 0; a < width; a += 1) mean[a] = (mean[a] as number) + (values[row * width + a] as number);
  }
  return mean.map((sum) => sum / rows.length);
}

/** Solves `matrix · x = right` for a positive definite matrix whose lower triangle is given; both are overwritten. Cholesky. */
function solve(matrix: Float64Array, width: number, right: Float64Array): Float64Array {
  for (let a = 0; a < width; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      let sum = matrix[a * width + b] as number;
      for (let c = 0; c < b; c += 1) sum -= (matrix[a * width + c] as number) * (matrix[b * width + c] as number);
      matrix[a * width + b] =
        a === b ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / (matrix[b * width + b] as number);
    }
  }
  for (let a = 0; a < width; a += 1) {
    let sum = right[a] as number;
    for (let b = 0; b < a; b += 1) sum -= (matrix[a * width + b] as number) * (right[b] as number);
    right[a] = sum / (matrix[a * width + a] as number);
  }
  for (let a = width - 1; a >= 0; a -= 1) {
    let sum = right[a] as number;
    for (let b = a + 1; b < width; b += 1) sum -= (matrix[b * width + a] as number) * (right[b] as number);
    right[a] = sum / (matrix[a * width + a] as number);
  }
  return right;
}
