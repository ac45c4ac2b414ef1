import { fail, type Result, succeed } from '../../base/result.ts';
import type { ConfusionCounts, Ratio } from '../../metrics/confusion.ts';
import {
  type ConfusionMatrix,
  confusionMatrix,
  countsOfClasses,
  matrixOfCells,
} from '../../metrics/confusion-matrix.ts';
import { multiclassAccuracy } from '../../metrics/multiclass/accuracy.ts';
import { type Average, averaged } from '../../metrics/multiclass/averaged.ts';
import { multiclassBalancedAccuracy } from '../../metrics/multiclass/balanced-accuracy.ts';
import { multiclassCohenKappa } from '../../metrics/multiclass/cohen-kappa.ts';
import { multiclassMatthewsCorrcoef } from '../../metrics/multiclass/matthews-corrcoef.ts';
import { multinomialBootstrap } from '../../metrics/resampling/multinomial-bootstrap.ts';
import { type Proportion, proportionInterval } from '../../metrics/resampling/proportion.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { type CountMetric, countMetric } from './count-metric.ts';
import { type Measure, unwrap } from './measure.ts';
import { sumStatistic, weightStatistic } from './row-statistic.ts';
import { unitsOf } from './units.ts';

/** With more classes the matrices of all units would take more room than resampling the rows takes time. */
const MOST_SUMMED_CLASSES = 8;

/** A metric of the confusion matrix. */
interface MatrixMetric {
  readonly value: (matrix: ConfusionMatrix) => Ratio;
  readonly dividedBy: (rows: ConfusionMatrix) => number;
  readonly dividedByWhat: string;
  readonly variant: string;
  readonly proportion?: (rows: ConfusionMatrix) => Proportion;
}

/** A metric that looks at labels and predictions alone. */
export function measureMatrixMetric(
  metric: MetricName,
  parameters: MetricParameters,
  rows: DatasetRows,
): Result<Measure> {
  const found = matrixMetric(metric, parameters, rows);
  return found.ok ? measureMatrix(metric, found.value, rows) : found;
}

