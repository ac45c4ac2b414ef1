import { compensatedSum } from '../sums.ts';
import { fillMultinomial } from './binomial-random.ts';
import type { Interval } from './interval.ts';
import { seededRandom } from './random.ts';
import { bcaInterval, influenceShape } from './replicates.ts';
import { mostUnseenRows, unseenCells, withUnseen } from './unseen-cells.ts';

const RESAMPLES = 2000;
const SEED = 1;
const METHOD = `bootstrap-multinomial-bca-${RESAMPLES}-seed-${SEED}`;

/**
 * The interval of a statistic that depends on the rows only through counts: resampling the rows is then drawing the
 * counts from a multinomial distribution, whatever their number. BCa ends, moved outwards by what rows of an empty cell
 * could change. Undefined where the statistic is undefined, or in too many resamples; zero width where it never varies.
 *
 * @param counts rows in each cell, whole numbers
 * @param statistic of counts laid out as `counts`; NaN where undefined. The array that it gets is used again.
 * @param isPossible whether there could be rows in a cell that has none; in all when not given
 */
export function multinomialBootstrap(
  counts: ArrayLike<number>,
  statistic: (counts: Float64Array) => number,
  confidence: number,
  isPossible: (cell: number) => boolean = () => true,
): Interval | undefined {
  const trials = compensatedSum(counts);
  if (!(trials > 0)) return undefined;
  const observed = Float64Array.from(counts);
  const estimate = statistic(observed.slice());
  const shares = observed.map((count) => count / trials);
  const random = seededRandom(SEED);
  const replicates = new Float64Array(RESAMPLES);
  const draws = new Float64Array(observed.length);
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    fillMultinomial(random, trials, shares, draws);
    replicates[resample] = statistic(draws);
  }
  const leftOut = observed.map((count, cell) => {
    if (count === 0) return 0;
    const without = observed.slice();
    without[cell] = count - 1;
    return statistic(without);
  });
  const found = bcaInterval(estimate, replicates, influenceShape(leftOut, observed), confidence, METHOD);
  return found && withUnseen(found, estimate, unseenCells(observed, statistic, mostUnseenRows(confidence), isPossible));
}
