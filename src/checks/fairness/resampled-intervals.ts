import { type Result, succeed } from '../../base/result.ts';
import { type Contrast, contrastOf, foldedInterval, type PairMeasure } from '../../metrics/fairness/contrast.ts';
import type { Interval } from '../../metrics/resampling/interval.ts';
import { poissonBootstrapAll } from '../../metrics/resampling/poisson-bootstrap.ts';
import { withUnseen } from '../../metrics/resampling/unseen-cells.ts';
import { canBeResampled, type Measure } from '../estimates/measure.ts';
import { unitsOf } from '../estimates/units.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { compactCodes } from '../rows/gather.ts';
import type { MeasuredGroup } from './group-values.ts';
import { type GroupPair, valuesOf } from './pairs.ts';
import { unseenInGroups } from './unseen-in-groups.ts';

/**
 * The intervals of a measure of pairs of groups whose rows are weighted or belong to units: all groups are measured on
 * the same Poisson resamples of the rows or units of the whole data set, so a unit may have rows in several groups.
 * Undefined for a pair that varies too wildly, for one of which a group never varies (nobody selected, say: resamples
 * then take as certain what is not), and for all when a metric can't be resampled.
 *
 * @param codes the group of each row
 */
export function resampledIntervals(
  rows: DatasetRows,
  codes: Int32Array,
  pairs: readonly GroupPair[],
  { contrasts, fold }: PairMeasure,
  confidence: number,
  signal?: AbortSignal,
): Result<readonly (Interval | undefined)[]> {
  const units = unitsOf(rows);
  if (!units.ok) return units;
  const { count, codes: unitCodes, suffix, independent } = units.value;
  const groups = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const resampled = groups.map((group) => resampledGroup(group, codes, unitCodes));
  if (resampled.some((each) => each === undefined)) return succeed(pairs.map(() => undefined));
  const binning = resampled.map((each) => each?.suffix).find((each) => each !== '') ?? '';
  const metrics = groups[0]?.measures.length ?? 0;
  const statistics = (weights: Float64Array, values: Float64Array): void => {
    for (const [index, group] of resampled.entries()) {
      group?.write(weights, values.subarray(index * metrics, (index + 1) * metrics));
    }
    const groupValues = new Map(
      groups.map((group, index) => [group, values.subarray(index * metrics, (index + 1) * metrics)]),
    );
    let at = groups.length * metrics;
    for (const { first, second } of pairs) {
      for (const contrast of contrasts) {
        values[at] = contrastOf(
          contrast,
          groupValues.get(first) as Float64Array,
          groupValues.get(second) as Float64Array,
        );
        at += 1;
      }
    }
  };
  const ofGroups = groups.length * metrics;
  const size = ofGroups + pairs.length * contrasts.length;
  const found = poissonBootstrapAll(count, statistics, size, confidence, signal);
  const constant = new Set(
    groups.filter((_, index) => found.slice(index * metrics, (index + 1) * metrics).some(hasNoWidth)),
  );
  return succeed(
    pairs.map((pair, index) => {
      const { first, second } = pair;
      const start = ofGroups + index * contrasts.length;
      const own = found.slice(start, start + contrasts.length);
      const isEnough = [...first.measures, ...second.measures].every((measure) => canBeResampled(measure, { count }));
      if (!isEnough || constant.has(first) || constant.has(second) || !own.every((interval) => interval !== undefined))
        return undefined;
      const widened = own.map((interval, place) => {
        const contrast = contrasts[place] as Contrast;
        const value = contrastOf(contrast, valuesOf(first), valuesOf(second));
        return withUnseen(interval, value, unseenInGroups(contrast, pair, rows.rows / independent, confidence));
      });
      const folded = foldedInterval(fold, widened);
      return { ...folded, method: folded.method + suffix + binning };
    }),
  );
}

function hasNoWidth(interval: Interval | undefined): boolean {
  return interval !== undefined && interval.low === interval.high;
}

interface ResampledGroup {
  /** Writes a group's values for weights of all units; a group looks only at its own units. */
  readonly write: (weights: Float64Array, values: Float64Array) => void;
  /** What its statistics add to the method's name. */
  readonly suffix: string;
}

function resampledGroup(
  group: MeasuredGroup,
  codes: Int32Array,
  unitCodes: Int32Array | undefined,
): ResampledGroup | undefined {
  const statistics = group.measures.map(({ statistic }: Measure) => statistic?.());
  const ofRows = new Int32Array(group.rows.rows);
  for (let row = 0, at = 0; row < codes.length; row += 1) {
    if (codes[row] !== group.code) continue;
    ofRows[at] = unitCodes ? (unitCodes[row] as number) : row;
    at += 1;
  }
  const own = compactCodes(ofRows, highest(ofRows) + 1);
  const units = { count: own.count, independent: own.count, codes: own.codes, suffix: '', noun: 'row' };
  const prepared = statistics.map((statistic) => statistic?.prepare(units));
  if (prepared.some((each) => each === undefined)) return undefined;
  const ownWeights = new Float64Array(own.count);
  const write: ResampledGroup['write'] = (weights, values) => {
    for (let unit = 0; unit < own.count; unit += 1) ownWeights[unit] = weights[own.old[unit] as number] as number;
    for (const [index, statistic] of prepared.entries()) values[index] = statistic?.(ownWeights) ?? Number.NaN;
  };
  const suffixes = statistics.map((statistic) => statistic?.suffix?.(units) ?? '');
  return { write, suffix: suffixes.find((each) => each !== '') ?? '' };
}

function highest(numbers: Int32Array): number {
  let most = -1;
  for (let index = 0; index < numbers.length; index += 1) most = Math.max(most, numbers[index] as number);
  return most;
}
