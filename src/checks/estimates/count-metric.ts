import { accuracy } from '../../metrics/accuracy.ts';
import { balancedAccuracy } from '../../metrics/balanced-accuracy.ts';
import { cohenKappa } from '../../metrics/cohen-kappa.ts';
import type { ConfusionCounts, Ratio } from '../../metrics/confusion.ts';
import { matrixOfCells } from '../../metrics/confusion-matrix.ts';
import { falseNegativeRate, falsePositiveRate } from '../../metrics/error-rates.ts';
import { expectedValue } from '../../metrics/expected-value.ts';
import { f1 } from '../../metrics/f1.ts';
import { fbeta } from '../../metrics/fbeta.ts';
import { jaccard } from '../../metrics/jaccard.ts';
import { matthewsCorrcoef } from '../../metrics/matthews-corrcoef.ts';
import { type Average, averaged } from '../../metrics/multiclass/averaged.ts';
import { precision } from '../../metrics/precision.ts';
import { recall } from '../../metrics/recall.ts';
import type { Proportion } from '../../metrics/resampling/proportion.ts';
import { selectionRate } from '../../metrics/selection-rate.ts';
import { specificity } from '../../metrics/specificity.ts';
import type { MetricName } from '../../policy/metric-names.ts';
import type { MetricParameters } from '../estimate.ts';

/** A metric of the four counts of a binary decision. */
export interface CountMetric {
  readonly value: (counts: ConfusionCounts) => Ratio;
  /** The rows that it divides by. */
  readonly dividedBy: (rows: ConfusionCounts) => number;
  readonly dividedByWhat: string;
  /** Where the value is one count over another. */
  readonly proportion?: (rows: ConfusionCounts) => Proportion;
  /** Part of the formula's name after the metric's, `sklearn` when not given. */
  readonly variant?: string;
  /** Whether it looks at no label. */
  readonly unlabelled?: boolean;
}

const positives = (rows: ConfusionCounts) => rows.truePositives + rows.falseNegatives;
const negatives = (rows: ConfusionCounts) => rows.trueNegatives + rows.falsePositives;
const selected = (rows: ConfusionCounts) => rows.truePositives + rows.falsePositives;
const total = (rows: ConfusionCounts) => positives(rows) + negatives(rows);
const rarerClass = (rows: ConfusionCounts) => Math.min(positives(rows), negatives(rows));
const concerned = (rows: ConfusionCounts) => total(rows) - rows.trueNegatives;

function proportionOf(
  value: CountMetric['value'],
  successes: (rows: ConfusionCounts) => number,
  trials: (rows: ConfusionCounts) => number,
  dividedByWhat: string,
): CountMetric {
  return {
    ...{ value, dividedBy: trials, dividedByWhat },
    proportion: (rows) => ({ successes: successes(rows), trials: trials(rows) }),
  };
}

function ofConcerned(value: CountMetric['value']): CountMetric {
  return { value, dividedBy: concerned, dividedByWhat: 'rows that are, or are predicted, positive' };
}

function ofRarer(value: CountMetric['value']): CountMetric {
  return { value, dividedBy: rarerClass, dividedByWhat: 'rows of the rarer class' };
}

/** The metric of counts that a check means; undefined where the metric is none of counts. */
export function countMetric(metric: MetricName, parameters: MetricParameters): CountMetric | undefined {
  const plain = plainCountMetric(metric, parameters);
  const { average } = parameters;
  if (plain === undefined || average === undefined || average === 'binary') return plain;
  return averagedBinary(plain, average);
}

function plainCountMetric(metric: MetricName, parameters: MetricParameters): CountMetric | undefined {
  switch (metric) {
    case 'accuracy':
      return proportionOf(accuracy, (rows) => rows.truePositives + rows.trueNegatives, total, 'rows');
    case 'balanced_accuracy':
      return ofRarer(balancedAccuracy);
    case 'precision':
      return proportionOf(precision, (rows) => rows.truePositives, selected, 'rows predicted positive');
    case 'recall':
      return proportionOf(recall, (rows) => rows.truePositives, positives, 'positive rows');
    case 'specificity':
      return proportionOf(specificity, (rows) => rows.trueNegatives, negatives, 'negative rows');
    case 'false_positive_rate':
      return proportionOf(falsePositiveRate, (rows) => rows.falsePositives, negatives, 'negative rows');
    case 'false_negative_rate':
      return proportionOf(falseNegativeRate, (rows) => rows.falseNegatives, positives, 'positive rows');
    case 'selection_rate':
      return { ...proportionOf(selectionRate, selected, total, 'rows'), unlabelled: true };
    case 'f1':
      return ofConcerned(f1);
    case 'fbeta': {
      const beta = parameters.beta ?? 1;
      return { ...ofConcerned((counts) => fbeta(counts, beta)), variant: `beta-${beta}` };
    }
    case 'jaccard':
      return ofConcerned(jaccard);
    case 'matthews_corrcoef':
      return ofRarer(matthewsCorrcoef);
    case 'cohen_kappa':
      return { ...ofRarer(cohenKappa), ...(parameters.weights ? { variant: parameters.weights } : {}) };
    case 'expected_value': {
      const { payoff } = parameters;
      if (payoff === undefined) return undefined;
      return {
        ...{ value: (counts) => expectedValue(counts, payoff), dividedBy: total, dividedByWhat: 'rows' },
        variant: `payoff-${payoff.tp}-${payoff.fp}-${payoff.fn}-${payoff.tn}`,
      };
    }
    default:
      return undefined;
  }
}

/** With two classes `macro`, `micro` and `weighted` average over both of them, as in scikit-learn. */
function averagedBinary({ value, dividedBy }: CountMetric, average: Average): CountMetric {
  const flipped = (counts: ConfusionCounts): ConfusionCounts => ({
    truePositives: counts.trueNegatives,
    falsePositives: counts.falseNegatives,
    falseNegatives: counts.falsePositives,
    trueNegatives: counts.truePositives,
  });
  const isPresent = (counts: ConfusionCounts) => concerned(counts) > 0;
  return {
    value: (counts) => averaged(matrixOfCells(cellsOf(counts), 2), value, average),
    dividedBy(rows) {
      const ofClasses = [rows, flipped(rows)].filter(isPresent).map(dividedBy);
      // A row that counts for both classes is one row.
      if (average === 'micro')
        return Math.min(
          total(rows),
          ofClasses.reduce((sum, one) => sum + one, 0),
        );
      return Math.min(...ofClasses);
    },
    dividedByWhat: average === 'micro' ? 'rows of both classes' : 'rows of the rarer class that the formula divides by',
    variant: average,
  };
}

/** The counts as cells of a matrix: `countsOfCells` reads them again. */
export function cellsOf({
  truePositives,
  falsePositives,
  falseNegatives,
  trueNegatives,
}: ConfusionCounts): Float64Array {
  return Float64Array.of(trueNegatives, falsePositives, falseNegatives, truePositives);
}

/** As `cellsOf` lays them out. */
export function countsOfCells(cells: Float64Array): ConfusionCounts {
  const [trueNegatives = 0, falsePositives = 0, falseNegatives = 0, truePositives = 0] = cells;
  return { trueNegatives, falsePositives, falseNegatives, truePositives };
}
