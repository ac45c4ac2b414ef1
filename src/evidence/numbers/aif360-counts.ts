import { type JsonObject, jsonNumber } from '../../base/lenient-json.ts';

/** What a metric is by its counts; `unknown` where AIF360 writes none that it could be counted from. */
export type Recount =
  | { readonly is: 'counted'; readonly value: number }
  | { readonly is: 'incomplete' }
  | { readonly is: 'unknown' };

type Count = (name: string) => number;
type Formula = (count: Count) => number;

/** A share in one group, from two counts: `rate('TruePositives', 'Positives')`. */
const rate =
  (above: string, below: string) =>
  (group: string): Formula =>
  (count) =>
    count(`num${above}${group}`) / count(`num${below}${group}`);

const truePositiveRate = rate('TruePositives', 'Positives');
const falsePositiveRate = rate('FalsePositives', 'Negatives');
const selectionRate = rate('PositivePredictions', '');
const parityRate = rate('Positives', 'Instances');

const errorRate =
  (group: string, positives: string, negatives: string): Formula =>
  (count) =>
    1 - (count(`numTruePositives${group}`) + count(`numTrueNegatives${group}`)) / (count(positives) + count(negatives));

/** AIF360 drops an “s” from the privileged group’s names here. */
const unprivilegedError = errorRate('Unprivileged', 'numPositivesUnprivileged', 'numNegativesUnprivileged');
const privilegedError = errorRate('Privileged', 'numPositivePrivileged', 'numNegativePrivileged');
const wholeError = errorRate('', 'numPositives', 'numNegatives');

/** Here AIF360 calls the privileged group’s false positives “positives”. */
const privilegedFalsePositiveRate: Formula = (count) =>
  count('numPositivesPrivileged') / count('numNegativesPrivileged');

const difference =
  (of: (group: string) => Formula): Formula =>
  (count) =>
    of('Unprivileged')(count) - of('Privileged')(count);

/**
 * By the metric’s title. The counts beside “Mean Difference” are of the labels even where the value is of predictions,
 * so that one can’t be counted again.
 */
const FORMULAS: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ['Accuracy', (count) => 1 - wholeError(count)],
  ['Error Rate', wholeError],
  ['Error Rate Difference', (count) => unprivilegedError(count) - privilegedError(count)],
  ['Error Rate Ratio', (count) => unprivilegedError(count) / privilegedError(count)],
  ['True Positive Rate', truePositiveRate('')],
  ['True Negative Rate', rate('TrueNegatives', 'Negatives')('')],
  ['False Positive Rate', falsePositiveRate('')],
  ['False Negative Rate', rate('FalseNegatives', 'Positives')('')],
  [
    'Positive Predictive Value',
    (count) => count('numTruePositives') / (count('numTruePositives') + count('numFalsePositives')),
  ],
  ['True Positive Rate Difference', difference(truePositiveRate)],
  [
    'False Positive Rate Difference',
    (count) => falsePositiveRate('Unprivileged')(count) - privilegedFalsePositiveRate(count),
  ],
  [
    'False Positive Rate Ratio',
    (count) => falsePositiveRate('Unprivileged')(count) / falsePositiveRate('Privileged')(count),
  ],
  [
    'Average Odds Difference',
    (count) => (difference(falsePositiveRate)(count) + difference(truePositiveRate)(count)) / 2,
  ],
  [
    'Average Absolute Odds Difference',
    (count) => (Math.abs(difference(falsePositiveRate)(count)) + Math.abs(difference(truePositiveRate)(count))) / 2,
  ],
  ['Statistical Parity Difference', difference(parityRate)],
  ['Disparate Impact', (count) => selectionRate('Unprivileged')(count) / selectionRate('Privileged')(count)],
]);

/** Counts a metric again from the counts beside it, by the formulas of AIF360 0.6.1. */
export function recountAif360(title: string, explanation: JsonObject): Recount {
  const formula = FORMULAS.get(title);
  if (formula === undefined) return { is: 'unknown' };
  let isComplete = true;
  const value = formula((name) => {
    const count = jsonNumber(explanation.get(name));
    if (count === undefined) isComplete = false;
    return count ?? Number.NaN;
  });
  return isComplete ? { is: 'counted', value } : { is: 'incomplete' };
}
