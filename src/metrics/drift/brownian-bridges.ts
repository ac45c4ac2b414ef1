import { nextNormal, seededRandom } from '../resampling/random.ts';

/** Paths of a Brownian bridge, at the same levels for every column. */
export interface Bridges {
  /** Between 0 and 1, ascending; closer together near both ends, where few rows span a long way. */
  readonly levels: readonly number[];
  readonly paths: number;
  /** `values[path * levels.length + level]` */
  readonly values: Float64Array;
}

const PATHS = 2000;
const SEED = 1;
const STEPS = 200;
const LEAST_LEVEL = 1e-7;
const TAIL_RATIO = 1.6;

let made: Bridges | undefined;

/** Always the same bridges; made when they are first needed. */
export function bridges(): Bridges {
  made ??= make();
  return made;
}

function make(): Bridges {
  const levels = levelsOf();
  const random = seededRandom(SEED);
  const values = new Float64Array(PATHS * levels.length);
  for (let path = 0; path < PATHS; path += 1) {
    const start = path * levels.length;
    let walk = 0;
    let before = 0;
    for (const [node, level] of levels.entries()) {
      walk += Math.sqrt(level - before) * nextNormal(random);
      values[start + node] = walk;
      before = level;
    }
    const end = walk + Math.sqrt(1 - before) * nextNormal(random);
    for (const [node, level] of levels.entries()) values[start + node] = (values[start + node] as number) - level * end;
  }
  return { levels, paths: PATHS, values };
}

function levelsOf(): number[] {
  const tail: number[] = [];
  for (let level = LEAST_LEVEL; level < 1 / STEPS; level *= TAIL_RATIO) tail.push(level);
  const middle = Array.from({ length: STEPS - 1 }, (_, step) => (step + 1) / STEPS);
  return [...tail, ...middle, ...tail.map((level) => 1 - level).reverse()];
}
