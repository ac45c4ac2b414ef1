import { formatNumber } from '../../base/text.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import { type MetricParameters, measure } from '../estimate.ts';
import type { Measure } from '../estimates/measure.ts';
import type { RowGroup } from '../groups.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { metricLabel } from '../words.ts';

/** One group with the metrics that are compared; or why it can't be compared. */
export interface MeasuredGroup {
  readonly name: string;
  readonly rows: DatasetRows;
  /** Its place among all groups: the code of its rows. */
  readonly code: number;
  readonly measures: readonly Measure[];
  /** One sentence with a full stop that names the group; undefined when all is well. */
  readonly problem: string | undefined;
}

/** Measures a group. Too few rows, no rows to divide by, or an undefined metric are its `problem`. */
export function measuredGroup(
  group: RowGroup,
  code: number,
  metrics: readonly MetricName[],
  parameters: MetricParameters,
  minRows: number | undefined,
): MeasuredGroup {
  const measures: Measure[] = [];
  let problem: string | undefined;
  for (const metric of metrics) {
    const found = measure(metric, parameters, group.rows);
    if (!found.ok) {
      problem ??= `Group “${group.name}”: ${found.problem.message}`;
      continue;
    }
    measures.push(found.value);
    problem ??= problemOf(group.name, metric, found.value, minRows);
  }
  return { name: group.name, rows: group.rows, code, measures, problem };
}

function problemOf(
  group: string,
  metric: MetricName,
  { dividedBy, dividedByWhat, zeroDivision }: Measure,
  minRows: number | undefined,
): string | undefined {
  if (minRows !== undefined && dividedBy < minRows) {
    const found = dividedBy === 0 ? 'no' : `only ${formatNumber(dividedBy)}`;
    return `Group “${group}” has ${found} ${dividedByWhat}; the check needs ${formatNumber(minRows)}.`;
  }
  if (!zeroDivision) return undefined;
  return `${metricLabel(metric)} is 0/0 in group “${group}”, which has no ${dividedByWhat}.`;
}
