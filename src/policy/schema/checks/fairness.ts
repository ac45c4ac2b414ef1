import * as z from '../../../base/shape/z.ts';
import { FAIRNESS_NAMES } from '../../fairness-names.ts';
import { GroupReference } from '../words.ts';
import { boundFields, commonFields, confidence, dataset, metricParameterFields, minRows } from './common.ts';

export const FairnessCheck = z
  .strictObject({
    check: z.literal('fairness').describe('How differently the model treats groups.'),
    metric: z
      .enum(FAIRNESS_NAMES)
      .describe('AIF360’s or Fairlearn’s measure, or `<metric>_difference` or `<metric>_ratio` of any metric.'),
    dataset,
    group: GroupReference.describe('The declared group, or several whose intersections are the groups.').optional(),
    ...metricParameterFields,
    ...boundFields,
    confidence,
    min_rows: minRows,
    ...commonFields,
  })
  .describe('How differently the model treats groups.');
