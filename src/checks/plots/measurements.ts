import { percentile } from '../../metrics/percentile.ts';
import { binCounts, equalEdges } from '../../metrics/reduce/bin-counts.ts';
import type { OperationsCheck } from '../../policy/schema.ts';
import { boundOf } from '../bounds.ts';
import type { CheckContext } from '../check-context.ts';
import { readMeasurements } from '../operations.ts';
import type { Bound } from '../outcome.ts';
import type { Common } from './plot.ts';

/** Measurements such as latencies: at or below which number which share of them lies. */
export interface PercentilesPlot extends Common {
  readonly kind: 'percentiles';
  readonly column: string;
  readonly percents: readonly number[];
  readonly values: readonly number[];
  readonly rows: number;
  /** The statistic that is bounded, where it is a percentile. */
  readonly statistic: string;
  readonly bound: Bound;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

const PERCENTS = [0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9, 100];
const BINS = 40;

export async function percentilesPlot(
  check: OperationsCheck,
  context: CheckContext,
): Promise<Omit<PercentilesPlot, 'id' | 'checks'> | undefined> {
  const { path, column, statistic } = check;
  if (path === undefined || column === undefined || statistic === undefined) return undefined;
  const read = await readMeasurements(path, column, check, context);
  if ('status' in read) return undefined;
  const sorted = Float64Array.from(read.values).sort();
  const [least, most] = [sorted[0] as number, percentile(sorted, 99.5)];
  const edges = least < most ? equalEdges(least, most, BINS) : [least - 0.5, least + 0.5];
  return {
    ...{ kind: 'percentiles', column, statistic, rows: sorted.length, bound: boundOf(check), edges },
    percents: PERCENTS,
    values: PERCENTS.map((percent) => percentile(sorted, percent)),
    counts: Array.from(binCounts(sorted, edges).positives),
  };
}
