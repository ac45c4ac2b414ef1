import { fail, type Result, succeed } from '../../base/result.ts';
import { nextUniform, type Random, seededRandom } from '../resampling/random.ts';
import { type ColumnPair, categoryCells } from './columns.ts';
import type { Units } from './resamples.ts';

/** Complete rows of both samples as points: `values[row * width + feature]`, the reference's rows first. */
export interface Points {
  readonly values: Float64Array;
  readonly width: number;
  readonly reference: number;
  readonly current: number;
  /** Rows of each sample that have a value in every column, before any were left out for their number. */
  readonly complete: { readonly reference: number; readonly current: number };
}

export interface NamedPair extends ColumnPair {
  readonly name: string;
}

const SEED = 1;
/** A category that is none of these many most frequent ones has no feature of its own. */
const MOST_CATEGORIES = 20;

/**
 * Rows of several columns, standardised over both samples: a number minus the mean, divided by the standard deviation;
 * a text as one 0-or-1 feature for each of its 20 most frequent categories. Rows with a missing value are left out;
 * of rows that belong together one is kept; and of more than `most` rows of a sample a seeded choice.
 */
export function points(pairs: readonly NamedPair[], most: number, units?: Units): Result<Points> {
  for (const { name, reference, current } of pairs) {
    if (reference.kind !== current.kind) {
      return fail('drift-type', `column “${name}” holds numbers in one data set and texts in the other`);
    }
  }
  const random = seededRandom(SEED);
  const complete = { reference: completeRows(pairs, 'reference'), current: completeRows(pairs, 'current') };
  const rows = {
    reference: chosen(random, onePerUnit(random, complete.reference, units?.reference), most),
    current: chosen(random, onePerUnit(random, complete.current, units?.current), most),
  };
  const features = pairs.flatMap((pair) => featuresOf(pair, rows));
  const total = rows.reference.length + rows.current.length;
  const kept: Float64Array[] = [];
  for (const feature of features) {
    if (!feature.every(Number.isFinite)) return fail('drift-infinite', 'a column holds infinite numbers');
    const standard = standardised(feature);
    if (standard) kept.push(standard);
  }
  const values = new Float64Array(total * kept.length);
  for (const [column, feature] of kept.entries()) {
    for (let row = 0; row < total; row += 1) values[row * kept.length + column] = feature[row] as number;
  }
  return succeed({
    values,
    width: kept.length,
    reference: rows.reference.length,
    current: rows.current.length,
    complete: { reference: complete.reference.length, current: complete.current.length },
  });
}

interface Rows {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

function completeRows(pairs: readonly NamedPair[], side: 'reference' | 'current'): number[] {
  const first = pairs[0]?.[side];
  if (first === undefined) return [];
  const count = first.kind === 'number' ? first.values.length : first.codes.length;
  const rows: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const isComplete = pairs.every(({ [side]: column }) =>
      column.kind === 'number' ? !Number.isNaN(column.values[row]) : (column.codes[row] as number) >= 0,
    );
    if (isComplete) rows.push(row);
  }
  return rows;
}

/** One of each unit's rows, each as likely. */
function onePerUnit(random: Random, rows: readonly number[], units: Int32Array | undefined): readonly number[] {
  if (units === undefined) return rows;
  const kept = new Map<number, { row: number; seen: number }>();
  for (const row of rows) {
    const unit = units[row] as number;
    const known = kept.get(unit);
    if (known === undefined) kept.set(unit, { row, seen: 1 });
    else {
      known.seen += 1;
      if (nextUniform(random) * known.seen < 1) known.row = row;
    }
  }
  return [...kept.values()].map(({ row }) => row);
}

/** `most` of the rows, each choice as likely, in their order. */
function chosen(random: Random, rows: readonly number[], most: number): readonly number[] {
  if (rows.length <= most) return rows;
  let wanted = most;
  return rows.filter((_, index) => {
    const taken = nextUniform(random) * (rows.length - index) < wanted;
    if (taken) wanted -= 1;
    return taken;
  });
}

function featuresOf(pair: NamedPair, rows: Rows): Float64Array[] {
  const { reference, current } = pair;
  if (reference.kind === 'number' && current.kind === 'number') {
    return [
      Float64Array.from([
        ...rows.reference.map((row) => reference.values[row] as number),
        ...rows.current.map((row) => current.values[row] as number),
      ]),
    ];
  }
  const { cells, count } = categoryCells(pair);
  const all = [
    ...rows.reference.map((row) => cells.reference[row] as number),
    ...rows.current.map((row) => cells.current[row] as number),
  ];
  const frequency = new Float64Array(count);
  for (const cell of all) frequency[cell] = (frequency[cell] as number) + 1;
  const frequent = [...frequency.keys()]
    .sort((a, b) => (frequency[b] as number) - (frequency[a] as number) || a - b)
    .slice(0, MOST_CATEGORIES);
  return frequent.map((category) => Float64Array.from(all, (cell) => (cell === category ? 1 : 0)));
}

/** undefined for a feature that doesn't vary. */
function standardised(feature: Float64Array): Float64Array | undefined {
  let mean = 0;
  for (const [row, value] of feature.entries()) mean += (value - mean) / (row + 1);
  let squares = 0;
  for (const value of feature) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / feature.length);
  return deviation > 0 && Number.isFinite(deviation) ? feature.map((value) => (value - mean) / deviation) : undefined;
}
