/** How often each bin or category occurs, in the same order in both samples. */
export interface Counts {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

export function totalOf(counts: Float64Array): number {
  let total = 0;
  for (let cell = 0; cell < counts.length; cell += 1) total += counts[cell] as number;
  return total;
}

/**
 * The population stability index Σ (p − q) ln(p / q) over the shares p of the reference and q of the current sample;
 * a share of zero is replaced by `epsilon`, and nothing is scaled back to one.
 *
 * Source: N. Siddiqi, "Credit Risk Scorecards" (2006); the floor as in Evidently's `psi` stattest (1e-4).
 */
export function populationStability({ reference, current }: Counts, epsilon: number): number {
  const n = totalOf(reference);
  const m = totalOf(current);
  let index = 0;
  for (let cell = 0; cell < reference.length; cell += 1) {
    const p = (reference[cell] as number) / n || epsilon;
    const q = (current[cell] as number) / m || epsilon;
    index += (p - q) * Math.log(p / q);
  }
  return index;
}

/** The largest Jensen–Shannon distance: samples without a common bin. */
export const LARGEST_JENSEN_SHANNON = Math.sqrt(Math.LN2);

/**
 * The Jensen–Shannon distance: the square root of the divergence, natural logarithms, so 0 to √ln 2 = 0.8326.
 *
 * Source: SciPy `scipy.spatial.distance.jensenshannon`; Evidently's `jensenshannon` stattest.
 */
export function jensenShannon({ reference, current }: Counts): number {
  const n = totalOf(reference);
  const m = totalOf(current);
  let divergence = 0;
  for (let cell = 0; cell < reference.length; cell += 1) {
    const p = (reference[cell] as number) / n;
    const q = (current[cell] as number) / m;
    const middle = (p + q) / 2;
    if (p > 0) divergence += p * Math.log(p / middle);
    if (q > 0) divergence += q * Math.log(q / middle);
  }
  return Math.sqrt(Math.max(0, divergence) / 2);
}

/**
 * The total variation distance ½ Σ |p − q|: the share of rows that would have to change their category. 0 to 1.
 *
 * Source: Evidently's `TVD` stattest.
 */
export function totalVariation({ reference, current }: Counts): number {
  const n = totalOf(reference);
  const m = totalOf(current);
  let sum = 0;
  for (let cell = 0; cell < reference.length; cell += 1) {
    sum += Math.abs((reference[cell] as number) / n - (current[cell] as number) / m);
  }
  return sum / 2;
}

/**
 * Pearson's chi-square of the table whose two rows are the samples, without Yates' correction, and its degrees of
 * freedom. Categories that neither sample has are left out.
 *
 * Source: SciPy `chi2_contingency(correction=False)`.
 */
export function chiSquared({ reference, current }: Counts): { statistic: number; freedom: number } {
  const n = totalOf(reference);
  const m = totalOf(current);
  let statistic = 0;
  let freedom = -1;
  for (let cell = 0; cell < reference.length; cell += 1) {
    const first = reference[cell] as number;
    const second = current[cell] as number;
    const both = first + second;
    if (both === 0) continue;
    freedom += 1;
    const expectedFirst = (both * n) / (n + m);
    const expectedSecond = (both * m) / (n + m);
    statistic += (first - expectedFirst) ** 2 / expectedFirst + (second - expectedSecond) ** 2 / expectedSecond;
  }
  return { statistic, freedom: Math.max(0, freedom) };
}

/**
 * Chi-square divided by the rows of both samples (Pearson's mean square contingency φ²): 0 to 1, and unlike the
 * statistic it does not grow with the number of rows.
 */
export function chiSquaredPerRow(counts: Counts): number {
  return chiSquared(counts).statistic / (totalOf(counts.reference) + totalOf(counts.current));
}

/**
 * Cramér's V of the same table: √(χ²/n), since it has two rows. 0 to 1, without bias correction.
 *
 * Source: SciPy `scipy.stats.contingency.association(method="cramer")`.
 */
export function cramersV(counts: Counts): number {
  return Math.sqrt(chiSquaredPerRow(counts));
}

/** The share of current rows whose category the reference doesn't have. */
export function newCategories({ reference, current }: Counts): number {
  let unseen = 0;
  for (let cell = 0; cell < reference.length; cell += 1) if (reference[cell] === 0) unseen += current[cell] as number;
  return unseen / totalOf(current);
}

/** The share of reference rows whose category the current sample doesn't have any more. */
export function vanishedCategories({ reference, current }: Counts): number {
  return newCategories({ reference: current, current: reference });
}
