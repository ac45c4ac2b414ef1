import { fillMultinomial } from '../resampling/binomial-random.ts';
import type { Interval } from '../resampling/interval.ts';
import { fillPoisson, nextUniform, type Random, seededRandom } from '../resampling/random.ts';
import { upperInterval } from '../resampling/upper-interval.ts';
import type { Cells } from './columns.ts';
import { type SamplingNoise, summarised } from './sampling-noise.ts';
import { type Counts, totalOf } from './shares.ts';

/** Which rows of each sample belong together: the number of each row's unit, from 0. */
export interface Units {
  readonly reference: Int32Array;
  readonly current: Int32Array;
  readonly unitsOfReference: number;
  readonly unitsOfCurrent: number;
}

const RESAMPLES = 1000;
const SEED = 1;

/**
 * A bootstrap interval of a distance between two samples that are resampled independently: see `upperInterval`.
 *
 * @param value of the samples as they are. Where the statistic knows only cells, the interval is moved by what they cost.
 * @param statistic of the rows in each cell
 * @param draw fills the counts with a resample's
 * @throws what the signal gives as its reason, when it is aborted
 */
export function bootstrapInterval(
  value: number,
  counts: Counts,
  statistic: (counts: Counts) => number,
  resampling: Resampling,
  confidence: number,
  signal?: AbortSignal,
): Interval {
  const moved = value - statistic(counts);
  const random = seededRandom(SEED);
  const drawn = {
    reference: new Float64Array(counts.reference.length),
    current: new Float64Array(counts.current.length),
  };
  const replicates = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    if (resample % 10 === 0) signal?.throwIfAborted();
    resampling.draw(random, drawn);
    replicates[resample] = statistic(drawn) + moved;
  }
  return upperInterval(
    value,
    replicates,
    confidence,
    `${resampling.method}-upper-percentile-${RESAMPLES}-seed-${SEED}`,
  );
}

/** How new samples are drawn from those that there are. */
export interface Resampling {
  readonly method: string;
  draw(random: Random, drawn: Counts): void;
}

/** Rows drawn with replacement, each sample from itself. */
export function rowResampling(counts: Counts): Resampling {
  const samples = (
    [
      ['reference', counts.reference],
      ['current', counts.current],
    ] as const
  ).map(([name, cells]) => {
    const rows = totalOf(cells);
    return { name, rows, shares: cells.map((count) => count / rows) };
  });
  return {
    method: 'bootstrap-multinomial',
    draw(random, drawn) {
      for (const { name, rows, shares } of samples) fillMultinomial(random, rows, shares, drawn[name]);
    },
  };
}

/** Units drawn with replacement, each with all of its rows. */
export function unitResampling(cells: Cells, units: Units): Resampling {
  const weights = {
    reference: new Float64Array(units.unitsOfReference),
    current: new Float64Array(units.unitsOfCurrent),
  };
  return {
    method: 'bootstrap-poisson-units',
    draw(random, drawn) {
      for (const name of ['reference', 'current'] as const) {
        fillPoisson(random, weights[name]);
        addRows(cells[name], units[name], weights[name], drawn[name]);
      }
    },
  };
}

function addRows(cells: Int32Array, units: Int32Array, weights: Float64Array, counts: Float64Array): void {
  counts.fill(0);
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row] as number;
    if (cell >= 0) counts[cell] = (counts[cell] as number) + (weights[units[row] as number] as number);
  }
}

/**
 * What chance alone gives where rows belong together: the units of both samples, each with all of its rows, are dealt
 * anew to the two samples, at random.
 */
export function unitNoise(
  cells: Cells,
  units: Units,
  count: number,
  statistic: (counts: Counts) => number,
  signal?: AbortSignal,
): SamplingNoise {
  const { unitsOfReference, unitsOfCurrent } = units;
  const isReference = new Float64Array(unitsOfReference + unitsOfCurrent);
  const rowsOfCurrent = units.current.map((unit) => unit + unitsOfReference);
  const random = seededRandom(SEED);
  const values = new Float64Array(RESAMPLES);
  const part = new Float64Array(count);
  const dealt = { reference: new Float64Array(count), current: new Float64Array(count) };
  const flipped = new Float64Array(isReference.length);
  for (let permutation = 0; permutation < RESAMPLES; permutation += 1) {
    if (permutation % 10 === 0) signal?.throwIfAborted();
    dealUnits(random, unitsOfReference, isReference);
    for (let unit = 0; unit < flipped.length; unit += 1) flipped[unit] = 1 - (isReference[unit] as number);
    for (const [into, chosen] of [
      [dealt.reference, isReference],
      [dealt.current, flipped],
    ] as const) {
      addRows(cells.reference, units.reference, chosen, into);
      addRows(cells.current, rowsOfCurrent, chosen, part);
      for (let cell = 0; cell < count; cell += 1) into[cell] = (into[cell] as number) + (part[cell] as number);
    }
    values[permutation] = statistic(dealt);
  }
  return summarised(values, `permutation-units-${RESAMPLES}-seed-${SEED}`);
}

/** Marks `wanted` of the units, each choice as likely as any other (selection sampling, Knuth's algorithm S). */
function dealUnits(random: Random, wanted: number, marks: Float64Array): void {
  let left = wanted;
  for (let unit = 0; unit < marks.length; unit += 1) {
    const taken = nextUniform(random) * (marks.length - unit) < left;
    marks[unit] = taken ? 1 : 0;
    if (taken) left -= 1;
  }
}
