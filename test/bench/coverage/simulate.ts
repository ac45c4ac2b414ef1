import { nextUint32, type Random, seededRandom } from '../../../src/metrics/resampling/random.ts';
import type { Sample, Scenario } from './scenario.ts';

/** What happened on one cell of the grid. */
export interface Cell {
  readonly truth: number;
  readonly size: number;
  readonly draws: number;
  /** Samples that a check with the bound on the truth lets pass. */
  readonly wrongPasses: number;
}

/**
 * An interval's end never lies so near to its value that a value inside the bound by less than this many standard
 * errors could pass; slow intervals are not computed there.
 */
const NEVER_PASSES_WITHIN = 1.2;

/** Draws samples whose truth lies exactly on the bound, and counts how many pass. */
export function simulate(scenario: Scenario, truth: number, size: number, draws: number): Cell {
  const random = seededRandom(seedOf(`${scenario.name}/${truth}/${size}`));
  const draw = scenario.prepare(truth, size);
  const bound = scenario.boundFor?.(truth) ?? truth;
  let wrongPasses = 0;
  for (let index = 0; index < draws; index += 1) if (passes(draw(random), bound, scenario.side)) wrongPasses += 1;
  return { truth, size, draws, wrongPasses };
}

/** As `decide` does: the value and the whole interval within the bound, and the interval not of zero width. */
function passes(sample: Sample, bound: number, side: 'min' | 'max'): boolean {
  const inside = side === 'min' ? sample.value - bound : bound - sample.value;
  if (!(inside >= 0)) return false;
  if (sample.standardError !== undefined && inside < NEVER_PASSES_WITHIN * sample.standardError) return false;
  const interval = sample.interval();
  if (interval === undefined || !(interval.low < interval.high)) return false;
  return side === 'min' ? interval.low >= bound : interval.high <= bound;
}

/** A seed of each cell's own, so that cells can be run again alone. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return nextUint32(seededRandom(hash) as Random);
}
