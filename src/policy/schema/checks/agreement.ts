import * as z from '../../../base/shape/z.ts';
import { commonFields, dataset, loggedName, metricName, metricParameterFields, minRows, step } from './common.ts';

export const AgreementCheck = z
  .strictObject({
    check: z.literal('agreement').describe('A logged metric must equal the same metric recomputed from the rows.'),
    logged: loggedName,
    step,
    metric: metricName,
    dataset,
    ...metricParameterFields,
    tolerance: z.number().min(0).describe('The largest allowed |a−b| / max(1,|a|,|b|).'),
    min_rows: minRows,
    ...commonFields,
  })
  .describe('A logged metric must equal the same metric recomputed from the rows.');
