import * as z from '../../../base/shape/z.ts';
import { AGAINST_PATTERN, columnOf, pathOf } from '../words.ts';
import { columns, commonFields, dataset } from './common.ts';

export const ExplanationCheck = z
  .strictObject({
    check: z.literal('explanation').describe('What SHAP or LIME say about the model, within bounds.'),
    method: z.enum(['shap', 'lime']).describe('The method that made the values.'),
    values: pathOf('The explanation values: npz, npy, csv, json or parquet.'),
    dataset: dataset.describe('The data set whose rows were explained.').optional(),
    columns: columns.describe('The features in the order of the values, where the file does not name them.').optional(),
    class: z.union([z.string(), z.number(), z.boolean()]).describe('The class whose output was explained.').optional(),
    link: z
      .enum(['identity', 'logit', 'log'])
      .describe('The scale on which the values add up to the prediction; `identity` when not given.')
      .optional(),
    additivity: z
      .number()
      .min(0)
      .describe('The largest allowed |base + sum − prediction| / max(1, |prediction|), on the link’s scale.')
      .optional(),
    forbidden: z
      .array(columnOf('A feature.'))
      .min(1)
      .describe('Features that the model must not be given; what is made of them, such as `sex_male`, counts as well.')
      .optional(),
    max_top_share: z
      .number()
      .gt(0)
      .max(1)
      .describe('The largest share of the total importance that one feature may have.')
      .optional(),
    against: z
      .string()
      .regex(AGAINST_PATTERN)
      .describe('The environment, or `run:<id>`, whose model’s feature ranking is the comparison.')
      .optional(),
    min_rank_correlation: z
      .number()
      .min(-1)
      .max(1)
      .describe('The least Spearman correlation of the feature ranking with that of the other model.')
      .optional(),
    min_fidelity: z.number().max(1).describe('The least score (R²) of LIME’s local surrogates.').optional(),
    ...commonFields,
  })
  .describe('What SHAP or LIME say about the model, within bounds.');
