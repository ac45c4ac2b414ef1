import { averagePrecision } from '../../../src/metrics/average-precision.ts';
import { normalQuantile } from '../../../src/metrics/resampling/normal.ts';
import { nextNormal, nextUniform, type Random } from '../../../src/metrics/resampling/random.ts';
import { rocAuc } from '../../../src/metrics/roc-auc.ts';
import type { ScoreTable } from '../../../src/metrics/score-table.ts';
import type { Columns, Population } from './estimates.ts';
import { separationOf } from './samplers.ts';

/** How a class's scores are drawn: the score below which a share of its rows lies. */
type Quantiles = (share: number) => number;

interface ScoredClasses {
  readonly positive: Quantiles;
  readonly negative: Quantiles;
}

/** Two normal classes of equal spread. */
function normalClasses(auc: number): ScoredClasses {
  const distance = separationOf(auc);
  return { positive: (share) => normalQuantile(share) + distance, negative: normalQuantile };
}

/** Scores in 200 steps, so that the area and the average precision of the population are known exactly. */
const STEPS = 200;
const CHANCES = 200_000;

interface Stepped {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
  readonly scores: Float64Array;
}

function stepped({ positive, negative }: ScoredClasses): Stepped {
  const all = [positive, negative].map((of) =>
    Float64Array.from({ length: CHANCES }, (_, index) => of((index + 0.5) / CHANCES)),
  ) as [Float64Array, Float64Array];
  const least = Math.min(...all.map((values) => values[0] as number));
  const most = Math.max(...all.map((values) => values[CHANCES - 1] as number));
  const [ofPositives, ofNegatives] = all.map((values) => {
    const chances = new Float64Array(STEPS);
    for (const value of values) {
      const step = Math.min(STEPS - 1, Math.floor(((value - least) / (most - least)) * STEPS));
      chances[step] = (chances[step] as number) + 1 / CHANCES;
    }
    return chances;
  }) as [Float64Array, Float64Array];
  const scores = Float64Array.from({ length: STEPS }, (_, step) => (step + 0.5) / STEPS);
  return { positive: ofPositives, negative: ofNegatives, scores };
}

/** Draws a score of one of the classes; the chances added up are worked out once. */
function drawerOf({ scores }: Stepped, chances: Float64Array): (random: Random) => number {
  const table = new Uint8Array(65_536);
  let step = 0;
  let below = chances[0] as number;
  for (let index = 0; index < table.length; index += 1) {
    while (step < STEPS - 1 && (index + 0.5) / table.length > below) {
      step += 1;
      below += chances[step] as number;
    }
    table[index] = step;
  }
  return (random) => scores[table[Math.floor(nextUniform(random) * table.length)] as number] as number;
}

/** What is done with the rows of two scored classes, of which there are equally many. */
interface Drawing {
  readonly weighted?: boolean;
  /** Rows of one unit have one label, and half of them repeat the unit's own score; size counts positive units. */
  readonly rowsPerUnit: number;
}

/** Rows of two classes with the columns y, p and, where they are wanted, w and u. */
export function scoredRows(metric: 'roc_auc' | 'average_precision', drawing: Drawing): Population {
  const known = new Map<number, Stepped & { readonly draw: readonly ((random: Random) => number)[] }>();
  const of = (auc: number) => {
    const found = known.get(auc);
    if (found) return found;
    const steps = stepped(normalClasses(auc));
    const made = { ...steps, draw: [drawerOf(steps, steps.negative), drawerOf(steps, steps.positive)] };
    known.set(auc, made);
    return made;
  };
  return {
    truthOf(auc) {
      const { positive, negative, scores } = of(auc);
      const table: ScoreTable = {
        scores,
        positives: positive,
        negatives: negative,
      };
      return metric === 'roc_auc' ? rocAuc(table) : averagePrecision(table).value;
    },
    draw(random, auc, size) {
      const { draw } = of(auc);
      const { weighted = false, rowsPerUnit } = drawing;
      const units = size * 2;
      const columns = emptyColumns(units * rowsPerUnit, weighted, rowsPerUnit > 1);
      for (let unit = 0, row = 0; unit < units; unit += 1) {
        const label = unit < size ? 1 : 0;
        const drawOne = draw[label] as (random: Random) => number;
        const own = drawOne(random);
        for (let member = 0; member < rowsPerUnit; member += 1, row += 1) {
          columns.y[row] = label;
          columns.p[row] = member === 0 || (rowsPerUnit > 1 && nextUniform(random) < 0.5) ? own : drawOne(random);
          if (columns.u) columns.u[row] = unit;
          if (columns.w) columns.w[row] = weightOf(random);
        }
      }
      return columns as unknown as Columns;
    },
  };
}

function emptyColumns(rows: number, weighted: boolean, units: boolean) {
  return {
    ...{ y: new Float64Array(rows), p: new Float64Array(rows) },
    ...(weighted ? { w: new Float64Array(rows) } : {}),
    ...(units ? { u: new Float64Array(rows) } : {}),
  } as { y: Float64Array; p: Float64Array; w?: Float64Array; u?: Float64Array };
}

/** Lognormal; has nothing to do with the row. */
export function weightOf(random: Random): number {
  return Math.exp(0.7 * nextNormal(random));
}

/** tp, fp, fn, tn rows of a classifier: columns y, p (its prediction) and, where they are wanted, w and u. */
export function decidedRows(
  sharesFor: (truth: number) => Float64Array,
  truthOf: (truth: number) => number,
  drawing: { readonly rarer: number; readonly weighted?: boolean; readonly rowsPerUnit?: number },
): Population {
  return {
    truthOf,
    draw(random, truth, size) {
      const { rarer, weighted = false, rowsPerUnit = 1 } = drawing;
      const units = Math.round(size / rarer);
      const [tp = 0, fp = 0, fn = 0] = sharesFor(truth);
      const columns = emptyColumns(units * rowsPerUnit, weighted, rowsPerUnit > 1);
      const cellOf = () => {
        const share = nextUniform(random);
        return share < tp ? 3 : share < tp + fp ? 1 : share < tp + fp + fn ? 2 : 0;
      };
      for (let unit = 0, row = 0; unit < units; unit += 1) {
        const own = cellOf();
        for (let member = 0; member < rowsPerUnit; member += 1, row += 1) {
          const cell = member === 0 || nextUniform(random) < 0.5 ? own : cellOf();
          columns.y[row] = cell >> 1;
          columns.p[row] = cell & 1;
          if (columns.u) columns.u[row] = unit;
          if (columns.w) columns.w[row] = weightOf(random);
        }
      }
      return columns as unknown as Columns;
    },
  };
}

/** Scores on 40 steps, overconfident so that the calibration error over ten equal bins is the truth (at most 0.25). */
export function overconfidentRows(how: 'weighted' | 'not weighted'): Population {
  return {
    truthOf: (truth) => truth,
    draw(random, truth, size) {
      const columns = emptyColumns(size, how === 'weighted', false);
      for (let row = 0; row < size; row += 1) {
        const score = (Math.floor(nextUniform(random) * 40) + 0.5) / 40;
        columns.p[row] = score;
        columns.y[row] = nextUniform(random) < 0.5 + (score - 0.5) * (1 - 4 * truth) ? 1 : 0;
        if (columns.w) columns.w[row] = weightOf(random);
      }
      return columns as unknown as Columns;
    },
  };
}
