import * as z from '../../../base/shape/z.ts';
import { METRIC_NAMES } from '../../metric-names.ts';
import { columnOf, nameOf, textOf } from '../words.ts';

export const SEVERITIES = ['required', 'advisory'] as const;

/** What every check takes, whatever its kind. */
export const commonFields = {
  title: textOf('What people read instead of the id.').optional(),
  why: textOf('Why this check exists, for those who sign.').optional(),
  severity: z
    .enum(SEVERITIES)
    .describe('Whether it blocks (`required`, when not given) or only informs (`advisory`).')
    .optional(),
  refs: z
    .array(textOf('A rule that this check answers, such as `eu-ai-act:annex-iv.2g`.'))
    .describe('The rules and standards that this check answers.')
    .optional(),
  not_applicable: textOf('The reason why this check does not apply to this model; it is shown and signed.').optional(),
};

/** Bounds on the value; inclusive. */
export const boundFields = {
  min: z.number().describe('The value must be at least this.').optional(),
  max: z.number().describe('The value must be at most this.').optional(),
  max_abs: z.number().min(0).describe('The value must lie between minus this and this.').optional(),
};

export const confidence = z
  .number()
  .gt(0)
  .lt(1)
  .describe('Demands that the whole two-sided interval at this confidence lies within the bounds, e.g. 0.95.')
  .optional();

export const minRows = z
  .number()
  .int()
  .min(1)
  .describe('The fewest rows that the formula may divide by; with fewer the check is not evaluable.')
  .optional();

export const dataset = nameOf('The data set to compute from.');

export const metricName = z.enum(METRIC_NAMES).describe('The metric, recomputed from the rows.');

export const loggedName = textOf('The whole literal name of a metric that the run logged.');

export const step = z.number().int().describe('The step of the logged metric; the highest when not given.').optional();

/** Parameters of metrics, named as scikit-learn names them. */
export const metricParameterFields = {
  average: z
    .enum(['binary', 'macro', 'micro', 'weighted'])
    .describe('How the classes’ values are averaged.')
    .optional(),
  class: z.union([z.string(), z.number(), z.boolean()]).describe('The one class that counts as positive.').optional(),
  multi_class: z
    .enum(['ovr', 'ovo'])
    .describe('ROC AUC of several classes: each against the rest, or pair by pair.')
    .optional(),
  weights: z.enum(['linear', 'quadratic']).describe('How Cohen’s kappa weighs a disagreement’s size.').optional(),
  beta: z.number().gt(0).describe('How much more fbeta values recall than precision.').optional(),
  k: z.number().int().min(1).describe('How many results at the top of a ranking count.').optional(),
  alpha: z.number().gt(0).lt(1).describe('The quantile that the prediction is of, for the pinball loss.').optional(),
  n_bins: z.number().int().min(2).max(10_000).describe('Number of bins.').optional(),
  strategy: z.enum(['uniform', 'quantile']).describe('Bins of equal width, or of equal mass.').optional(),
  payoff: z
    .strictObject({
      tp: z.number().describe('What a true positive brings.'),
      fp: z.number().describe('What a false positive brings.'),
      fn: z.number().describe('What a false negative brings.'),
      tn: z.number().describe('What a true negative brings.'),
    })
    .describe('What each kind of decision brings, in money or any other unit.')
    .optional(),
};

export const columns = z.array(columnOf('A column.')).min(1);
