import { fail, type Result, succeed } from '../../base/result.ts';
import { countOf, formatNumber, listInWords } from '../../base/text.ts';
import type { Attributions, Explanation } from '../../evidence/explanations/explanation.ts';
import { additivityError } from '../../metrics/explanation/additivity.ts';
import type { ExplanationCheck, Policy } from '../../policy/schema.ts';
import { valueInWords } from '../bounds.ts';
import type { LoadedDataset } from '../dataset-tables.ts';
import { datasetPredictions } from './dataset-predictions.ts';
import { type ExplanationPart, partNotEvaluable } from './explanation-part.ts';
import { judgePart } from './judge-part.ts';

export type Link = NonNullable<ExplanationCheck['link']>;

/** Predictions that the values must add up to, on the link's scale, and what the message calls them. */
interface Target {
  readonly values: Float64Array;
  readonly said: string;
}

/**
 * Whether base value + sum of the values = prediction in every explained row, on the scale of the link. Where the
 * check names a data set, its rows are the predictions, since they are what was evaluated; predictions in the file
 * itself must agree as well. The larger of both errors counts. SHAP's base value is what the model expects before it knows
 * any feature, and so one for all rows: whatever varies there is explained by nothing. LIME's has one for each row.
 *
 * @param dataset undefined where the check names none; a problem where its rows can't be had
 */
export function additivityPart(
  explanation: Explanation,
  check: ExplanationCheck,
  most: number,
  policy: Policy,
  dataset: Result<LoadedDataset> | undefined,
): ExplanationPart {
  const name = 'additivity';
  if (explanation.kind === 'importances') {
    return partNotEvaluable(name, 'Only importances over all rows are given, which do not add up to any prediction.');
  }
  const { base, rows } = explanation;
  if (base === undefined) {
    return partNotEvaluable(name, 'The explanation has no base values, so that nothing can be added up.', rows);
  }
  const spread = check.method === 'shap' ? spreadOf(base) : 0;
  if (spread > most * Math.max(1, Math.abs(base[0] ?? 0))) {
    const reason = `The base values differ from row to row by up to ${formatNumber(spread)}, so that they tell of single rows what the features should.`;
    return partNotEvaluable(name, reason, rows);
  }
  if (dataset !== undefined && !dataset.ok) return partNotEvaluable(name, dataset.problem.message, rows);
  const targets = targetsOf(explanation, check, policy, dataset?.value);
  if (!targets.ok) return partNotEvaluable(name, targets.problem.message, rows);
  const said = listInWords(targets.value.map((target) => target.said));
  const errors = targets.value.map(({ values }) => ({
    ...additivityError(explanation.values, explanation.featureCount, base, values),
  }));
  // NaN never compares as larger, so it is looked for on its own.
  const worst = errors.find(({ value }) => Number.isNaN(value)) ?? errors.toSorted((a, b) => b.value - a.value)[0];
  if (worst === undefined) return partNotEvaluable(name, 'There is no prediction to compare with.', rows);
  const limit = { key: 'max', value: most } as const;
  const scale = check.link === undefined || check.link === 'identity' ? '' : `on the ${check.link} scale `;
  const off = valueInWords(worst.value, { max: most });
  return judgePart(name, { value: worst.value, rows }, limit, {
    reason: `On ${countOf(rows, 'explained row')} the values differ ${scale}from ${said} by up to ${off} (row ${worst.row + 1}); at most ${formatNumber(most)} is allowed.`,
    undefinedReason: `The values of explained row ${worst.row + 1} can’t be compared with ${said}: one of them is not a finite number.`,
  });
}

function spreadOf(values: Float64Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

function targetsOf(
  attributions: Attributions,
  check: ExplanationCheck,
  policy: Policy,
  dataset: LoadedDataset | undefined,
): Result<readonly Target[]> {
  const link = check.link ?? 'identity';
  const targets: Target[] = [];
  if (dataset !== undefined) {
    const matched = datasetPredictions(attributions, check, policy, dataset.rows);
    if (!matched.ok) return matched;
    const said = `the predictions of ${dataset.name} (${matched.value.how})`;
    const values = onLinkScale(matched.value.values, link, said);
    if (!values.ok) return values;
    targets.push({ values: values.value, said });
  }
  const { predictions } = attributions;
  if (predictions !== undefined) {
    const said = 'the model’s predictions in the file';
    const values =
      predictions.scale === 'link' ? succeed(predictions.values) : onLinkScale(predictions.values, link, said);
    if (!values.ok) return values;
    targets.push({ values: values.value, said });
  }
  return targets.length > 0
    ? succeed(targets)
    : fail(
        'explanation-predictions',
        'The file holds no predictions, and the check names no data set to compare with.',
      );
}

/** The link function of each prediction; what it is not defined for is a problem, never left out. */
function onLinkScale(predictions: Float64Array, link: Link, said: string): Result<Float64Array> {
  if (link === 'identity') return succeed(predictions);
  const outside = predictions.findIndex((value) => !(value > 0 && (link === 'log' || value < 1)));
  if (outside >= 0) {
    const range = link === 'log' ? 'above 0' : 'between 0 and 1, both excluded';
    return fail(
      'explanation-link',
      `Row ${outside + 1} of ${said} is ${formatNumber(predictions[outside] as number)}; the link “${link}” needs numbers ${range}.`,
    );
  }
  return succeed(predictions.map((value) => (link === 'log' ? Math.log(value) : Math.log(value) - Math.log1p(-value))));
}
