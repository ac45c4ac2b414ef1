import { type Result, succeed } from '../base/result.ts';
import type { ConfusionCounts } from '../metrics/confusion.ts';
import type { BinaryRows, WeighedCounts } from './rows/binary-rows.ts';
import type { DatasetRows } from './rows/dataset-rows.ts';
import { once } from './rows/once.ts';

type Counted = Pick<BinaryRows, 'confusion' | 'selection'>;

/**
 * The counts of a binary classifier in every group, by one pass over the rows instead of one for each group. Each
 * pass is made when first asked for.
 *
 * @param codes the group of each row
 */
export function groupedCounts(rows: DatasetRows, codes: Int32Array, groups: number): (group: number) => Counted {
  const { binary } = rows;
  const confusion = once(() => {
    const labels = binary.labels();
    if (!labels.ok) return labels;
    const predictions = binary.predictions();
    return predictions.ok ? count(rows, codes, groups, predictions.value, labels.value.flags) : predictions;
  });
  const selection = once(() => {
    // Where other checks count by label, their pass tells of the selected rows as well.
    const known = hasLabels(rows) ? confusion() : undefined;
    if (known?.ok) return succeed(known.value.map(withoutLabels));
    const selections = binary.selections();
    return selections.ok ? count(rows, codes, groups, selections.value) : selections;
  });
  const of = (counts: Result<readonly WeighedCounts[]>, group: number): Result<WeighedCounts> =>
    counts.ok ? succeed(counts.value[group] as WeighedCounts) : counts;
  return (group) => ({ confusion: () => of(confusion(), group), selection: () => of(selection(), group) });
}

function hasLabels({ dataset, columnNames }: DatasetRows): boolean {
  return dataset.label !== undefined && columnNames('value').includes(dataset.label);
}

/** Every row counts as a negative. */
function withoutLabels({ weighted, rows }: WeighedCounts): WeighedCounts {
  const counts = selected(rows);
  return { weighted: weighted === rows ? counts : selected(weighted), rows: counts };
}

function selected(counts: ConfusionCounts): ConfusionCounts {
  return {
    truePositives: 0,
    falseNegatives: 0,
    falsePositives: counts.falsePositives + counts.truePositives,
    trueNegatives: counts.trueNegatives + counts.falseNegatives,
  };
}

function count(
  rows: DatasetRows,
  codes: Int32Array,
  groups: number,
  predictions: Uint8Array,
  labels?: Uint8Array,
): Result<readonly WeighedCounts[]> {
  const weights = rows.weights();
  if (!weights.ok) return weights;
  const counted = countCells(codes, groups, predictions, labels);
  if (weights.value === undefined) return succeed(counted.map((each) => ({ weighted: each, rows: each })));
  const weighed = weighCells(codes, groups, predictions, labels, weights.value);
  return succeed(counted.map((each, group) => ({ weighted: weighed[group] as ConfusionCounts, rows: each })));
}

/** Two tables take turns, so that rows of one cell in a row don't wait for each other. */
function countCells(
  codes: Int32Array,
  groups: number,
  predictions: Uint8Array,
  labels: Uint8Array | undefined,
): ConfusionCounts[] {
  const cells = [new Uint32Array(groups * 4), new Uint32Array(groups * 4)] as const;
  for (let row = 0; row < codes.length; row += 1) {
    const table = cells[row & 1] as Uint32Array;
    const label = labels === undefined ? 0 : (labels[row] as number);
    const cell = 4 * (codes[row] as number) + 2 * label + (predictions[row] as number);
    table[cell] = (table[cell] as number) + 1;
  }
  return countsOf(Float64Array.from(cells[0], (cell, index) => cell + (cells[1][index] as number)));
}

/** Each cell is summed with Neumaier's compensation, as in `compensatedSum`. */
function weighCells(
  codes: Int32Array,
  groups: number,
  predictions: Uint8Array,
  labels: Uint8Array | undefined,
  weights: Float64Array,
): ConfusionCounts[] {
  const sums = new Float64Array(groups * 4);
  const lost = new Float64Array(groups * 4);
  for (let row = 0; row < codes.length; row += 1) {
    const label = labels === undefined ? 0 : (labels[row] as number);
    const cell = 4 * (codes[row] as number) + 2 * label + (predictions[row] as number);
    const weight = weights[row] as number;
    const sum = sums[cell] as number;
    const next = sum + weight;
    lost[cell] = (lost[cell] as number) + (sum >= weight ? sum - next + weight : weight - next + sum);
    sums[cell] = next;
  }
  return countsOf(sums.map((sum, cell) => sum + (lost[cell] as number)));
}

function countsOf(cells: Float64Array): ConfusionCounts[] {
  return Array.from({ length: cells.length / 4 }, (_, group) => ({
    trueNegatives: cells[4 * group] as number,
    falsePositives: cells[4 * group + 1] as number,
    falseNegatives: cells[4 * group + 2] as number,
    truePositives: cells[4 * group + 3] as number,
  }));
}
