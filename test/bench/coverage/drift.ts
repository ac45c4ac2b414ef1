import { decideDrift } from '../../../src/checks/drift/decide-drift.ts';
import { binEdges, countInBins } from '../../../src/metrics/drift/bins.ts';
import { type ColumnMethod, columnDrift, type DriftOptions } from '../../../src/metrics/drift/column-drift.ts';
import { type ColumnPair, categoryCells, countCells, sortedPair } from '../../../src/metrics/drift/columns.ts';
import { energyDistance } from '../../../src/metrics/drift/energy.ts';
import { kolmogorovSmirnov } from '../../../src/metrics/drift/kolmogorov-smirnov.ts';
import type { Units } from '../../../src/metrics/drift/resamples.ts';
import { standardDeviation } from '../../../src/metrics/drift/samples.ts';
import {
  type Counts,
  chiSquaredPerRow,
  cramersV,
  jensenShannon,
  populationStability,
  totalVariation,
} from '../../../src/metrics/drift/shares.ts';
import { wasserstein, wassersteinNorm } from '../../../src/metrics/drift/wasserstein.ts';
import type { Random } from '../../../src/metrics/resampling/random.ts';
import {
  drawCategories,
  drawNumbers,
  drawUnits,
  exactCategories,
  exactNumbers,
  type Population,
  SHIFTED_NORMAL,
  SHIFTED_STEPS,
  type Sizes,
  STRETCHED_STEPS,
} from './drift-columns.ts';
import { CONFIDENCE, type MethodCoverage, type Sample, type Scenario, withPilotError } from './scenario.ts';

const OPTIONS: DriftOptions = { bins: 10, strategy: 'quantile', epsilon: 1e-4 };
const ROWS_OF_TRUTH = 200_000;
/** Each sample is resampled a thousand times over all of its values. */
const DRAWS = 1000;

const DISTANCES: readonly ColumnMethod[] = ['ks', 'wasserstein', 'wasserstein_normed', 'energy'];
const BINNED: readonly ColumnMethod[] = ['psi', 'jensen_shannon'];
const OF_CATEGORIES: readonly ColumnMethod[] = ['chi2', 'cramers_v', 'total_variation', 'psi', 'jensen_shannon'];

export const DRIFT: readonly MethodCoverage[] = [
  {
    method: 'drift: shares of categories',
    scenarios: OF_CATEGORIES.flatMap((method) => [1, 10].map((times) => categorical(method, times))),
  },
  {
    method: 'drift: numbers',
    scenarios: [
      ...DISTANCES.map((method) => numeric(method, STRETCHED_STEPS, [0.3, 1], 1, [50, 200, 1000])),
      ...DISTANCES.map((method) => numeric(method, SHIFTED_STEPS, [0.3, 1], 1, [200, 1000])),
      ...DISTANCES.map((method) => numeric(method, STRETCHED_STEPS, [1], 10, [200])),
    ],
  },
  {
    method: 'drift: shares of bins',
    scenarios: BINNED.map((method) => numeric(method, SHIFTED_NORMAL, [0.3, 1], 1, [50, 200, 1000])),
  },
  { method: 'drift: units', scenarios: (['wasserstein', 'psi'] as const).map((method) => ofUnits(method)) },
];

function numeric(
  method: ColumnMethod,
  population: Population,
  truths: readonly number[],
  times: number,
  sizes: readonly number[],
): Scenario {
  return withPilotError({
    name: `drift: ${method}, ${population.name}, 1 : ${times}`,
    truths,
    sizes,
    side: 'max',
    // A thousand draws leave open whether this one stays below 5 %.
    drawsFor: (size) =>
      method === 'wasserstein' && population === STRETCHED_STEPS && size === 200 ? undefined : DRAWS,
    boundFor: (drift) => truthOf(method, exactNumbers(ROWS_OF_TRUTH, population, drift)),
    prepare(drift, size) {
      const bound = truthOf(method, exactNumbers(ROWS_OF_TRUTH, population, drift));
      const rows = { reference: size * times, current: size };
      return (random) => sampleOf(method, drawNumbers(random, rows, population, drift), bound);
    },
  });
}

