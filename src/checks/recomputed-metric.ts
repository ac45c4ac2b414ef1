import { fail, type Result, succeed } from '../base/result.ts';
import { accuracy } from '../metrics/accuracy.ts';
import type { ConfusionCounts, Ratio } from '../metrics/confusion.ts';
import { f1 } from '../metrics/f1.ts';
import { logLoss } from '../metrics/log-loss.ts';
import { precision } from '../metrics/precision.ts';
import { recall } from '../metrics/recall.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import type { LoadedDataset } from './dataset-tables.ts';

/** A metric's value on a data set. */
export interface ComputedMetric {
  readonly value: number;
  /** Rows of the data set. */
  readonly rows: number;
  /** Rows that the formula divides by, whatever their weight: what `min_rows` counts. */
  readonly dividedBy: number;
  /** Of what `dividedBy` counts, e.g. "positive rows". */
  readonly dividedByWhat: string;
  /** Whether the formula came to 0/0, where scikit-learn says 0. */
  readonly zeroDivision: boolean;
  readonly formula: string;
}

type Compute = (dataset: LoadedDataset) => Result<ComputedMetric>;

/** The metrics of this version, by scikit-learn's names. */
const COMPUTE: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ['accuracy', fromCounts('accuracy', accuracy, (rows) => total(rows), 'rows')],
  [
    'precision',
    fromCounts('precision', precision, (rows) => rows.truePositives + rows.falsePositives, 'rows predicted positive'),
  ],
  ['recall', fromCounts('recall', recall, (rows) => rows.truePositives + rows.falseNegatives, 'positive rows')],
  ['f1', fromCounts('f1', f1, (rows) => total(rows) - rows.trueNegatives, 'rows that are, or are predicted, positive')],
  ['roc_auc', computeRocAuc],
  ['log_loss', computeLogLoss],
]);

/** Computes the metric from the rows; undefined when this version does not know it. */
export function recompute(metric: string, dataset: LoadedDataset): Result<ComputedMetric> | undefined {
  return COMPUTE.get(metric)?.(dataset);
}

/** Whether this version computes the metric. */
export function canRecompute(metric: string): boolean {
  return COMPUTE.has(metric);
}

function fromCounts(
  name: string,
  formula: (counts: ConfusionCounts) => Ratio,
  dividedBy: (rows: ConfusionCounts) => number,
  dividedByWhat: string,
): Compute {
  return (dataset) => {
    const counts = dataset.binary.confusion();
    if (!counts.ok) return counts;
    const { weighted, rows } = counts.value;
    const { value, zeroDivision } = formula(weighted);
    return named(dataset, {
      value,
      zeroDivision,
      dividedBy: dividedBy(rows),
      dividedByWhat,
      formula: `${name}/sklearn`,
    });
  };
}

function computeRocAuc(dataset: LoadedDataset): Result<ComputedMetric> {
  const labels = dataset.binary.labels();
  if (!labels.ok) return labels;
  const table = dataset.binary.scoreTable();
  if (!table.ok) return table;
  const value = rocAuc(table.value);
  if (Number.isNaN(value)) {
    return fail(
      'metric-undefined',
      `ROC AUC is undefined on data set “${dataset.name}”: it compares two classes, and one has no rows or no weight.`,
    );
  }
  const { positives } = labels.value;
  return named(dataset, {
    value,
    zeroDivision: false,
    dividedBy: Math.min(positives, dataset.rows - positives),
    dividedByWhat: 'rows of the rarer class',
    formula: 'roc_auc/midrank',
  });
}

function computeLogLoss(dataset: LoadedDataset): Result<ComputedMetric> {
  const labels = dataset.binary.labels();
  if (!labels.ok) return labels;
  const probabilities = dataset.binary.probabilities();
  if (!probabilities.ok) return probabilities;
  const weights = dataset.binary.weights();
  if (!weights.ok) return weights;
  return named(dataset, {
    value: logLoss(probabilities.value, labels.value.flags, weights.value),
    zeroDivision: false,
    dividedBy: dataset.rows,
    dividedByWhat: 'rows',
    formula: 'log_loss/natural/eps-2^-52',
  });
}

/** Values that weights decided have another name than those that rows alone decided. */
function named(dataset: LoadedDataset, computed: Omit<ComputedMetric, 'rows'>): Result<ComputedMetric> {
  const weights = dataset.binary.weights();
  const suffix = weights.ok && weights.value !== undefined ? '/weighted' : '';
  return succeed({ ...computed, rows: dataset.rows, formula: computed.formula + suffix });
}

function total(counts: ConfusionCounts): number {
  return counts.truePositives + counts.falsePositives + counts.falseNegatives + counts.trueNegatives;
}
