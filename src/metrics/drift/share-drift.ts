import { fail, type Result, succeed } from '../../base/result.ts';
import { absoluteInterval, type Interval } from '../resampling/interval.ts';
import { newcombeUnpaired } from '../resampling/newcombe.ts';
import { clopperPearson } from '../resampling/proportion.ts';
import { binEdges, binOfEach, countInBins } from './bins.ts';
import { chiSquaredTail } from './chi-squared-tail.ts';
import type { ColumnDrift, DriftOptions, ShareMethod } from './column-drift.ts';
import { type Cells, type ColumnPair, categoryCells, countCells, type DriftColumn, sortedPair } from './columns.ts';
import { bootstrapInterval, rowResampling, unitNoise, unitResampling } from './resamples.ts';
import { permutationNoise } from './sampling-noise.ts';
import {
  type Counts,
  chiSquared,
  chiSquaredPerRow,
  cramersV,
  jensenShannon,
  newCategories,
  populationStability,
  totalOf,
  totalVariation,
  vanishedCategories,
} from './shares.ts';

/** The column in bins or categories. Each row's cell is worked out when it is needed. */
interface Divided {
  readonly counts: Counts;
  readonly cells: () => Cells;
  /** How the bins came about, for the formula. */
  readonly by: string;
}

type Statistic = (counts: Counts) => number;

/** Distances of the shares of bins or categories. */
export function shareDrift(method: ShareMethod, pair: ColumnPair, options: DriftOptions): Result<ColumnDrift> {
  const divided = divide(method, pair, options);
  if (!divided.ok) return divided;
  const { counts, by } = divided.value;
  const isAboutNames = method === 'new_categories' || method === 'vanished_categories';
  if (!isAboutNames && isConstant(pair, counts)) return fail('drift-constant', 'holds one value only');
  const formulas: Readonly<Record<ShareMethod, string>> = {
    psi: `psi/${by}/eps-${options.epsilon.toExponential()}`,
    jensen_shannon: `jensen_shannon/${by}/base-e`,
    chi2: 'chi2/per-row',
    cramers_v: 'cramers_v',
    total_variation: 'total_variation',
    new_categories: 'new_categories/share-of-rows',
    vanished_categories: 'vanished_categories/share-of-rows',
  };
  return succeed({
    ...resampled(statisticOf(method, options), divided.value, options, closedInterval(method, counts, options)),
    formula: formulas[method],
    pValue:
      isAboutNames || options.units !== undefined
        ? undefined
        : () => {
            const { statistic, freedom } = chiSquared(counts);
            return chiSquaredTail(statistic, freedom);
          },
  });
}

/** How far the share of rows without a value has moved, whichever way. */
export function missingRateChange(pair: ColumnPair, options: DriftOptions): Result<ColumnDrift> {
  const cells = { reference: missingCells(pair.reference), current: missingCells(pair.current) };
  const counts = countCells(cells, 2);
  const missing = (sample: Float64Array) => ({ successes: sample[1] as number, trials: totalOf(sample) });
  const closed =
    options.confidence === undefined || options.units
      ? undefined
      : absoluteInterval(newcombeUnpaired(missing(counts.current), missing(counts.reference), options.confidence));
  const divided = { counts, cells: () => cells, by: '' };
  return succeed({
    ...resampled(totalVariation, divided, options, closed),
    formula: 'missing_rate_change',
    pValue: undefined,
  });
}

function resampled(
  statistic: Statistic,
  { counts, cells }: Divided,
  { units, confidence, signal }: DriftOptions,
  closed: Interval | undefined,
): Pick<ColumnDrift, 'value' | 'rows' | 'noise' | 'interval'> {
  const value = statistic(counts);
  const rows = Math.min(totalOf(counts.reference), totalOf(counts.current));
  const cellsOfRows = units && cells();
  const noise =
    units && cellsOfRows
      ? unitNoise(cellsOfRows, units, counts.reference.length, statistic, signal)
      : permutationNoise(counts, statistic);
  if (confidence === undefined) return { value, rows, noise, interval: null };
  const resampling = units && cellsOfRows ? unitResampling(cellsOfRows, units) : rowResampling(counts);
  const interval = closed ?? bootstrapInterval(value, counts, statistic, resampling, confidence, signal);
  return { value, rows, noise, interval };
}

function statisticOf(method: ShareMethod, { epsilon }: DriftOptions): Statistic {
  const statistics: Readonly<Record<ShareMethod, Statistic>> = {
    psi: (counts) => populationStability(counts, epsilon),
    jensen_shannon: jensenShannon,
    chi2: chiSquaredPerRow,
    cramers_v: cramersV,
    total_variation: totalVariation,
    new_categories: newCategories,
    vanished_categories: vanishedCategories,
  };
  return statistics[method];
}

/** A share of rows that the resampled rows can't vary when it is 0: its interval is a proportion's. */
function closedInterval(
  method: ShareMethod,
  counts: Counts,
  { confidence, units }: DriftOptions,
): Interval | undefined {
  if (confidence === undefined || units !== undefined) return undefined;
  if (method !== 'new_categories' && method !== 'vanished_categories') return undefined;
  const [share, sample] =
    method === 'new_categories'
      ? [newCategories(counts), counts.current]
      : [vanishedCategories(counts), counts.reference];
  const rows = totalOf(sample);
  return clopperPearson(Math.round(share * rows), rows, confidence);
}

function divide(method: ShareMethod, pair: ColumnPair, { bins, strategy }: DriftOptions): Result<Divided> {
  const { reference, current } = pair;
  const isBinned = method === 'psi' || method === 'jensen_shannon';
  if (!isBinned || reference.kind === 'text' || current.kind === 'text') {
    const { cells, count } = categoryCells(pair);
    return succeed({ counts: countCells(cells, count), cells: () => cells, by: 'categories' });
  }
  const sorted = sortedPair(reference.values, current.values);
  if (!sorted.ok) return sorted;
  const edges = binEdges(sorted.value.reference, bins, strategy);
  return succeed({
    counts: {
      reference: countInBins(sorted.value.reference, edges),
      current: countInBins(sorted.value.current, edges),
    },
    cells: () => ({ reference: binOfEach(reference.values, edges), current: binOfEach(current.values, edges) }),
    by: `${strategy}-${bins}`,
  });
}

/** One value in both samples together; two values may well share a bin. */
function isConstant({ reference, current }: ColumnPair, counts: Counts): boolean {
  if (reference.kind === 'text' || current.kind === 'text') return counts.reference.length <= 1;
  let only: number | undefined;
  for (const values of [reference.values, current.values]) {
    for (const value of values) {
      if (Number.isNaN(value) || value === only) continue;
      if (only !== undefined) return false;
      only = value;
    }
  }
  return true;
}

function missingCells(column: DriftColumn): Int32Array {
  return column.kind === 'number'
    ? Int32Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0))
    : column.codes.map((code) => (code < 0 ? 1 : 0));
}
