import { fail, type Result, succeed } from '../../base/result.ts';
import type { Interval } from '../resampling/interval.ts';
import { rangeOf } from './buckets.ts';
import type { ColumnDrift, DriftOptions, NumericMethod } from './column-drift.ts';
import { energyDistance } from './energy.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { kolmogorovSmirnovP } from './kolmogorov-smirnov-p.ts';
import { cellOfEach, cellStatistic, countNumericCells, numericCells } from './numeric-cells.ts';
import { bootstrapInterval, rowResampling, unitNoise, unitResampling } from './resamples.ts';
import { pooledAt, type Sorted, standardDeviation } from './samples.ts';
import { bridgeNoise, bridgeRanks, kolmogorovNoise, type SamplingNoise } from './sampling-noise.ts';
import { sortSample } from './sort-sample.ts';
import { unsortedKolmogorovSmirnov, unsortedWasserstein } from './unsorted-distances.ts';
import { wasserstein, wassersteinNorm } from './wasserstein.ts';

const FORMULAS: Readonly<Record<NumericMethod, string>> = {
  wasserstein: 'wasserstein',
  wasserstein_normed: 'wasserstein_normed/std-reference',
  ks: 'ks',
  energy: 'energy',
};
/** From this many rows on, what needs no order is not sorted. */
const UNSORTED_FROM = 20_000;

interface Measured {
  readonly value: number;
  readonly noise: SamplingNoise;
}

/** The distances of the distribution functions of numbers; NaN is missing. */
export function numericDrift(
  method: NumericMethod,
  referenceValues: Float64Array,
  currentValues: Float64Array,
  options: DriftOptions,
): Result<ColumnDrift> {
  const reference = present(referenceValues);
  const current = present(currentValues);
  const [least, greatest] = rangeOf(reference, current);
  if (!Number.isFinite(least) || !Number.isFinite(greatest)) return fail('drift-infinite', 'holds infinite numbers');
  if (least === greatest) return fail('drift-constant', 'holds one value only');
  const resamples = options.units !== undefined || options.confidence !== undefined;
  const many = reference.length + current.length >= UNSORTED_FROM;
  const sorted =
    resamples || !many || method === 'energy'
      ? { reference: sortSample(reference), current: sortSample(current) }
      : undefined;
  const norm = method === 'wasserstein_normed' ? wassersteinNorm(standardDeviation(reference)) : 1;
  const raw = sorted
    ? measureSorted(method, sorted.reference, sorted.current)
    : measureUnsorted(method, reference, current);
  const value = raw.value / norm;
  if (!Number.isFinite(value)) return fail('drift-infinite', 'holds numbers too large to compute with');
  const { method: how, typical, upper } = raw.noise;
  const drift: ColumnDrift = {
    value,
    formula: FORMULAS[method],
    rows: Math.min(reference.length, current.length),
    noise: { typical: typical / norm, upper: upper / norm, method: how },
    interval: null,
    pValue:
      method === 'ks' && options.units === undefined
        ? () => kolmogorovSmirnovP(value, reference.length, current.length)
        : undefined,
  };
  if (!resamples || sorted === undefined) return succeed(drift);
  const again = resampled(method, value, { reference: referenceValues, current: currentValues }, sorted, options);
  return succeed({ ...drift, ...again });
}

function measureSorted(method: NumericMethod, reference: Sorted, current: Sorted): Measured {
  const [n, m] = [reference.length, current.length];
  if (method === 'ks') return { value: kolmogorovSmirnov(reference, current), noise: kolmogorovNoise(n, m) };
  const quantiles = bridgeRanks(n + m).map((rank) => pooledAt(reference, current, rank));
  return method === 'energy'
    ? { value: energyDistance(reference, current), noise: bridgeNoise(quantiles, n, m, 2) }
    : { value: wasserstein(reference, current), noise: bridgeNoise(quantiles, n, m, 1) };
}

function measureUnsorted(method: NumericMethod, reference: Float64Array, current: Float64Array): Measured {
  const [n, m] = [reference.length, current.length];
  if (method === 'ks') return { value: unsortedKolmogorovSmirnov(reference, current), noise: kolmogorovNoise(n, m) };
  const { distance, atRanks } = unsortedWasserstein(reference, current, bridgeRanks(n + m));
  return { value: distance, noise: bridgeNoise(atRanks, n, m, 1) };
}

/** What drawing rows or units again says: the interval, and with units the noise. */
function resampled(
  method: NumericMethod,
  value: number,
  values: { readonly reference: Float64Array; readonly current: Float64Array },
  sorted: { readonly reference: Sorted; readonly current: Sorted },
  { units, confidence, signal }: DriftOptions,
): { readonly interval: Interval | null; readonly noise?: SamplingNoise } {
  const cells = numericCells(sorted.reference, sorted.current);
  const statistic = cellStatistic(cells, method, sorted.reference);
  const counts = {
    reference: countNumericCells(sorted.reference, cells),
    current: countNumericCells(sorted.current, cells),
  };
  const cellsOfRows = units && {
    reference: cellOfEach(values.reference, cells),
    current: cellOfEach(values.current, cells),
  };
  const resampling = units && cellsOfRows ? unitResampling(cellsOfRows, units) : rowResampling(counts);
  return {
    interval:
      confidence === undefined ? null : bootstrapInterval(value, counts, statistic, resampling, confidence, signal),
    ...(units && cellsOfRows ? { noise: unitNoise(cellsOfRows, units, cells.edges.length, statistic, signal) } : {}),
  };
}

/** The numbers without NaN; the same array where there is none. */
function present(values: Float64Array): Float64Array {
  let missing = 0;
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) missing += 1;
  return missing === 0 ? values : values.filter((value) => !Number.isNaN(value));
}
