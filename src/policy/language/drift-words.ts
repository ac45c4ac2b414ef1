import { LARGEST_DRIFT } from '../../metrics/drift/largest.ts';
import type { DriftCheck } from '../schema.ts';
import { type MetricWords, rangeWords } from './metric-words.ts';

type Method = DriftCheck['method'];

/** Meaning and formula; p stands for shares of the reference, q for those of the current data, F and G for their distribution functions. */
const METHODS: Readonly<Record<Method, readonly [meaning: string, formula: string]>> = {
  wasserstein: ['1-Wasserstein (earth mover’s) distance, in the column’s own unit.', '∫ |F(x) − G(x)| dx'],
  wasserstein_normed: [
    '1-Wasserstein distance in standard deviations of the reference.',
    '∫ |F(x) − G(x)| dx / max(sd(reference), 0.001)',
  ],
  ks: ['Kolmogorov–Smirnov distance: the largest gap between the distribution functions.', 'max |F(x) − G(x)|'],
  psi: ['Population stability index over bins or categories.', 'Σ (p − q)·ln(p / q), empty shares replaced by epsilon'],
  jensen_shannon: ['Jensen–Shannon distance over bins or categories.', '√(½·KL(p‖m) + ½·KL(q‖m)), m = ½·(p + q)'],
  energy: ['Energy distance.', '√(2·∫ (F(x) − G(x))² dx)'],
  chi2: ['Chi-square per row of the table of both samples’ categories.', 'χ² / n'],
  cramers_v: ['Cramér’s V of the table of both samples’ categories.', '√(χ² / n)'],
  total_variation: ['Share of rows that would have to change their category.', '½·Σ |p − q|'],
  new_categories: ['Share of current rows in categories that the reference does not have.', 'Σ q where p = 0'],
  vanished_categories: ['Share of the reference’s rows in categories that are gone.', 'Σ p where q = 0'],
  missing_rate_change: ['Change in the share of missing values.', '|missing share now − missing share then|'],
  classifier_two_sample: [
    'How well a classifier tells both samples apart: 0 is guessing, 1 always right. Takes all columns at once.',
    '2·|AUC − ½| on rows that it has not seen',
  ],
  mmd: [
    'Maximum mean discrepancy under a Gaussian kernel. Takes all columns at once.',
    '√(E k(x,x′) + E k(y,y′) − 2·E k(x,y))',
  ],
};

export function isDriftMethod(name: string): name is Method {
  return Object.hasOwn(METHODS, name);
}

export function driftWords(method: Method): MetricWords {
  const [meaning, formula] = METHODS[method];
  return {
    meaning,
    formula,
    direction: 'larger means more drift; 0 is none',
    range: rangeWords([0, LARGEST_DRIFT[method]]),
    tasks: 'any task',
  };
}