function matrixMetric(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<MatrixMetric> {
  switch (metric) {
    case 'accuracy':
      return succeed({
        ...{ value: multiclassAccuracy, dividedBy: totalOf, dividedByWhat: 'rows', variant: 'sklearn' },
        proportion: (matrix) => ({ successes: rightOf(matrix), trials: totalOf(matrix) }),
      });
    case 'balanced_accuracy':
      return succeed({ ...ofRarest(multiclassBalancedAccuracy), variant: 'sklearn' });
    case 'matthews_corrcoef':
      return succeed({ ...ofRarest(multiclassMatthewsCorrcoef), variant: 'sklearn' });
    case 'cohen_kappa': {
      const weights = parameters.weights ?? 'none';
      const variant = weights === 'none' ? 'sklearn' : weights;
      return succeed({ ...ofRarest((matrix) => multiclassCohenKappa(matrix, weights)), variant });
    }
    default:
      return classMetric(metric, parameters, rows);
  }
}

/** A metric of one class against all others, for one class or averaged. */
function classMetric(metric: MetricName, parameters: MetricParameters, rows: DatasetRows): Result<MatrixMetric> {
  const { average, class: named, ...others } = parameters;
  const counting = countMetric(metric, others);
  if (counting === undefined) return fail('metric-task', `${metric} is no metric of several classes.`);
  if (named !== undefined) {
    const number = rows.multiclass.classNumber(named);
    return number.ok ? succeed(ofOneClass(counting, number.value, String(named))) : number;
  }
  if (average === undefined || average === 'binary') {
    return fail(
      'parameter-missing',
      `With several classes ${metric} needs \`average\` (macro, micro or weighted) or \`class\`.`,
    );
  }
  return succeed(ofAverage(counting, average));
}

function ofOneClass(counting: CountMetric, number: number, name: string): MatrixMetric {
  const counts = (matrix: ConfusionMatrix) => countsOfClasses(matrix)[number] as ConfusionCounts;
  const { proportion } = counting;
  return {
    value: (matrix) => counting.value(counts(matrix)),
    dividedBy: (matrix) => counting.dividedBy(counts(matrix)),
    dividedByWhat: ofClass(counting.dividedByWhat, name),
    variant: `class-${name}`,
    ...(proportion ? { proportion: (matrix: ConfusionMatrix) => proportion(counts(matrix)) } : {}),
  };
}

/** `positive rows` are rows of the class. */
function ofClass(what: string, name: string): string {
  switch (what) {
    case 'positive rows':
      return `rows of the class “${name}”`;
    case 'negative rows':
      return `rows of other classes than “${name}”`;
    case 'rows predicted positive':
      return `rows predicted “${name}”`;
    default:
      return `rows that are, or are predicted, “${name}”`;
  }
}

function ofAverage(counting: CountMetric, average: Average): MatrixMetric {
  return {
    value: (matrix) => averaged(matrix, counting.value, average),
    dividedBy(matrix) {
      const ofClasses = countsOfClasses(matrix).filter((_, one) => matrix.present[one] === 1);
      const divided = ofClasses.map(counting.dividedBy);
      // A row that counts for several classes is one row.
      if (average === 'micro')
        return Math.min(
          totalOf(matrix),
          divided.reduce((sum, one) => sum + one, 0),
        );
      return smallest(divided);
    },
    dividedByWhat: average === 'micro' ? 'rows of all classes' : 'rows of the rarest class that the formula divides by',
    variant: average,
  };
}

function ofRarest(value: MatrixMetric['value']): Omit<MatrixMetric, 'variant'> {
  return { value, dividedBy: rarestOf, dividedByWhat: 'rows of the rarest class' };
}

function measureMatrix(metric: MetricName, measured: MatrixMetric, rows: DatasetRows): Result<Measure> {
  const { multiclass } = rows;
  const found = multiclass.confusion();
  if (!found.ok) return found;
  const { weighted, rows: counts } = found.value;
  const { classes } = counts;
  const proportion = measured.proportion?.(counts);
  const resampled = (matrix: ConfusionMatrix) => {
    const { value, zeroDivision } = measured.value(matrix);
    return zeroDivision && measured.proportion ? Number.NaN : value;
  };
  const value = (cells: Float64Array) => resampled(matrixOfCells(cells, classes));
  // A class that no row has, as label or prediction, is none of those that the metric is of.
  const isPossible = (cell: number) =>
    counts.present[Math.floor(cell / classes)] === 1 && counts.present[cell % classes] === 1;
  return succeed({
    ...measured.value(weighted),
    dividedBy: measured.dividedBy(counts),
    dividedByWhat: measured.dividedByWhat,
    formula: `${metric}/${measured.variant}`,
    ...(proportion && weighted === counts ? { proportion } : {}),
    closed: (confidence) => {
      if (proportion === undefined) {
        return multinomialBootstrap(counts.cells, value, confidence, isPossible);
      }
      return proportion.trials > 0
        ? proportionInterval(proportion.successes, proportion.trials, confidence)
        : undefined;
    },
    statistic: () => {
      const labels = unwrap(multiclass.labels());
      const predictions = unwrap(multiclass.predictions());
      const weights = unwrap(rows.weights());
      if (classes > MOST_SUMMED_CLASSES) {
        return weightStatistic(rows.rows, weights, (drawn) =>
          resampled(withoutAbsent(confusionMatrix(labels, predictions, classes, drawn))),
        );
      }
      return sumStatistic(
        rows.rows,
        classes * classes,
        (row, sums, at) => {
          const cell = at + (labels[row] as number) * classes + (predictions[row] as number);
          sums[cell] = (sums[cell] as number) + (weights ? (weights[row] as number) : 1);
        },
        value,
      );
    },
    cells: () => ({
      ...{ sums: weighted.cells, value, predictions: classes, isPossible },
      ofRows() {
        const labels = unwrap(multiclass.labels());
        const predictions = unwrap(multiclass.predictions());
        return labels.map((label, row) => label * classes + (predictions[row] as number));
      },
    }),
    units: () => unitsOf(rows),
  });
}

/** A class that was not drawn is not present, whatever rows of weight 0 it has. */
function withoutAbsent({ cells, classes }: ConfusionMatrix): ConfusionMatrix {
  return matrixOfCells(cells, classes);
}

function totalOf({ cells }: ConfusionMatrix): number {
  return cells.reduce((sum, cell) => sum + cell, 0);
}

function rightOf({ cells, classes }: ConfusionMatrix): number {
  let right = 0;
  for (let one = 0; one < classes; one += 1) right += cells[one * classes + one] as number;
  return right;
}

/** Rows of the present class that has the fewest. */
function rarestOf(matrix: ConfusionMatrix): number {
  const labelled = countsOfClasses(matrix).map((counts) => counts.truePositives + counts.falseNegatives);
  return smallest(labelled.filter((_, one) => matrix.present[one] === 1));
}

function smallest(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.min(...numbers);
}
