import { fail, type Result, succeed } from '../../base/result.ts';
import type { Interval } from '../resampling/interval.ts';
import type { BinStrategy } from './bins.ts';
import { type ColumnPair, presentOf, rowsOf } from './columns.ts';
import { numericDrift } from './numeric-drift.ts';
import type { Units } from './resamples.ts';
import type { SamplingNoise } from './sampling-noise.ts';
import { missingRateChange, shareDrift } from './share-drift.ts';

/** How far one column has moved. */
export interface ColumnDrift {
  /** Not negative; larger is more drift. */
  readonly value: number;
  /** Names the formula of the value, e.g. `psi/quantile-10/eps-1e-4`. */
  readonly formula: string;
  /** Rows with a value in the smaller of both samples. */
  readonly rows: number;
  /** Rows without a value, which are left out. */
  readonly missing?: { readonly reference: number; readonly current: number };
  readonly noise: SamplingNoise;
  /** At the confidence asked for; null when none was. Its high end is what judges: a distance has its floor at zero. */
  readonly interval: Interval | null;
  /**
   * The p-value of the test that goes with the distance, worked out when asked for; it is shown and never decides.
   * undefined where there is none, and where rows belong together, which these tests know nothing of.
   */
  readonly pValue: (() => number) | undefined;
}

export const NUMERIC_METHODS = ['wasserstein', 'wasserstein_normed', 'ks', 'energy'] as const;
/** Numbers in bins, and categories. */
export const BINNED_METHODS = ['psi', 'jensen_shannon'] as const;
/** Numbers, too, are categories here, by their value. */
export const CATEGORICAL_METHODS = [
  'chi2',
  'cramers_v',
  'total_variation',
  'new_categories',
  'vanished_categories',
] as const;

export type NumericMethod = (typeof NUMERIC_METHODS)[number];
export type ShareMethod = (typeof BINNED_METHODS)[number] | (typeof CATEGORICAL_METHODS)[number];
export type ColumnMethod = NumericMethod | ShareMethod | 'missing_rate_change';

export interface DriftOptions {
  readonly bins: number;
  readonly strategy: BinStrategy;
  /** What replaces an empty bin's share in `psi`. */
  readonly epsilon: number;
  /** Rows that belong together are resampled together. */
  readonly units?: Units | undefined;
  readonly confidence?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The drift of one column from the reference to the current sample. Missing values (NaN included) are left out of every
 * method but `missing_rate_change`. A problem, to follow the column's name, where there is no answer.
 *
 * @throws what the signal gives as its reason, when it is aborted
 */
export function columnDrift(method: ColumnMethod, pair: ColumnPair, options: DriftOptions): Result<ColumnDrift> {
  if (rowsOf(pair.reference) === 0 || rowsOf(pair.current) === 0) return fail('drift-no-rows', 'has no rows');
  if (method === 'missing_rate_change') return missingRateChange(pair, options);
  const { reference, current } = pair;
  const present = { reference: presentOf(reference), current: presentOf(current) };
  if (present.reference === 0) return fail('drift-empty', 'has no value in the reference');
  if (present.current === 0) return fail('drift-empty', 'has no value in the current data');
  if (reference.kind !== current.kind) {
    const kinds = { number: 'numbers', text: 'texts' };
    return fail(
      'drift-type',
      `holds ${kinds[reference.kind]} in the reference and ${kinds[current.kind]} in the current data`,
    );
  }
  const found = measured(method, pair, options);
  if (!found.ok) return found;
  const missing = {
    reference: rowsOf(reference) - present.reference,
    current: rowsOf(current) - present.current,
  };
  return missing.reference + missing.current === 0 ? found : succeed({ ...found.value, missing });
}

function measured(method: NumericMethod | ShareMethod, pair: ColumnPair, options: DriftOptions): Result<ColumnDrift> {
  if (!isNumericMethod(method)) return shareDrift(method, pair, options);
  const { reference, current } = pair;
  if (reference.kind === 'text' || current.kind === 'text')
    return fail('drift-type', `holds texts, and ${method} compares numbers`);
  return numericDrift(method, reference.values, current.values, options);
}

function isNumericMethod(method: ColumnMethod): method is NumericMethod {
  return (NUMERIC_METHODS as readonly string[]).includes(method);
}
