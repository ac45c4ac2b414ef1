import * as z from '../../../base/shape/z.ts';
import { AGAINST_PATTERN, GroupReference } from '../words.ts';
import {
  boundFields,
  commonFields,
  confidence,
  dataset,
  loggedName,
  metricName,
  metricParameterFields,
  minRows,
  step,
} from './common.ts';

export const MetricCheck = z
  .strictObject({
    check: z.literal('metric').describe('One metric, recomputed from rows or logged by the run, within bounds.'),
    metric: metricName.optional(),
    logged: loggedName.optional(),
    step,
    dataset: dataset.optional(),
    by: GroupReference.describe('Evaluates each of these groups on its own; every one must hold.').optional(),
    ...metricParameterFields,
    ...boundFields,
    confidence,
    min_rows: minRows,
    against: z
      .string()
      .regex(AGAINST_PATTERN)
      .describe('Compares with the model approved in this environment, or with `run:<id>`; the value is the drop.')
      .optional(),
    max_drop: z
      .number()
      .describe('How much worse than the other model it may be; negative demands improvement.')
      .optional(),
    max_drop_relative: z
      .number()
      .describe('How much worse it may be, as a fraction of the other model’s value.')
      .optional(),
    threshold: z
      .number()
      .describe('MLflow’s MetricThreshold: the value must be at least (or at most) this.')
      .optional(),
    min_absolute_change: z
      .number()
      .gt(0)
      .describe('MLflow’s MetricThreshold: the least improvement over the other model.')
      .optional(),
    min_relative_change: z
      .number()
      .min(0)
      .max(1)
      .describe('MLflow’s MetricThreshold: the least improvement as a fraction of the other model’s value.')
      .optional(),
    greater_is_better: z
      .boolean()
      .describe('The direction of a logged metric; metrics that are recomputed have their own.')
      .optional(),
    ...commonFields,
  })
  .describe('One metric, recomputed from rows or logged by the run, within bounds.');
