import type { GapCheck, MetricCheck } from '../../policy/schema.ts';
import { boundOf } from '../bounds.ts';
import type { CheckContext, Finding } from '../check-context.ts';
import { measure } from '../estimate.ts';
import { metricLabel } from '../words.ts';
import { ifRead } from './classifier-curves.ts';
import type { ForestItem, PartsPlot } from './plot.ts';
import { itemOfPart } from './slices.ts';

/** How much worse than another model: of all rows, or of each group. */
export function againstPlot(check: MetricCheck, finding: Finding): Omit<PartsPlot, 'id' | 'checks'> | undefined {
  if (check.against === undefined || finding.value === null) return undefined;
  const label = check.metric === undefined ? (check.logged ?? '') : metricLabel(check.metric);
  const parts = finding.parts?.map(itemOfPart) ?? [
    { ...itemOfPart({ ...finding, name: 'all rows' }), nameless: 'all rows' as const, status: finding.status },
  ];
  return {
    ...{ kind: 'parts', about: 'against', shownConfidence: undefined },
    blocks: [
      {
        subject: { kind: 'drop', metric: label, against: check.against },
        items: parts,
        bound: finding.bound,
        reference: { value: 0, is: 'no worse' },
      },
    ],
  };
}

/** The metric on both data sets, and the drop between them. */
export async function gapPlot(
  check: GapCheck,
  finding: Finding,
  context: CheckContext,
): Promise<Omit<PartsPlot, 'id' | 'checks'> | undefined> {
  if (finding.value === null) return undefined;
  const items: ForestItem[] = [];
  for (const name of check.datasets) {
    const dataset = await context.tables.load(name);
    if (!dataset.ok) return undefined;
    const { rows } = dataset.value;
    const measured = ifRead(() => measure(check.metric, check, rows));
    if (!measured?.ok) return undefined;
    items.push({ name, value: measured.value.value, interval: null, rows: rows.rows, status: null, few: false });
  }
  const [from, to] = check.datasets;
  return {
    ...{ kind: 'parts', about: 'gap', shownConfidence: undefined },
    blocks: [
      { subject: { kind: 'metric', metric: metricLabel(check.metric) }, items, bound: null, reference: undefined },
      {
        subject: { kind: 'gap', from, to },
        items: [{ ...itemOfPart({ ...finding, name: 'drop' }), nameless: 'drop', status: finding.status }],
        bound: boundOf(check),
        reference: { value: 0, is: 'no worse' },
      },
    ],
  };
}
