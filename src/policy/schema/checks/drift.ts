import * as z from '../../../base/shape/z.ts';
import { columns, commonFields, confidence, dataset, metricParameterFields, minRows } from './common.ts';

export const DRIFT_METHODS = [
  'wasserstein',
  'wasserstein_normed',
  'ks',
  'psi',
  'jensen_shannon',
  'energy',
  'chi2',
  'cramers_v',
  'total_variation',
  'new_categories',
  'vanished_categories',
  'missing_rate_change',
  'classifier_two_sample',
  'mmd',
] as const;

export const DriftCheck = z
  .strictObject({
    check: z.literal('drift').describe('How far the columns of one data set have moved from those of another.'),
    method: z.enum(DRIFT_METHODS).describe('The distance or effect size; larger means more drift.'),
    reference: dataset.describe('The data set to compare with, usually the training data.'),
    current: dataset.describe('The data set that may have drifted.'),
    columns: columns
      .describe(
        'The columns to compare; when not given every column of the reference that the method fits, but for key, unit, query and weight; one that the current data lacks is not evaluable, unless it is its label, score or prediction.',
      )
      .optional(),
    n_bins: metricParameterFields.n_bins,
    strategy: metricParameterFields.strategy,
    epsilon: z.number().gt(0).lt(1).describe('What replaces an empty bin’s share in psi.').optional(),
    max: z.number().describe('The largest drift allowed.'),
    max_share: z.number().min(0).max(1).describe('The largest share of columns that may lie above `max`.').optional(),
    confidence,
    min_rows: minRows,
    ...commonFields,
  })
  .describe('How far the columns of one data set have moved from those of another.');
