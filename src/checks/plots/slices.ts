import { fairnessFacts } from '../../policy/fairness-names.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { FairnessCheck, MetricCheck } from '../../policy/schema.ts';
import { boundOf } from '../bounds.ts';
import type { Finding } from '../check-context.ts';
import { intervalOf, isPlain, type MetricParameters, measure } from '../estimate.ts';
import { groupMeasureOf } from '../fairness/measure-of.ts';
import { partition, type RowGroup } from '../groups.ts';
import type { OutcomePart } from '../outcome.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { metricLabel } from '../words.ts';
import type { ForestBlock, ForestItem, PartsPlot } from './plot.ts';

/** Of the intervals that are shown where a check asks for none. */
const SHOWN_CONFIDENCE = 0.95;
/** A group of fewer rows that the formula divides by is marked, where the check does not say how many are too few. */
const FEW_ROWS = 30;

/** A metric in each group, with its interval and the bound that every group must meet. */
export function slicesPlot(
  check: MetricCheck,
  metric: MetricName,
  rows: DatasetRows,
  finding: Finding,
): Omit<PartsPlot, 'id' | 'checks'> | undefined {
  if (check.by === undefined) return undefined;
  const groups = partition(rows, check.by);
  if (!groups.ok) return undefined;
  const confidence = check.confidence ?? SHOWN_CONFIDENCE;
  const options = { confidence, minRows: check.min_rows };
  const found = new Map(finding.parts?.map((part) => [part.name, part]));
  const items = groups.value.map((group) => groupItem(metric, check, group, options, found.get(group.name)));
  const missing = [...found.values()].filter(({ name }) => !groups.value.some((group) => group.name === name));
  const subject = { kind: 'slices', metric: metricLabel(metric), by: [check.by].flat() } as const;
  const block = { subject, bound: boundOf(check), reference: wholeOf(metric, check, rows) };
  return {
    ...{ kind: 'parts', about: 'slices' },
    blocks: [{ ...block, items: [...items, ...missing.map(itemOfPart)] }],
    shownConfidence: shownConfidence(check.confidence, items),
  };
}

/** What a fairness check compares: each group's metrics, and below them every comparison with the band that it must stay in. */
export function fairnessPlot(
  check: FairnessCheck,
  rows: DatasetRows,
  finding: Finding,
): Omit<PartsPlot, 'id' | 'checks'> | undefined {
  const compared = groupMeasureOf(check.metric);
  if (compared === undefined || check.group === undefined) return undefined;
  const groups = partition(rows, check.group);
  if (!groups.ok) return undefined;
  const confidence = check.confidence ?? SHOWN_CONFIDENCE;
  const options = { confidence, minRows: check.min_rows };
  const blocks = compared.metrics.map((metric): ForestBlock => {
    const items = groups.value.map((group) => groupItem(metric, check, group, options, undefined));
    const subject = { kind: 'metric', metric: metricLabel(metric) } as const;
    return { subject, items, bound: null, reference: wholeOf(metric, check, rows) };
  });
  const comparisons: ForestBlock = {
    subject: { kind: 'metric', metric: metricLabel(check.metric) },
    items: (finding.parts ?? []).map(itemOfPart),
    bound: boundOf(check),
    reference: { value: fairnessFacts(check.metric).ideal, is: 'alike' },
  };
  return {
    ...{ kind: 'parts', about: 'fairness' },
    blocks: [...blocks, comparisons],
    shownConfidence: shownConfidence(
      check.confidence,
      blocks.flatMap(({ items }) => items),
    ),
  };
}

export function itemOfPart({ name, value, interval, rows, status }: OutcomePart): ForestItem {
  return { name, value, interval, rows, status, few: false };
}

interface GroupOptions {
  readonly confidence: number;
  readonly minRows: number | undefined;
}

/** A group's own value, also where the check does not go by it because its rows are too few. */
function groupItem(
  metric: MetricName,
  parameters: MetricParameters,
  { name, rows }: RowGroup,
  { confidence, minRows }: GroupOptions,
  part: OutcomePart | undefined,
): ForestItem {
  const status = part?.status ?? null;
  const measured = measure(metric, parameters, rows);
  if (!measured.ok || measured.value.zeroDivision) {
    return { name, value: null, interval: null, rows: rows.rows, status, few: rows.rows < (minRows ?? FEW_ROWS) };
  }
  const { value, dividedBy, closed } = measured.value;
  // Only intervals in closed form: to resample rows for a picture would take as long as the check.
  const own = closed && isPlain(rows) ? intervalOf(measured.value, rows, confidence) : undefined;
  const shown = own?.ok && own.value !== undefined ? ([own.value.low, own.value.high] as const) : null;
  const interval = part?.interval ?? (shown?.every(Number.isFinite) ? shown : null);
  return { name, value, interval, rows: rows.rows, status, few: dividedBy < (minRows ?? FEW_ROWS) };
}

function wholeOf(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): ForestBlock['reference'] {
  const measured = measure(metric, parameters, rows);
  return measured.ok && !measured.value.zeroDivision ? { value: measured.value.value, is: 'all rows' } : undefined;
}

function shownConfidence(asked: number | undefined, items: readonly ForestItem[]): number | undefined {
  return asked === undefined && items.some(({ interval }) => interval !== null) ? SHOWN_CONFIDENCE : undefined;
}
