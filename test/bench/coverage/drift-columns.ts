import type { ColumnPair, DriftColumn } from '../../../src/metrics/drift/columns.ts';
import type { Units } from '../../../src/metrics/drift/resamples.ts';
import { fillMultinomial } from '../../../src/metrics/resampling/binomial-random.ts';
import { normalQuantile } from '../../../src/metrics/resampling/normal.ts';
import { nextUniform, type Random } from '../../../src/metrics/resampling/random.ts';

/** The value below which a share of a column's rows lies. */
export type Quantiles = (share: number) => number;

/** What a reference and current data are drawn from, for an amount of drift. */
export interface Population {
  readonly name: string;
  readonly reference: Quantiles;
  current(drift: number): Quantiles;
}

export const SHIFTED_NORMAL: Population = {
  name: 'shifted normal numbers',
  reference: normalQuantile,
  current: (drift) => (share) => normalQuantile(share) + drift,
};

/** Steps of a quarter of a standard deviation, so that samples of any size have few different values. */
export const SHIFTED_STEPS: Population = {
  name: 'shifted steps',
  reference: (share) => Math.round(4 * normalQuantile(share)) / 4,
  current: (drift) => (share) => Math.round(4 * (normalQuantile(share) + drift)) / 4,
};

/** Skewed, in steps: the current numbers are larger by a factor. */
export const STRETCHED_STEPS: Population = {
  name: 'stretched exponential steps',
  reference: (share) => Math.round(-4 * Math.log1p(-share)) / 4,
  current: (drift) => (share) => Math.round(-4 * (1 + drift) * Math.log1p(-share)) / 4,
};

const CATEGORIES = ['a', 'b', 'c', 'd'];
const REFERENCE_SHARES = [0.4, 0.3, 0.2, 0.1];

/** Rows of four categories; `drift` of them moved from the most frequent to the least. */
export function categoryShares(drift: number): readonly number[] {
  const [most = 0, second = 0, third = 0, least = 0] = REFERENCE_SHARES;
  return [most - drift, second, third, least + drift];
}

export function drawCategories(random: Random, sizes: Sizes, drift: number): ColumnPair {
  return {
    reference: letters(drawnCounts(random, sizes.reference, REFERENCE_SHARES)),
    current: letters(drawnCounts(random, sizes.current, categoryShares(drift))),
  };
}

/** As many rows of each category as their share tells. */
export function exactCategories(rows: number, times: number, drift: number): ColumnPair {
  const exact = (shares: readonly number[], total: number) => letters(shares.map((share) => Math.round(share * total)));
  return { reference: exact(REFERENCE_SHARES, rows * times), current: exact(categoryShares(drift), rows) };
}

export interface Sizes {
  readonly reference: number;
  readonly current: number;
}

export function drawNumbers(random: Random, sizes: Sizes, population: Population, drift: number): ColumnPair {
  return {
    reference: numbers(sizes.reference, () => population.reference(nextUniform(random))),
    current: numbers(sizes.current, () => population.current(drift)(nextUniform(random))),
  };
}

/** Evenly spread over the population. */
export function exactNumbers(rows: number, population: Population, drift: number): ColumnPair {
  return {
    reference: numbers(rows, (row) => population.reference((row + 0.5) / rows)),
    current: numbers(rows, (row) => population.current(drift)((row + 0.5) / rows)),
  };
}

const ROWS_PER_UNIT = 5;

/** Numbers of units of five rows, half of whose rows repeat the unit's own number. */
export function drawUnits(
  random: Random,
  sizes: Sizes,
  population: Population,
  drift: number,
): { readonly pair: ColumnPair; readonly units: Units } {
  const unitOf = (units: number) =>
    Int32Array.from({ length: units * ROWS_PER_UNIT }, (_, row) => Math.floor(row / ROWS_PER_UNIT));
  const draw = (units: number, quantile: Quantiles): DriftColumn => {
    const own = Float64Array.from({ length: units }, () => nextUniform(random));
    return numbers(units * ROWS_PER_UNIT, (row) =>
      quantile(nextUniform(random) < 0.5 ? (own[Math.floor(row / ROWS_PER_UNIT)] as number) : nextUniform(random)),
    );
  };
  return {
    pair: {
      reference: draw(sizes.reference, population.reference),
      current: draw(sizes.current, population.current(drift)),
    },
    units: {
      reference: unitOf(sizes.reference),
      current: unitOf(sizes.current),
      unitsOfReference: sizes.reference,
      unitsOfCurrent: sizes.current,
    },
  };
}

function numbers(rows: number, numberOf: (row: number) => number): DriftColumn {
  return { kind: 'number', values: Float64Array.from({ length: rows }, (_, row) => numberOf(row)) };
}

function drawnCounts(random: Random, rows: number, shares: readonly number[]): number[] {
  const counts = new Float64Array(shares.length);
  fillMultinomial(random, rows, shares, counts);
  return [...counts];
}

function letters(counts: readonly number[]): DriftColumn {
  const codes = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [code, count] of counts.entries()) {
    codes.fill(code, at, at + count);
    at += count;
  }
  return { kind: 'text', codes, categories: CATEGORIES };
}
