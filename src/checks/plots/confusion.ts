import { cellsOf } from '../estimates/count-metric.ts';
import { DEFAULT_POSITIVE } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { decidingThreshold } from './classifier-curves.ts';
import type { ConfusionPlot } from './plot.ts';

/** The confusion matrix that count metrics are computed from. */
export function confusionPlot(rows: DatasetRows): Omit<ConfusionPlot, 'id' | 'checks'> | undefined {
  const unit = rows.dataset.weight === undefined ? ('rows' as const) : ('weight' as const);
  const known = { kind: 'confusion', dataset: rows.name, unit, threshold: decidingThreshold(rows) } as const;
  if (rows.task === 'binary') {
    const counted = rows.binary.confusion();
    if (!counted.ok) return undefined;
    const [tn = 0, fp = 0, fn = 0, tp = 0] = cellsOf(counted.value.weighted);
    const positive = String(rows.dataset.positive ?? DEFAULT_POSITIVE);
    const counts = [[tn, fp] as const, [fn, tp] as const];
    return { ...known, classes: [negativeName(rows, positive), positive], counts };
  }
  if (rows.task !== 'multiclass') return undefined;
  const classes = rows.multiclass.classes();
  const matrix = rows.multiclass.confusion();
  if (!classes.ok || !matrix.ok) return undefined;
  const { cells, classes: size } = matrix.value.weighted;
  const counts = Array.from({ length: size }, (_, label) =>
    Array.from(cells.subarray(label * size, (label + 1) * size)),
  );
  return { ...known, classes: classes.value, counts };
}

/** The other value of the labels, where the rows are there to tell. */
function negativeName(rows: DatasetRows, positive: string): string {
  const { label } = rows.dataset;
  const read = label !== undefined && rows.columnNames('value').includes(label);
  const labels = read ? rows.binary.labels() : undefined;
  const negative = labels?.ok ? labels.value.negative : undefined;
  return negative === undefined ? `not ${positive}` : String(negative);
}
