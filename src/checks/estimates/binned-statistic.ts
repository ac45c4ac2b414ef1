import type { ScoreTable, TableSlopes } from '../../metrics/score-table.ts';
import { compensatedSum } from '../../metrics/sums.ts';
import { type RankedRows, tableOf } from './ranked-rows.ts';

/** Bins times units: so many weights of bins in units stay near the processor, and a resample takes a millisecond. */
const CELLS = 1 << 20;
const LEAST_BINS = 32;
const MOST_BINS = 1 << 14;

/** Into how many bins of neighbouring scores the rows of so many units are put. */
export function binsFor(units: number): number {
  return Math.min(MOST_BINS, Math.max(LEAST_BINS, 2 * Math.floor(CELLS / units / 2)));
}

/**
 * A metric of a score table under weights of units, without a look at every row each time: the metric of the table whose
 * scores are rounded to bins, put right by what the rounding changes of its value and of its slope in each unit's
 * weight. Exact for weights of 1, and to first order in how they differ from 1; what is left out is the curvature of the
 * small part that the order within bins contributes.
 *
 * Source: the control of a bootstrap by a linear approximation, B. Efron, R. J. Tibshirani, "An Introduction to the
 * Bootstrap" (1993), chapter 23, with the binned metric in place of none.
 */
export function binnedStatistic(
  rows: RankedRows,
  units: number,
  value: (table: ScoreTable) => number,
  slopesOf: (table: ScoreTable) => TableSlopes,
): (weights: Float64Array) => number {
  const { entryOf, unitOf, flags, own } = rows;
  const one = new Float64Array(units).fill(1);
  const whole = tableOf(rows)(one);
  const exact = value(whole);
  const { bins, binOf } = binsOf(whole, binsFor(units));
  const coarse = binned(whole, bins, binOf);
  const rounded = value(coarse);
  const slopes = slopesOf(whole);
  const roundedSlopes = slopesOf(coarse);
  // By class and bin, then by unit: what each unit puts there.
  const positives = new Float64Array(bins * units);
  const negatives = new Float64Array(bins * units);
  const corrections = new Float64Array(units);
  const unitWeights = new Float64Array(units);
  for (let at = 0; at < entryOf.length; at += 1) {
    const entry = entryOf[at] as number;
    const bin = binOf[entry] as number;
    const unit = unitOf[at] as number;
    const weight = own ? (own[at] as number) : 1;
    const isPositive = flags[at] === 1;
    const cells = isPositive ? positives : negatives;
    cells[bin * units + unit] = (cells[bin * units + unit] as number) + weight;
    const [fine, rough] = isPositive
      ? [slopes.ofPositive[entry] as number, roundedSlopes.ofPositive[bin] as number]
      : [slopes.ofNegative[entry] as number, roundedSlopes.ofNegative[bin] as number];
    corrections[unit] = (corrections[unit] as number) + weight * (fine - rough);
    unitWeights[unit] = (unitWeights[unit] as number) + weight;
  }
  const total = compensatedSum(unitWeights);
  const table: ScoreTable = { ...coarse, positives: new Float64Array(bins), negatives: new Float64Array(bins) };
  return (weights) => {
    for (let bin = 0; bin < bins; bin += 1) {
      table.positives[bin] = dot(positives, bin * units, weights);
      table.negatives[bin] = dot(negatives, bin * units, weights);
    }
    // Slopes are those of a metric that does not change when all weights do alike.
    const share = dot(unitWeights, 0, weights) / total;
    return value(table) + (exact - rounded) + dot(corrections, 0, weights) / share;
  };
}

/** In four lanes: which weights are 0 is anybody's guess, so none is left out. */
function dot(values: Float64Array, from: number, weights: Float64Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = weights.length & ~3;
  for (let unit = 0; unit < whole; unit += 4) {
    first += (values[from + unit] as number) * (weights[unit] as number);
    second += (values[from + unit + 1] as number) * (weights[unit + 1] as number);
    third += (values[from + unit + 2] as number) * (weights[unit + 2] as number);
    fourth += (values[from + unit + 3] as number) * (weights[unit + 3] as number);
  }
  for (let unit = whole; unit < weights.length; unit += 1)
    first += (values[from + unit] as number) * (weights[unit] as number);
  return first + second + (third + fourth);
}

/**
 * Half of the bins share the weight of both classes evenly, each class counting as much as the other; the other half
 * have ever fewer rows towards the highest scores, where precision goes by a few rows.
 */
function binsOf(
  { scores, positives, negatives }: ScoreTable,
  most: number,
): { readonly bins: number; readonly binOf: Int32Array } {
  const binOf = new Int32Array(scores.length);
  const ofPositives = compensatedSum(positives) || 1;
  const ofNegatives = compensatedSum(negatives) || 1;
  const total = ofPositives + ofNegatives;
  const rarest = total / scores.length;
  let positivesBelow = 0;
  let negativesBelow = 0;
  let bins = 0;
  let last = -1;
  for (let entry = 0; entry < scores.length; entry += 1) {
    const positive = positives[entry] as number;
    const negative = negatives[entry] as number;
    // By its middle, so that a score of many rows has a bin to itself.
    const ofClasses =
      (positivesBelow + positive / 2) / ofPositives / 2 + (negativesBelow + negative / 2) / ofNegatives / 2;
    positivesBelow += positive;
    negativesBelow += negative;
    const above = Math.max(total - positivesBelow - negativesBelow, 0);
    const fromTop = 1 - Math.log1p(above / rarest) / Math.log1p(total / rarest);
    const place = ((ofClasses + fromTop) / 2) * most;
    const quantile = Math.min(Math.floor(place), most - 1);
    if (quantile !== last) bins += 1;
    last = quantile;
    binOf[entry] = bins - 1;
  }
  return { bins, binOf };
}

function binned(table: ScoreTable, bins: number, binOf: Int32Array): ScoreTable {
  const scores = Float64Array.from({ length: bins }, (_, bin) => bin);
  const positives = new Float64Array(bins);
  const negatives = new Float64Array(bins);
  for (let entry = 0; entry < binOf.length; entry += 1) {
    const bin = binOf[entry] as number;
    positives[bin] = (positives[bin] as number) + (table.positives[entry] as number);
    negatives[bin] = (negatives[bin] as number) + (table.negatives[entry] as number);
  }
  return { scores, positives, negatives };
}