function categorical(method: ColumnMethod, times: number): Scenario {
  return withPilotError({
    name: `drift: ${method}, categories, 1 : ${times}`,
    truths: [0.05, 0.1, 0.3],
    sizes: [50, 200, 1000],
    side: 'max',
    drawsFor: () => DRAWS,
    boundFor: (drift) => truthOf(method, exactCategories(ROWS_OF_TRUTH, times, drift)),
    prepare(drift, size) {
      // The chi-square per row depends on how many times as many rows the reference has.
      const bound = truthOf(method, exactCategories(ROWS_OF_TRUTH, times, drift));
      const rows = { reference: size * times, current: size };
      return (random) => sampleOf(method, drawCategories(random, rows, drift), bound);
    },
  });
}

/** Size counts units. */
function ofUnits(method: ColumnMethod): Scenario {
  return withPilotError({
    name: `drift: ${method}, units of five rows`,
    truths: [0.3, 1],
    sizes: [200],
    side: 'max',
    drawsFor: () => DRAWS / 2,
    boundFor: (drift) => truthOf(method, exactNumbers(ROWS_OF_TRUTH, SHIFTED_STEPS, drift)),
    prepare(drift, size) {
      const bound = truthOf(method, exactNumbers(ROWS_OF_TRUTH, SHIFTED_STEPS, drift));
      const sizes: Sizes = { reference: size, current: size };
      return (random: Random) => {
        const { pair, units } = drawUnits(random, sizes, SHIFTED_STEPS, drift);
        return sampleOf(method, pair, bound, units);
      };
    },
  });
}

/** The interval is there only where the check would not say that the bound is below what chance gives. */
function sampleOf(method: ColumnMethod, pair: ColumnPair, bound: number, units?: Units): Sample {
  return {
    value: truthOf(method, pair),
    interval() {
      const found = columnDrift(method, pair, { ...OPTIONS, units, confidence: CONFIDENCE });
      if (!found.ok) return undefined;
      const { status } = decideDrift({ method, max: bound, min_rows: undefined }, found.value);
      return status === 'not_evaluable' ? undefined : (found.value.interval ?? undefined);
    },
  };
}

/** The value alone, without what chance gives. */
function truthOf(method: ColumnMethod, pair: ColumnPair): number {
  const { reference, current } = pair;
  if (reference.kind === 'number' && current.kind === 'number') {
    const sorted = sortedPair(reference.values, current.values);
    if (!sorted.ok) throw new Error(sorted.problem.message);
    const samples = sorted.value;
    switch (method) {
      case 'ks':
        return kolmogorovSmirnov(samples.reference, samples.current);
      case 'wasserstein':
        return wasserstein(samples.reference, samples.current);
      case 'wasserstein_normed':
        return wasserstein(samples.reference, samples.current) / wassersteinNorm(standardDeviation(samples.reference));
      case 'energy':
        return energyDistance(samples.reference, samples.current);
      default: {
        const edges = binEdges(samples.reference, OPTIONS.bins, OPTIONS.strategy);
        return shareStatistic(method, {
          reference: countInBins(samples.reference, edges),
          current: countInBins(samples.current, edges),
        });
      }
    }
  }
  const { cells, count } = categoryCells(pair);
  return shareStatistic(method, countCells(cells, count));
}

function shareStatistic(method: ColumnMethod, counts: Counts): number {
  switch (method) {
    case 'psi':
      return populationStability(counts, OPTIONS.epsilon);
    case 'jensen_shannon':
      return jensenShannon(counts);
    case 'chi2':
      return chiSquaredPerRow(counts);
    case 'cramers_v':
      return cramersV(counts);
    default:
      return totalVariation(counts);
  }
}
