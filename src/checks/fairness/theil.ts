import { THEIL_LEAST_ROWS, theilIndex } from '../../metrics/fairness/theil-index.ts';
import { multinomialBootstrap } from '../../metrics/resampling/multinomial-bootstrap.ts';
import { unseenCells, withUnseen } from '../../metrics/resampling/unseen-cells.ts';
import type { FairnessCheck } from '../../policy/schema.ts';
import { boundOf, decide, valueInWords } from '../bounds.ts';
import { type CheckContext, type Finding, notEvaluable } from '../check-context.ts';
import type { LoadedDataset } from '../dataset-tables.ts';
import { isPlain } from '../estimate.ts';
import { cellsOf, countsOfCells } from '../estimates/count-metric.ts';
import { unwrap } from '../estimates/measure.ts';
import { weightOfUnseen } from '../estimates/row-cells.ts';
import { sumStatistic } from '../estimates/row-statistic.ts';
import { bootstrapInterval, unitsOf } from '../estimates/units.ts';
import { intervalInWords, isFinitePair, requirementInWords, tooFewSentence } from '../judge-estimate.ts';
import type { WeighedCounts } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';

/** Theil's index over all rows. It can't be below 0, so only the high end of its interval can be beyond a bound. */
export function checkTheilIndex(
  check: FairnessCheck,
  { rows, evidence }: LoadedDataset,
  { signal }: CheckContext,
): Finding {
  const bound = boundOf(check);
  const counted = rows.binary.confusion();
  if (!counted.ok) return notEvaluable(counted.problem.message, { bound, evidence });
  const { weighted } = counted.value;
  const weighing = rows.dataset.weight === undefined ? '' : '/weighted';
  const formula = `theil_index/aif360${weighing}`;
  const known = { bound, evidence, rows: rows.rows };
  const few = tooFewSentence({ dividedBy: rows.rows, dividedByWhat: 'rows' }, check.min_rows, rows.name);
  if (few !== undefined) return notEvaluable(few, { ...known, formula });
  const value = theilIndex(weighted);
  if (!Number.isFinite(value)) {
    const message = `Theil’s index is 0/0 on data set “${rows.name}”: every row is a false negative.`;
    return notEvaluable(message, { ...known, formula });
  }
  const found = check.confidence === undefined ? undefined : intervalOf(rows, counted.value, check.confidence, signal);
  const interval =
    check.confidence === undefined ? null : ([found?.low ?? Number.NaN, found?.high ?? Number.NaN] as const);
  return {
    ...known,
    status: decide(value, interval, bound),
    value,
    interval: isFinitePair(interval) ? interval : null,
    formula: found ? `${formula}, ${found.method}` : formula,
    message: `Theil’s index of who gains and who loses by wrong predictions (0: nobody more than another) is ${valueInWords(value, bound)} on ${rows.name}${intervalInWords(interval, bound, check.confidence)}; ${requirementInWords(bound, check.confidence)}.`,
  };
}

function intervalOf(rows: DatasetRows, counts: WeighedCounts, confidence: number, signal: AbortSignal | undefined) {
  if (rows.rows < THEIL_LEAST_ROWS) return undefined;
  const index = (cells: Float64Array) => theilIndex(countsOfCells(cells));
  if (isPlain(rows)) {
    return multinomialBootstrap(cellsOf(counts.rows), index, confidence);
  }
  const units = unitsOf(rows);
  if (!units.ok || units.value.count < THEIL_LEAST_ROWS) return undefined;
  const labels = unwrap(rows.binary.labels()).flags;
  const predictions = unwrap(rows.binary.predictions());
  const weights = unwrap(rows.weights());
  const statistic = sumStatistic(
    rows.rows,
    4,
    (row, sums, at) => {
      const cell = at + 2 * (labels[row] as number) + (predictions[row] as number);
      sums[cell] = (sums[cell] as number) + (weights ? (weights[row] as number) : 1);
    },
    index,
  );
  const found = bootstrapInterval(statistic, units.value, confidence, signal);
  const sums = cellsOf(counts.weighted);
  const unseen = unseenCells(sums, index, weightOfUnseen(sums, units.value, confidence), () => true);
  return found && withUnseen(found, index(sums), unseen);
}
