import { fail, type Result, succeed } from '../../base/result.ts';
import type { ColumnDrift, DriftOptions, NumericMethod } from './column-drift.ts';
import { sortedPair } from './columns.ts';
import { energyDistance } from './energy.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { kolmogorovSmirnovP } from './kolmogorov-smirnov-p.ts';
import { cellOfEach, cellStatistic, countNumericCells, numericCells } from './numeric-cells.ts';
import { bootstrapInterval, rowResampling, unitNoise, unitResampling } from './resamples.ts';
import { type Sorted, standardDeviation } from './samples.ts';
import { bridgeNoise, kolmogorovNoise, type SamplingNoise } from './sampling-noise.ts';
import { wasserstein, wassersteinNorm } from './wasserstein.ts';

const FORMULAS: Readonly<Record<NumericMethod, string>> = {
  wasserstein: 'wasserstein',
  wasserstein_normed: 'wasserstein_normed/std-reference',
  ks: 'ks',
  energy: 'energy',
};

/** The distances of the distribution functions of numbers; NaN is missing. */
export function numericDrift(
  method: NumericMethod,
  referenceValues: Float64Array,
  currentValues: Float64Array,
  { units, confidence, signal }: DriftOptions,
): Result<ColumnDrift> {
  const sorted = sortedPair(referenceValues, currentValues);
  if (!sorted.ok) return sorted;
  const { reference, current } = sorted.value;
  if (reference[0] === reference.at(-1) && current[0] === current.at(-1) && reference[0] === current[0])
    return fail('drift-constant', 'holds one value only');
  const norm = method === 'wasserstein_normed' ? wassersteinNorm(standardDeviation(reference)) : 1;
  const value = distance(method, reference, current) / norm;
  if (!Number.isFinite(value)) return fail('drift-infinite', 'holds numbers too large to compute with');
  const found = {
    value,
    formula: FORMULAS[method],
    rows: Math.min(reference.length, current.length),
    pValue: method === 'ks' ? () => kolmogorovSmirnovP(value, reference.length, current.length) : undefined,
  };
  if (units === undefined && confidence === undefined) {
    return succeed({ ...found, noise: noiseOf(method, reference, current, norm), interval: null });
  }
  const cells = numericCells(reference, current);
  const statistic = cellStatistic(cells, method, reference);
  const counts = {
    reference: countNumericCells(reference, cells),
    current: countNumericCells(current, cells),
  };
  const cellsOfRows = units && {
    reference: cellOfEach(referenceValues, cells),
    current: cellOfEach(currentValues, cells),
  };
  const resampling = units && cellsOfRows ? unitResampling(cellsOfRows, units) : rowResampling(counts);
  return succeed({
    ...found,
    noise:
      units && cellsOfRows
        ? unitNoise(cellsOfRows, units, cells.edges.length, statistic, signal)
        : noiseOf(method, reference, current, norm),
    interval:
      confidence === undefined ? null : bootstrapInterval(value, counts, statistic, resampling, confidence, signal),
  });
}

function distance(method: NumericMethod, reference: Sorted, current: Sorted): number {
  if (method === 'ks') return kolmogorovSmirnov(reference, current);
  return method === 'energy' ? energyDistance(reference, current) : wasserstein(reference, current);
}

function noiseOf(method: NumericMethod, reference: Sorted, current: Sorted, norm: number): SamplingNoise {
  if (method === 'ks') return kolmogorovNoise(reference.length, current.length);
  const noise = bridgeNoise(reference, current, method === 'energy' ? 2 : 1);
  return { ...noise, typical: noise.typical / norm, upper: noise.upper / norm };
}
