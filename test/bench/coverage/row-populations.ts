import { nextNormal, nextUniform } from '../../../src/metrics/resampling/random.ts';
import type { Columns, Population } from './estimates.ts';
import { weightOf } from './populations.ts';

/** Predictions that explain this share of the labels' variance; errors are normal, or skewed and centred. */
export function explainedRows(errors: 'normal' | 'skewed'): Population {
  return {
    truthOf: (truth) => truth,
    draw(random, truth, size) {
      const columns = { y: new Float64Array(size), prediction: new Float64Array(size) };
      for (let row = 0; row < size; row += 1) {
        const own = Math.sqrt(truth) * nextNormal(random);
        const error = errors === 'normal' ? nextNormal(random) : -1 - Math.log(nextUniform(random));
        columns.prediction[row] = own;
        columns.y[row] = own + Math.sqrt(1 - truth) * error;
      }
      return columns;
    },
  };
}

/** Exponential errors of mean 1. */
export function exponentialErrors(truth: number, how: 'weighted' | 'not weighted'): Population {
  return {
    truthOf: () => truth,
    draw(random, _, size) {
      const columns: Record<string, Float64Array> = {
        y: new Float64Array(size).fill(10),
        prediction: Float64Array.from({ length: size }, () => 10 - Math.log(nextUniform(random))),
      };
      if (how === 'weighted') columns['w'] = Float64Array.from({ length: size }, () => weightOf(random));
      return columns;
    },
  };
}

const CLASSES = 3;

/**
 * Three classes, the first a tenth of the rows and the last six tenths: a row scores high for its own class with this
 * chance, else for one of the others. Size counts rows of the rarest class.
 */
export function threeClasses(truthOf: (truth: number) => number): Population {
  return {
    truthOf,
    draw(random, truth, size) {
      const rows = size * 10;
      const columns: Record<string, Float64Array> = {
        y: new Float64Array(rows),
        prediction: new Float64Array(rows),
        s0: new Float64Array(rows),
        s1: new Float64Array(rows),
        s2: new Float64Array(rows),
      };
      const y = columns['y'] as Float64Array;
      const prediction = columns['prediction'] as Float64Array;
      const scores = [0, 1, 2].map((one) => columns[`s${one}`] as Float64Array);
      for (let row = 0; row < rows; row += 1) {
        const label = row < size ? 0 : row < size * 4 ? 1 : 2;
        const isRight = nextUniform(random) < truth;
        const high = isRight ? label : (label + (nextUniform(random) < 0.5 ? 1 : 2)) % CLASSES;
        const share = 0.5 + Math.floor(nextUniform(random) * 16) / 32;
        y[row] = label;
        prediction[row] = high;
        for (const [one, column] of scores.entries()) column[row] = one === high ? share : (1 - share) / 2;
      }
      return columns as Columns;
    },
  };
}

/** One relevant result of ten: first with this chance, else anywhere. Size counts queries. */
export function rankedQueries(): Population {
  const results = 10;
  return {
    truthOf: meanReciprocalRank,
    draw(random, truth, size) {
      const columns = {
        q: new Float64Array(size * results),
        y: new Float64Array(size * results),
        p: new Float64Array(size * results),
      };
      for (let query = 0, row = 0; query < size; query += 1) {
        const place = nextUniform(random) < truth ? 0 : Math.floor(nextUniform(random) * results);
        for (let result = 0; result < results; result += 1, row += 1) {
          columns.q[row] = query;
          columns.y[row] = result === place ? 1 : 0;
          columns.p[row] = results - result;
        }
      }
      return columns;
    },
  };
}

/** Of queries as `rankedQueries` draws them. */
function meanReciprocalRank(truth: number): number {
  const elsewhere = Array.from({ length: 10 }, (_, place) => 1 / (place + 1) / 10).reduce((sum, part) => sum + part, 0);
  return truth + (1 - truth) * elsewhere;
}
